import type {
  Analysis,
  ClassDiff,
  ClassGrowth,
  ClassSummary,
  Edge,
  FailedSnapshot,
  SnapshotReport,
  WhatIfReport,
} from '#src/base/types.js';
import type { FigureName } from '#src/graph/opened.js';
import type { InspectedSnapshot } from '#src/report/inspection.js';
import { trendOf } from '#src/trend/trend.js';

export function sampleClass(name: string, count = 10): ClassSummary {
  return { key: `,${name}`, name, count, selfSize: count * 24, retainedSize: count * 1000, distance: 3 };
}

export function sampleReport(file: string, names: readonly string[], nodeCount = 1000): SnapshotReport {
  return {
    ok: true,
    file,
    nodeCount,
    edgeCount: 5 * nodeCount,
    totalSize: 100 * nodeCount,
    statistics: {
      total: 100 * nodeCount,
      native: { total: 20 * nodeCount, typedArrays: 15 * nodeCount },
      v8heap: {
        total: 80 * nodeCount,
        code: 30 * nodeCount,
        jsArrays: 5 * nodeCount,
        strings: 20 * nodeCount,
        system: 2000,
      },
    },
    classCount: names.length,
    classes: names.map((name) => sampleClass(name)),
  };
}

export function sampleFailure(file: string): FailedSnapshot {
  return { ok: false, file, error: { code: 'TRUNCATED', message: 'found the end, expected "]"', byteOffset: 1234 } };
}

/** A class that starts with 100 objects of 24 bytes that retain 1,000 each. */
export function sampleGrowth(name: string, countDeltas: readonly number[]): ClassGrowth {
  const count = [100];
  for (const delta of countDeltas) count.push(count[count.length - 1] + delta);
  const total = count[count.length - 1] - 100;
  return {
    key: `,${name}`,
    name,
    count,
    selfSize: count.map((n) => 24 * n),
    retainedSize: count.map((n) => 1000 * n),
    countDeltas,
    selfSizeDeltas: countDeltas.map((n) => 24 * n),
    retainedSizeDeltas: countDeltas.map((n) => 1000 * n),
    risingSteps: countDeltas.filter((n) => n > 0).length,
    totalCountDelta: total,
    totalSelfSizeDelta: 24 * total,
    totalRetainedSizeDelta: 1000 * total,
    trend: trendOf(
      count,
      count.map((n) => 1000 * n),
      0.01,
    ),
  };
}

/** Eight snapshots; each class of `names` gains 50 objects a step. */
export function sampleSeries(names: readonly string[]): Analysis {
  const deltas = new Array(7).fill(50);
  return {
    schemaVersion: 1,
    snapshots: Array.from({ length: 8 }, (_, k) =>
      sampleReport(`series/server-${k + 1}.heapsnapshot`, names, 1000 + 100 * k),
    ),
    growth: {
      snapshots: [0, 1, 2, 3, 4, 5, 6, 7],
      classCount: names.length,
      classes: names.map((name) => sampleGrowth(name, deltas)),
    },
  };
}

export function sampleDiff(name: string, added: number, deleted: number): ClassDiff {
  const change = added - deleted;
  return {
    key: `,${name}`,
    name,
    newCount: added,
    deletedCount: deleted,
    countDelta: change,
    allocatedSize: 24 * added,
    freedSize: 24 * deleted,
    sizeDelta: 24 * change,
    retainedSizeBase: 100_000,
    retainedSizeCurrent: 100_000 + 1000 * change,
    retainedSizeDelta: 1000 * change,
  };
}

/** Cuts and classes by these names; the values of WeakMaps make a difference. */
export function sampleWhatIf(names: readonly string[]): WhatIfReport {
  return {
    file: 'app.heapsnapshot',
    cuts: names.map((name, n) => ({ expression: `class:${name}`, nodes: n, edges: n === 0 ? 1 : 0 })),
    freed: { nodes: 1200, bytes: 250_000 },
    freedByRealEphemerons: { nodes: 1300, bytes: 300_000 },
    sumOfRetained: 400_000,
    total: 1_000_000,
    classCount: names.length + 1,
    classes: names.map((name, n) => ({ key: `,${name}`, name, count: n + 1, bytes: 50_000 })),
  };
}

/** A chain root → 1 → 2 …: every node has one edge to the next, which it dominates. */
export function chainSnapshot(names: readonly string[], type = 'object'): InspectedSnapshot {
  const nodeCount = names.length;
  const figures: Record<FigureName, (ordinal: number) => number> = {
    id: (n) => 2 * n + 1,
    type: () => 0,
    selfSize: () => 16,
    rawSelfSize: (n) => (n === 1 ? 12 : 16),
    retainedSize: (n) => 16 * (nodeCount - n),
    dominator: (n) => Math.max(0, n - 1),
    distance: (n) => n,
    detachedness: (n) => n % 3,
  };
  const edge = (to: number): Edge => ({ index: to - 1, type: 'property', name: `next${to}`, from: to - 1, to });
  return {
    file: 'chain.heapsnapshot',
    figure: (column, n) => figures[column](n),
    nodeType: (n) => (n === 0 ? 'synthetic' : type),
    nodeName: (n) => names[n],
    className: (n) => (type === 'string' ? '(string)' : names[n]),
    edges: (n) => (n + 1 < nodeCount ? [edge(n + 1)] : []),
    retainers: (n) => (n > 0 ? [edge(n)] : []),
    pathToRoot: (n) => Array.from({ length: n }, (_, step) => edge(n - step)),
    dominated: (n) => (n + 1 < nodeCount ? [n + 1] : []),
  };
}
