// All figures of an evaluation, as one document.

import { median } from '../measure.js';
import { CHANGES } from './ablation.js';
import { NO_DETECTORS, wholeName } from './analyse.js';
import { BASELINES, peerBaseline, scoreBaseline } from './baselines.js';
import { metricsWithIntervals } from './bootstrap.js';
import { MEMLAB, OWN } from './peers.js';
import { calibrationOf, isRight, judge, REPORTED } from './score.js';

const HALVES = ['all', 'A', 'B'];

/**
 * @param {(import('./corpus.js').Sample & import('./store.js').Stored & {node: string})[]} results
 * @param {{count: number, prefixes: number[], isWithoutDetectors: boolean, hasPeers: boolean}} asked
 */
export function figuresOf(results, { count, prefixes, isWithoutDetectors, hasPeers }) {
  const runs = results.map((result) => runOf(result, wholeName(count)));
  const nodes = [...new Set(runs.map(({ node }) => node))];
  const byHalf = (figure, of = runs) =>
    HALVES.flatMap((half) => {
      const inHalf = of.filter((run) => half === 'all' || run.half === half);
      return inHalf.length === 0 ? [] : figure(inHalf).map((figures) => ({ half, ...figures }));
    });
  const some = prefixes.filter((snapshots) => snapshots < count);
  const plain = isWithoutDetectors ? results.map((result) => runOf(result, NO_DETECTORS)) : [];
  return {
    suspects: byHalf((of) => groupsOf(of, ['all', ...nodes], 'node', ({ node }) => node)),
    // Innocents belong to none.
    detectors: byHalf(
      (of) => groupsOf(of, detectorsOf(of), 'detector', ({ label }) => label.detector),
      runs.filter(({ variant }) => variant !== 'innocent'),
    ),
    calibration: byHalf((of) => [{ bins: calibrationOf(of) }]),
    ablation: byHalf((of) => CHANGES.map((change) => ({ name: change.name, ...metricsOfChange(of, change) }))),
    withoutDetectors: byHalf((of) => [quality(of)], plain),
    prefixes: [...some, count].flatMap((snapshots) => {
      const of = results.map((result) => runOf(result, wholeName(snapshots)));
      return byHalf((inHalf) => [{ snapshots, ...quality(inHalf) }], of);
    }),
    baselines: byHalf((of) => BASELINES.map((baseline) => scoreBaseline(baseline, of))),
    peers: hasPeers ? byHalf(scorePeers) : [],
    costs: hasPeers ? costsOf(runs) : [],
    series: runs.map(seriesOf),
  };
}

/** A result seen through one of its analyses. */
function runOf({ analyses, ...result }, name) {
  return { ...result, ...analyses[name] };
}

function groupsOf(runs, keys, field, keyOf) {
  return keys.map((key) => ({
    [field]: key,
    ...quality(runs.filter((run) => key === 'all' || keyOf(run) === key)),
  }));
}

const quality = (runs) => metricsWithIntervals(runs.map(judge));

function detectorsOf(runs) {
  return [...new Set(runs.map(({ label }) => label.detector))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
}

function metricsOfChange(runs, { apply }) {
  return quality(runs.map((run) => ({ ...run, suspects: apply(run.suspects, run.series.comparedBy) })));
}

/** All on the runs that MemLab had, so that they can be compared. */
function scorePeers(runs) {
  const common = runs.filter(({ peers }) => MEMLAB.every((name) => peers[name]));
  return [...BASELINES, ...MEMLAB.map(peerBaseline)].map((baseline) => scoreBaseline(baseline, common));
}

function costsOf(runs) {
  return [OWN, ...MEMLAB].map((name) => {
    const all = runs.flatMap(({ peers }) => (peers[name] ? [peers[name]] : []));
    const measured = all.filter(({ error }) => !error);
    const of = (field) => (measured.length === 0 ? Number.NaN : median(measured.map((each) => each[field])));
    const cost = { wallMs: of('wallMs'), cpuMs: of('cpuMs'), peakBytes: of('peakBytes') };
    return { name, runs: measured.length, failed: all.length - measured.length, ...cost };
  });
}

/** One line a series: where the right suspect stands, and what else was reported. */
function seriesOf(run) {
  const { pattern, variant, half, node, label, suspects } = run;
  const { rank } = judge(run);
  const right = suspects.find((suspect) => isRight(run, suspect));
  const wrong = suspects.filter((each) => each.confidence >= REPORTED && !isRight(run, each));
  return {
    ...{ pattern, variant, half, node, detector: variant === 'innocent' ? null : label.detector },
    suspects: suspects.length,
    rank: Number.isFinite(rank) ? rank : null,
    confidence: right?.confidence ?? null,
    wrong: wrong.map(({ confidence, holder }) => ({ confidence, holder: holder.expression })),
  };
}
