import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, DetectorLimits, Finding, Scene } from '../detect/detector.js';
import { DETECTORS } from '../detect/index.js';
import { lookAhead, sceneOf, textsOf } from '../detect/scene.js';
import type { U32 } from '../graph/graph.js';
import { bigDominators } from '../paths/big-dominators.js';
import { bigClassGroups } from '../paths/class-groups.js';
import { groupByDominator } from '../paths/dominator-groups.js';
import { type FindPaths, findPaths, type Paths } from '../paths/find-paths.js';
import { findGlobals } from '../paths/globals.js';
import { holderWithoutNode } from '../paths/holder-types.js';
import { newestIds, sampleIds } from '../paths/id-sample.js';
import { groupPaths } from '../paths/path-groups.js';
import { WRITER_TEXTS, Writers } from '../paths/writers.js';
import type { Arena } from '../wasm/arena.js';
import type { HeldNodes } from '../waste/scene.js';
import { classGroupsOf, dominatorsOf } from './big-holders.js';
import { chainOf, detailsOf, dominatedDetailsOf, identityOf, pathText, type Told } from './details.js';
import {
  type FoundPattern,
  listGroups,
  NOT_LISTED,
  NOTHING_TO_COMPARE,
  type SnapshotEvidence,
  type ToldDominator,
  type ToldPattern,
} from './evidence.js';

export interface EvidenceOptions {
  /** Whether what is found is to be told, not only counted. */
  readonly isTold: boolean;
  /** Whether it will never be compared with another snapshot's: then much of it is not needed. */
  readonly isAlone?: boolean;
  /** Of each detector by its name: `false` switches it off, limits replace its own. */
  readonly detectors?: DetectorOptions;
}

export type DetectorOptions = Readonly<Record<string, boolean | DetectorLimits>>;

/** Who looks at a snapshot along with the search for suspects, so that paths are found once. */
export interface Onlooker {
  /** Texts that it is going to look up. */
  readonly texts: readonly string[];
  /**
   * Looks at what needs no paths, while those are being found, and hands back what looks at the rest. That is done when it settles; until then
   * the arena has what was allocated.
   */
  readonly prepare: (view: HeapView) => (held: HeldNodes) => Promise<void>;
}

/** Dominator groups that are compared: the largest. */
const MOST_DOMINATED = 1 << 16;

/** Findings of one detector that are kept: the largest. */
const MOST_FINDINGS = 200;

/**
 * Everything about one snapshot that the search for leaks needs later. The analysis must have kept ids and raw sizes. `find`: where paths
 * are found; meanwhile this thread lists what detectors ask for.
 */
export function collectEvidence(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  options: EvidenceOptions,
  find: FindPaths = (request) => findPaths(arena, request),
  onlooker?: Onlooker,
): Promise<SnapshotEvidence> {
  return arena.scratchAsync(async () => {
    const { graph, distance, spare } = snapshot;
    const view = new HeapView(arena, snapshot);
    const detectors = DETECTORS.filter(({ name }) => options.detectors?.[name] !== false);
    const globals = findGlobals(view);
    const parentOf = arena.allocate('u32', view.nodeCount);
    const groupOf = arena.allocate('u32', view.nodeCount);
    const finding = Promise.resolve(find({ graph, distance, globals, keys: spare, parentOf, steps: groupOf }));
    // A failure is met below, and must not count as unhandled until then.
    finding.catch(() => {});
    // What is looked up from here on is found in one pass over the strings.
    view.indexesOf([...textsOf(detectors), ...WRITER_TEXTS, ...(onlooker?.texts ?? [])]);
    const keys = new BigUint64Array(arena.memory.buffer, spare.offset, spare.length);
    const reached = { parentOf: arena.view(parentOf), keyOf: (node: Ordinal) => keys[node], globals };
    const scene = sceneOf(view, reached, detectors, (detector) => limitsOf(detector, options));
    lookAhead(scene, detectors);
    const look = onlooker?.prepare(view);
    const paths = await finding;
    const looking = look?.({ view, holders: scene.holders, keyOf: scene.keyOf });
    // A failure is met below, too.
    looking?.catch(() => {});
    const evidence = tellEvidence(arena, { snapshot, options, scene, detectors, paths, groupOf });
    await looking;
    return evidence;
  });
}

