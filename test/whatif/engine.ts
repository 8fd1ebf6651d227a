import { HeapView } from '#src/analysis/heap-view.js';
import type { WhatIfReport } from '#src/base/types.js';
import { whatIf } from '#src/whatif/index.js';
import { type Loss, lossOf } from '#src/whatif/loss.js';
import { type PlainSnapshot, toJson } from '../build/snapshot-builder.js';
import { analyseBytes, type EngineAnalysis } from '../engine/engine.js';

export function viewOf({ arena, snapshot }: EngineAnalysis): HeapView {
  return new HeapView(arena, snapshot);
}

/** What goes with nodes and edges by their numbers. */
export function lossWithout(engine: EngineAnalysis, nodes: Iterable<number>, edges: Iterable<number> = []): Loss {
  const view = viewOf(engine);
  const flags = new Uint8Array(view.nodeCount);
  for (const node of nodes) flags[node] = 1;
  return lossOf(view, { nodes: flags, edges: [...edges] });
}

/** What the expressions take from a snapshot as it is written. */
export async function reportOn(plain: PlainSnapshot, ...cuts: string[]): Promise<Omit<WhatIfReport, 'file'>> {
  const { arena, snapshot } = await analyseBytes(toJson(plain));
  return whatIf(arena, snapshot, cuts, 50);
}
