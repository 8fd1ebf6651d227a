import type { Arena } from '#src/wasm/arena.js';
import { randomGraph } from '../build/random-graph.js';
import { testArena } from '../engine/engine.js';
import { analyzePlainly, type PlainAnalysis } from '../oracle/plain/analysis.js';
import { graphOfSnapshot } from '../oracle/plain/graph.js';
import { type GraphColumns, placeGraph } from './graph-columns.js';

export interface Sample {
  readonly seed: number;
  readonly arena: Arena;
  readonly columns: GraphColumns;
  /** What the plain twins say about the graph. */
  readonly plain: PlainAnalysis;
}

/** Random graphs of all kinds in an arena, each with its twins' results. The arena starts anew with each of them. */
export async function* randomSamples(count: number): AsyncGenerator<Sample> {
  for (let seed = 0; seed < count; seed++) {
    const graph = graphOfSnapshot(randomGraph(50_000 + seed, seed % 10 === 0 ? 150 : 50));
    const arena = await testArena();
    yield { seed, arena, columns: placeGraph(arena, graph, seed), plain: analyzePlainly(graph) };
  }
}
