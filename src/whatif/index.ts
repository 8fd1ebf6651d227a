import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { Bytes, WhatIfReport } from '../base/types.js';
import type { Arena } from '../wasm/arena.js';
import { parseCut } from './cut.js';
import { lossOf } from './loss.js';
import { resolveCuts } from './resolve.js';

/**
 * What would be freed without the nodes and edges that `cuts` name (`parseCut`), with the `top` classes of it. The snapshot must have
 * kept its ids. Throws a `SnapshotError` with the code `CUT` for an expression that is none, or that matches nothing.
 */
export function whatIf(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  cuts: readonly string[],
  top: number,
): Omit<WhatIfReport, 'file'> {
  const view = new HeapView(arena, snapshot);
  const resolved = resolveCuts(view, cuts.map(parseCut));
  const { classes, ...freed } = lossOf(view, resolved);
  return {
    cuts: resolved.matches,
    ...freed,
    sumOfRetained: sumOfRetained(view, resolved.named),
    total: snapshot.statistics.total,
    classCount: classes.length,
    classes: classes.slice(0, top),
  };
}

function sumOfRetained(view: HeapView, named: Uint8Array): Bytes {
  let sum = 0;
  for (let node = 0; node < view.nodeCount; node++) if (named[node] === 1) sum += view.retainedSize[node];
  return sum;
}
