import { analyseSnapshot } from '#src/analysis/index.js';
import { handOver } from '#src/batch/handover.js';
import { ExploredGraph } from '#src/explore/explored-graph.js';
import { shareSnapshot } from '#src/explore/shared-columns.js';
import { indexSnapshot, type SnapshotIndex } from '#src/explore/snapshot-index.js';
import { HeapSnapshot } from '#src/graph/heap-snapshot.js';
import { memoryOf } from '#src/graph/snapshot-memory.js';
import { sourceOf } from '#src/read/file.js';
import { BytesSource, type OpenSource } from '#src/read/source.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { toJson } from '../build/snapshot-builder.js';
import { readWith } from '../engine/engine.js';

/** A snapshot with its index, and as the library opens it; good until the next one is made. */
export interface Explored {
  readonly graph: ExploredGraph;
  readonly index: SnapshotIndex;
  readonly snapshot: HeapSnapshot;
  readonly classKeys: readonly string[];
}

export const atOnce = async () => {};

async function explore(open: OpenSource, showValues: boolean): Promise<Explored> {
  const { arena, raw } = await readWith(open);
  const handover = handOver(arena, analyseSnapshot(arena, raw, { keepRawSizes: true }));
  const graph = new ExploredGraph(await shareSnapshot({ layout: handover, memory: memoryOf(handover) }, atOnce));
  const { classKeys } = handover;
  return { graph, index: indexSnapshot(graph, { showValues }), snapshot: HeapSnapshot.of('', handover), classKeys };
}

export function explorePlain(plain: PlainSnapshot, showValues = false): Promise<Explored> {
  const bytes = toJson(plain);
  return explore(() => new BytesSource(bytes), showValues);
}

export function exploreFile(file: string, showValues = false): Promise<Explored> {
  return explore(sourceOf(file), showValues);
}
