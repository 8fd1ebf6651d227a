import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { Detector, DetectorLimits, Finding, Scene } from '../detect/detector.js';
import { DETECTORS } from '../detect/index.js';
import { sceneOf, textsOf } from '../detect/scene.js';
import { groupByDominator } from '../paths/dominator-groups.js';
import { findGlobals } from '../paths/globals.js';
import { sampleIds } from '../paths/id-sample.js';
import { labelStrings } from '../paths/labels.js';
import { groupByPath } from '../paths/path-groups.js';
import { WRITER_TEXTS, Writers } from '../paths/writers.js';
import type { Arena } from '../wasm/arena.js';
import {
  chainOf,
  detailsOf,
  dominatedDetailsOf,
  dominatorsOf,
  holderText,
  identityOf,
  pathText,
  type Told,
} from './details.js';
import {
  type FoundPattern,
  type ListedGroups,
  listGroups,
  newestIds,
  type SnapshotEvidence,
  type ToldPattern,
} from './evidence.js';

export interface EvidenceOptions {
  /** Whether what is found is to be told, not only counted. */
  readonly isTold: boolean;
  /** Of each detector by its name: `false` switches it off, limits replace its own. */
  readonly detectors?: DetectorOptions;
}

export type DetectorOptions = Readonly<Record<string, boolean | DetectorLimits>>;

/** Dominator groups that are compared: the largest. */
const MOST_DOMINATED = 1 << 13;

/** Findings of one detector that are kept: the largest. */
const MOST_FINDINGS = 200;

/** Everything about one snapshot that the search for leaks needs later. The analysis must have kept ids and raw sizes. */
export function collectEvidence(arena: Arena, snapshot: AnalysedSnapshot, options: EvidenceOptions): SnapshotEvidence {
  return arena.scratch(() => {
    const labels = labelStrings(arena, snapshot.graph);
    const view = new HeapView(arena, snapshot);
    const detectors = DETECTORS.filter(({ name }) => options.detectors?.[name] !== false);
    // What is looked up from here on is found in one pass over the strings.
    view.indexesOf([...textsOf(detectors), ...WRITER_TEXTS]);
    const globals = findGlobals(view);
    const groups = groupByPath(arena, snapshot, labels, globals);
    const parentOf = arena.view(groups.parentOf);
    const groupOf = arena.view(groups.groupOf);
    const scene = sceneOf(view, { parentOf, groupOf, globals }, detectors, (detector) => limitsOf(detector, options));
    const told: Told = { ...scene, groupOf, writers: new Writers(view, scene.places) };
    const listed = listGroups(groups);
    const byDominator = groupByDominator(arena, snapshot, labels, groups);
    const dominated = listGroups(byDominator, MOST_DOMINATED);
    return {
      totalSize: snapshot.statistics.total,
      ids: sampleIds(view, arena.view(labels.ofStrings)),
      groups: listed.table,
      dominated: dominated.table,
      findings: detectors.flatMap((detector) => findingsOf(detector, scene, told, listed, options)),
      details: options.isTold ? detailsOf(told, groups, listed) : [],
      dominatedDetails: options.isTold ? dominatedDetailsOf(told, byDominator, dominated) : [],
      dominators: options.isTold ? dominatorsOf(told, listed) : [],
    };
  });
}

function limitsOf({ name, limits }: Detector, { detectors }: EvidenceOptions): DetectorLimits {
  const own = detectors?.[name];
  return typeof own === 'object' ? { ...limits, ...own } : limits;
}

function findingsOf(
  detector: Detector,
  scene: Scene,
  told: Told,
  listed: ListedGroups,
  options: EvidenceOptions,
): FoundPattern[] {
  const findings = detector
    .detect(scene, limitsOf(detector, options))
    .sort((a, b) => b.bytes - a.bytes || b.count - a.count || a.anchor - b.anchor)
    .slice(0, MOST_FINDINGS);
  return findings.map((finding) => {
    const { key, count, bytes, strength } = finding;
    const identity = identityOfFinding(detector, finding, told);
    return {
      ...{ detector: detector.id, name: detector.name, key: key ?? identity, count, bytes, strength },
      ...(options.isTold && { told: tell(finding, told, listed, identity) }),
    };
  });
}

function identityOfFinding({ id }: Detector, { anchor, key }: Finding, told: Told): string {
  if (key !== undefined) return `${id}\n${key}`;
  return `${id}\n${identityOf(told, told.holders.pathTo(anchor), told.holders.nameOf(anchor))}`;
}

function tell(finding: Finding, told: Told, { positionOf }: ListedGroups, identity: string): ToldPattern {
  const { anchor, title, evidence, repair, samples } = finding;
  const { holders, groupOf, view } = told;
  const path = holders.pathTo(anchor);
  const holder = finding.holder ?? holders.nameOf(anchor);
  return {
    title,
    holder: holderText(holder),
    chain: chainOf(path, anchor).map((node) => positionOf[groupOf[node]]),
    sampleGroups: samples.map((node) => positionOf[groupOf[node]]),
    path: pathText(holders, path),
    evidence,
    repair: repair.replaceAll('{holder}', () => holder.expression),
    sampleIds: newestIds(view, samples),
    identity,
  };
}