interface Found {
  readonly snapshot: AnalysedSnapshot;
  readonly options: EvidenceOptions;
  readonly scene: Scene;
  readonly detectors: readonly Detector[];
  readonly paths: Paths;
  /** Room for the number of each node's group. */
  readonly groupOf: U32;
}

/** When paths are found. */
function tellEvidence(arena: Arena, { snapshot, options, scene, detectors, paths, groupOf }: Found): SnapshotEvidence {
  const { view } = scene;
  const groups = options.isAlone ? undefined : groupPaths(arena, snapshot, paths, groupOf);
  const numbers = arena.view(groupOf);
  const listed = groups && listGroups(groups);
  const positionOf = (node: Ordinal) => listed?.positionOf[numbers[node]] ?? NOT_LISTED;
  const told: Told = { ...scene, positionOf, writers: new Writers(view, scene.places) };
  const own = {
    totalSize: snapshot.statistics.total,
    findings: detectors.flatMap((detector) => findingsOf(detector, scene, told, options)),
    dominators: options.isTold ? bigHolders(scene, told) : [],
  };
  if (!groups || !listed) return { ...NOTHING_TO_COMPARE, ...own };
  const byDominator = groupByDominator(arena, snapshot, paths, groups);
  const dominated = listGroups(byDominator, MOST_DOMINATED);
  return {
    ...own,
    ids: sampleIds(view, arena.view(paths.labels.ofStrings)),
    groups: listed.table,
    dominated: dominated.table,
    details: options.isTold ? detailsOf(told, groups, numbers, listed) : [],
    dominatedDetails: options.isTold ? dominatedDetailsOf(told, byDominator, dominated) : [],
  };
}

/** Large objects, and classes of which many together are: of what hangs on no large object. */
function bigHolders({ view, parentOf, globals }: Scene, told: Told): ToldDominator[] {
  const groups = bigClassGroups(view, parentOf, globals);
  return [...dominatorsOf(told, bigDominators(view, globals)), ...classGroupsOf(told, groups, globals)];
}

function limitsOf({ name, limits }: Detector, { detectors }: EvidenceOptions): DetectorLimits {
  const own = detectors?.[name];
  return typeof own === 'object' ? { ...limits, ...own } : limits;
}

function findingsOf(detector: Detector, scene: Scene, told: Told, options: EvidenceOptions): FoundPattern[] {
  const findings = detector
    .detect(scene, limitsOf(detector, options))
    .sort((a, b) => b.bytes - a.bytes || b.count - a.count || a.anchor - b.anchor)
    .slice(0, MOST_FINDINGS);
  return findings.map((finding) => {
    const { key, count, bytes, strength, bounded } = finding;
    const identity = identityOfFinding(detector, finding, told);
    return {
      ...{ detector: detector.id, name: detector.name, key: key ?? identity, count, bytes, strength },
      ...(bounded !== undefined && { bounded }),
      ...(options.isTold && { told: tell(finding, told, identity) }),
    };
  });
}

function identityOfFinding({ id }: Detector, { anchor, key }: Finding, told: Told): string {
  if (key !== undefined) return `${id}\n${key}`;
  return `${id}\n${identityOf(told, told.holders.pathTo(anchor), told.holders.nameOf(anchor))}`;
}

function tell(finding: Finding, told: Told, identity: string): ToldPattern {
  const { anchor, title, evidence, repair, samples } = finding;
  const { holders, positionOf, view } = told;
  const path = holders.pathTo(anchor);
  const holder = finding.holder ?? holders.nameOf(anchor);
  return {
    title,
    holder: holderWithoutNode(holder),
    chain: chainOf(path, anchor).map(positionOf),
    sampleGroups: samples.map(positionOf),
    path: pathText(holders, path),
    evidence,
    repair: repair.replaceAll('{holder}', () => holder.expression),
    sampleIds: newestIds(view, samples),
    identity,
  };
}
