import { type AnalysedSnapshot, analyseSnapshot } from '#src/analysis/index.js';
import type { ClassSummary, Statistics } from '#src/base/types.js';
import { columnsIn } from '#src/graph/column.js';
import { NodeNames } from '#src/graph/names.js';
import { type ReadOptions, readSnapshot } from '#src/read/reader.js';
import type { RawSnapshot } from '#src/read/snapshot-columns.js';
import { BytesSource, type OpenSource } from '#src/read/source.js';
import { Arena } from '#src/wasm/arena.js';
import { wholeNumbers } from '#src/wasm/region.js';

/** The engine's results for one snapshot, as views of the arena: good until the arena is used again. */
export interface EngineAnalysis {
  readonly arena: Arena;
  readonly snapshot: AnalysedSnapshot;
  readonly id: Float64Array;
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
  readonly dominator: Uint32Array;
  readonly distance: Int32Array;
  readonly detachedness: Uint8Array;
  /** Sorted by key. */
  readonly classes: readonly ClassSummary[];
  readonly statistics: Statistics;
  nodeName(ordinal: number): string;
  className(ordinal: number): string;
}

let shared: Promise<Arena> | undefined;

/** One arena for all tests of a file: creating thousands would exhaust the address space. */
export async function testArena(): Promise<Arena> {
  shared ??= Arena.create();
  const arena = await shared;
  arena.reset();
  return arena;
}

/** Reads bytes that arrive in pieces of the given sizes; the last size repeats. */
export async function readBytes(bytes: Uint8Array, pieces?: readonly number[], options?: ReadOptions) {
  return readWith(() => new BytesSource(bytes, pieces), options);
}

export async function readWith(open: OpenSource, options?: ReadOptions): Promise<{ arena: Arena; raw: RawSnapshot }> {
  const arena = await testArena();
  return { arena, raw: await readSnapshot(open, arena, options) };
}

export async function analyseBytes(bytes: Uint8Array): Promise<EngineAnalysis> {
  const { arena, raw } = await readBytes(bytes);
  return resultsOf(arena, analyseSnapshot(arena, raw));
}

export async function analyseWith(open: OpenSource): Promise<EngineAnalysis> {
  const { arena, raw } = await readWith(open);
  return resultsOf(arena, analyseSnapshot(arena, raw));
}

function resultsOf(arena: Arena, snapshot: AnalysedSnapshot): EngineAnalysis {
  const { graph, classes } = snapshot;
  const names = new NodeNames(graph, columnsIn(arena.memory.buffer));
  const classOf = arena.view(snapshot.classOf);
  const { buffer } = arena.memory;
  const { nodeCount } = graph.header;
  return {
    arena,
    snapshot,
    id: wholeNumbers(buffer, graph.columns.nodeId, new Float64Array(nodeCount)),
    selfSize: wholeNumbers(buffer, snapshot.selfSize, new Float64Array(nodeCount)),
    retainedSize: arena.view(snapshot.retainedSize),
    dominator: arena.view(snapshot.dominator),
    distance: arena.view(snapshot.distance),
    detachedness: arena.view(graph.detachedness),
    classes: [...snapshot.summaries].sort((a, b) => (a.key < b.key ? -1 : 1)),
    statistics: snapshot.statistics,
    nodeName: (ordinal) => names.display(ordinal),
    className: (ordinal) => classes.registry.names[classOf[ordinal]],
  };
}
