// What heapsleuth says of a series, and what lists of its classes say, as small data.
import { DETECTORS } from '../../dist/detect/index.js';
import { analyze } from '../../dist/index.js';

/** Classes that are kept of every list. */
const TOP = 20;

/**
 * @typedef {{suspects: object[], series: object, growth: object[], lists: Record<string, string[]>}} StoredAnalysis
 *   `growth`: the growth table's first classes; `lists`: classes in the order of each list
 * @typedef {{name: string, snapshots: number, detectors: boolean}} Wanted
 */

/** The analyses to make of a series: of all snapshots, of the first few, and without any detector. */
export function wantedAnalyses(count, prefixes, isWithoutDetectors) {
  const some = prefixes.filter((snapshots) => snapshots < count);
  return [
    { name: wholeName(count), snapshots: count, detectors: true },
    ...some.map((snapshots) => ({ name: wholeName(snapshots), snapshots, detectors: true })),
    ...(isWithoutDetectors ? [{ name: NO_DETECTORS, snapshots: count, detectors: false }] : []),
  ];
}

export const NO_DETECTORS = 'no detectors';
export const wholeName = (snapshots) => `${snapshots} snapshots`;

/** @param {Wanted} wanted */
export async function analyseSeries(files, { snapshots, detectors }, concurrency) {
  const off = Object.fromEntries(DETECTORS.map(({ name }) => [name, false]));
  const analysis = await analyze(files.slice(0, snapshots), {
    isolation: 'thread',
    concurrency,
    suspects: detectors ? {} : { detectors: off },
  });
  const failed = analysis.snapshots.find(({ ok }) => !ok);
  if (failed) throw new Error(`${failed.file}: ${failed.error.message}`);
  const { suspects, series, growth } = analysis;
  return { suspects, series, growth: growth.classes.slice(0, TOP).map(figures), lists: classLists(growth.classes) };
}

function figures({ name, count, selfSize, retainedSize }) {
  return { name, count, selfSize, retainedSize };
}

/**
 * How one looks for a leak with DevTools' comparison view: classes by what was added between the first and the last snapshot, or
 * only those of which there was more each time. Beside them heapsleuth's own table of classes.
 * @param {import('../../dist/index.js').ClassGrowth[]} classes
 */
export function classLists(classes) {
  const byCount = descending(classes, ({ totalCountDelta }) => totalCountDelta);
  const bySize = descending(classes, ({ totalSelfSizeDelta }) => totalSelfSizeDelta);
  const rises = (deltas) => deltas.every((delta) => delta > 0);
  return {
    'DevTools, count': names(byCount),
    'DevTools, size': names(bySize),
    'DevTools, count each step': names(byCount.filter(({ countDeltas }) => rises(countDeltas))),
    'DevTools, size each step': names(bySize.filter(({ selfSizeDeltas }) => rises(selfSizeDeltas))),
    'class growth table': names(classes),
  };
}

function descending(classes, figure) {
  return classes.filter((each) => figure(each) > 0).sort((a, b) => figure(b) - figure(a));
}

function names(classes) {
  return classes.slice(0, TOP).map(({ name }) => name);
}
