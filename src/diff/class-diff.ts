import { assignClasses, summarizeClasses } from '../analysis/classes.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import { compareText } from '../base/text-order.js';
import type { ClassDiff, ClassSummary } from '../base/types.js';
import type { Arena } from '../wasm/arena.js';
import { wholeNumbers } from '../wasm/region.js';
import { listByClass, NumberedNodes, type ObjectDiff } from './changed-objects.js';
import { NodeTable } from './node-table.js';

/** One side of a comparison, nodes numbered by classes that both sides share. */
interface Side {
  readonly ids: Float64Array;
  readonly selfSizes: Float64Array;
  /** Ordinal → class number of this side. */
  readonly classOf: Uint32Array;
  /** Class number of this side → number shared by both. */
  readonly shared: Uint32Array;
  readonly retained: ReadonlyMap<string, ClassSummary>;
}

/**
 * S13 with retained sizes: what each class gained and lost between two snapshots of one process. The base's plain objects
 * are named by the current snapshot's interfaces; nodes are the same when id and class agree, whatever their size; nodes
 * without a self size do not count. Classes without any change are left out. Largest size delta first.
 * Cost: a table of the base's nodes, 16 to 32 bytes each.
 */
export function diffClasses(
  baseArena: Arena,
  base: AnalysedSnapshot,
  currentArena: Arena,
  current: AnalysedSnapshot,
): ClassDiff[] {
  return [...compareClasses(baseArena, base, currentArena, current, false).diffs];
}

/** The same with the objects themselves. Memory: 4 bytes for each. */
export function diffObjects(
  baseArena: Arena,
  base: AnalysedSnapshot,
  currentArena: Arena,
  current: AnalysedSnapshot,
): ObjectDiff {
  const { diffs, numbers, changes } = compareClasses(baseArena, base, currentArena, current, true);
  return { diffs, created: listByClass(numbers, changes.created), deleted: listByClass(numbers, changes.deleted) };
}

function compareClasses(
  baseArena: Arena,
  base: AnalysedSnapshot,
  currentArena: Arena,
  current: AnalysedSnapshot,
  withObjects: boolean,
): { diffs: ClassDiff[]; numbers: number[]; changes: Changes } {
  const keys = new Map<string, number>();
  const names: string[] = [];
  const currentSide = sideOf(
    currentArena,
    current,
    current.classes.registry,
    current.classOf,
    current.summaries,
    keys,
    names,
  );
  const classOf = baseArena.allocate('u32', base.graph.header.nodeCount);
  const classes = assignClasses(baseArena, base.graph, classOf, current.classes.interfaces);
  const baseSummaries = summarizeClasses(baseArena, base.graph, classes, classOf, base);
  const baseSide = sideOf(baseArena, base, classes.registry, classOf, baseSummaries, keys, names);
  const changes = countChanges(baseSide, currentSide, names.length, withObjects);
  const diffs: (ClassDiff & { readonly number: number })[] = [];
  for (const [key, number] of keys) {
    const change = changes.of(number);
    if (change.newCount === 0 && change.deletedCount === 0) continue;
    const retainedSizeBase = baseSide.retained.get(key)?.retainedSize ?? 0;
    const retainedSizeCurrent = currentSide.retained.get(key)?.retainedSize ?? 0;
    diffs.push({
      number,
      key,
      name: names[number],
      ...change,
      countDelta: change.newCount - change.deletedCount,
      sizeDelta: change.allocatedSize - change.freedSize,
      retainedSizeBase,
      retainedSizeCurrent,
      retainedSizeDelta: retainedSizeCurrent - retainedSizeBase,
    });
  }
  diffs.sort((a, b) => b.sizeDelta - a.sizeDelta || compareText(a.name, b.name) || compareText(a.key, b.key));
  return {
    diffs: diffs.map(({ number: _, ...diff }) => diff),
    numbers: diffs.map(({ number }) => number),
    changes,
  };
}

function sideOf(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  registry: { readonly keys: readonly string[]; readonly names: readonly string[] },
  classOf: AnalysedSnapshot['classOf'],
  summaries: readonly ClassSummary[],
  keys: Map<string, number>,
  names: string[],
): Side {
  const shared = Uint32Array.from(registry.keys, (key, number) => {
    let known = keys.get(key);
    if (known === undefined) {
      known = names.length;
      keys.set(key, known);
      names.push(registry.names[number]);
    }
    return known;
  });
  const { buffer } = arena.memory;
  const { nodeCount } = snapshot.graph.header;
  return {
    ids: wholeNumbers(buffer, snapshot.graph.columns.nodeId, new Float64Array(nodeCount)),
    selfSizes: wholeNumbers(buffer, snapshot.selfSize, new Float64Array(nodeCount)),
    classOf: arena.view(classOf),
    shared,
    retained: new Map(summaries.map((summary) => [summary.key, summary])),
  };
}

interface Change {
  readonly newCount: number;
  readonly deletedCount: number;
  readonly allocatedSize: number;
  readonly freedSize: number;
}

interface Changes {
  of(number: number): Change;
  /** Empty where they were not asked for. */
  readonly created: NumberedNodes;
  readonly deleted: NumberedNodes;
}

function countChanges(base: Side, current: Side, classes: number, withObjects: boolean): Changes {
  const created = new NumberedNodes();
  const deleted = new NumberedNodes();
  const newCount = new Uint32Array(classes);
  const deletedCount = new Uint32Array(classes);
  const allocatedSize = new Float64Array(classes);
  const freedSize = new Float64Array(classes);
  const table = new NodeTable(base.ids.length);
  for (let node = 0; node < base.ids.length; node++) {
    const size = base.selfSizes[node];
    if (size === 0) continue;
    const number = base.shared[base.classOf[node]];
    table.add(base.ids[node], number, size);
    // Counted as deleted until it is met again.
    deletedCount[number]++;
    freedSize[number] += size;
  }
  for (let node = 0; node < current.ids.length; node++) {
    const size = current.selfSizes[node];
    if (size === 0) continue;
    const number = current.shared[current.classOf[node]];
    const before = table.take(current.ids[node], number);
    if (before !== undefined) {
      deletedCount[number]--;
      freedSize[number] -= before;
    } else {
      newCount[number]++;
      allocatedSize[number] += size;
      if (withObjects) created.add(node, number);
    }
  }
  // What has not been met again is what is still in the table.
  for (let node = 0; withObjects && node < base.ids.length; node++) {
    if (base.selfSizes[node] === 0) continue;
    const number = base.shared[base.classOf[node]];
    if (table.take(base.ids[node], number) !== undefined) deleted.add(node, number);
  }
  return {
    created,
    deleted,
    of: (number) => ({
      newCount: newCount[number],
      deletedCount: deletedCount[number],
      allocatedSize: allocatedSize[number],
      freedSize: freedSize[number],
    }),
  };
}
