import type { PlainAnalysis } from './analysis.js';
import { plainClassKeys, plainClassNames } from './class-names.js';
import type { Ordinal } from './graph.js';

export interface PlainDiff {
  key: string;
  addedCount: number;
  removedCount: number;
  addedSize: number;
  removedSize: number;
  /** Ascending. */
  addedIds: number[];
  removedIds: number[];
}

/** Nodes with a self size, by class key, each list by ascending id. */
function membersByClass(analysis: PlainAnalysis, classKey: readonly string[]): Map<string, Ordinal[]> {
  const members = new Map<string, Ordinal[]>();
  for (const [node, key] of classKey.entries()) {
    if (analysis.selfSize[node] === 0) continue;
    const list = members.get(key);
    if (list) list.push(node);
    else members.set(key, [node]);
  }
  const { id } = analysis.graph;
  for (const list of members.values()) list.sort((a, b) => id[a] - id[b]);
  return members;
}

function missingIn(analysis: PlainAnalysis, nodes: Ordinal[], other: PlainAnalysis, otherNodes: Ordinal[]): Ordinal[] {
  const ids = new Set(otherNodes.map((node) => other.graph.id[node]));
  return nodes.filter((node) => !ids.has(analysis.graph.id[node]));
}

function sizeOf(analysis: PlainAnalysis, nodes: Ordinal[]): number {
  return nodes.reduce((sum, node) => sum + analysis.selfSize[node], 0);
}

/**
 * What came and went per class between two snapshots of one process, sorted by key; classes without either are left out.
 * Classes of the base are those that the interfaces of `current` give. Needs ids that are unique within a class.
 * Rule: devtools-semantics S13.
 */
export function plainDiff(base: PlainAnalysis, current: PlainAnalysis): PlainDiff[] {
  const baseNames = plainClassNames(base.graph, base.name, current.interfaces);
  const before = membersByClass(base, plainClassKeys(base.graph, baseNames));
  const after = membersByClass(current, current.classKey);
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys
    .map((key) => {
      const old = before.get(key) ?? [];
      const now = after.get(key) ?? [];
      const added = missingIn(current, now, base, old);
      const removed = missingIn(base, old, current, now);
      return {
        key,
        addedCount: added.length,
        removedCount: removed.length,
        addedSize: sizeOf(current, added),
        removedSize: sizeOf(base, removed),
        addedIds: added.map((node) => current.graph.id[node]),
        removedIds: removed.map((node) => base.graph.id[node]),
      };
    })
    .filter(({ addedCount, removedCount }) => addedCount + removedCount > 0);
}
