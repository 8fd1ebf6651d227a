import type { Stopwatch } from '../base/stopwatch.js';
import type { Graph, U8, U32 } from '../graph/graph.js';
import { ARENA_LIMIT, type Arena } from '../wasm/arena.js';
import { BlockCache, type CacheFigures } from './block-cache.js';
import type { EdgeReader } from './edge-reader.js';
import type { ColumnName, Shelf } from './shelf.js';

/** How much memory and which sizes the passes may use. */
export interface ExternalSizes {
  /** Bytes of the arena, as far as there is a choice: what the blocks of edges take. */
  readonly arenaBytes: number;
  /** Edges of a window. */
  readonly windowRows: number;
  /** A block has 2^blockShift edges. */
  readonly blockShift: number;
  /** Bytes of a buffer of predecessors on their way to a file. */
  readonly bufferBytes: number;
  /** The most predecessors in memory at a time; the room there is where absent. */
  readonly pieceLimit?: number;
}

/** What all passes of this mode share. `graph` is without columns: those wait on the shelf, and edges in files. */
export interface Workspace {
  readonly arena: Arena;
  readonly shelf: Shelf;
  readonly edges: EdgeReader;
  readonly graph: ExternalGraph;
  readonly sizes: ExternalSizes;
  /** Folder of temporary files. */
  readonly folder: string;
  /** Columns that no later pass needs stay too. */
  readonly keepsAll: boolean;
  /** Classes will be asked for again, under the interfaces of another snapshot. */
  readonly isOfSeries: boolean;
  /** Where the time and memory of each pass are noted. */
  readonly stopwatch: Stopwatch | undefined;
  /** How the caches fared, by pass. */
  readonly caches: Map<string, CacheFigures>;
}

/** A graph whose columns come and go; only what is small stays in the arena. */
export type ExternalGraph = Omit<Graph, 'columns' | 'detachedness'>;

export function takeU32(workspace: Workspace, name: ColumnName): U32 {
  return workspace.shelf.take(name, 'u32');
}

export function takeU8(workspace: Workspace, name: ColumnName): U8 {
  return workspace.shelf.take(name, 'u8');
}

/** Address of a column that may be missing: 0 then, as the kernels take it. */
export function offsetIf(workspace: Workspace, name: ColumnName, kind: 'u8' | 'u32'): number {
  return workspace.shelf.takeIf(name, kind)?.offset ?? 0;
}

/** Bytes that the arena may still take. */
export function roomLeft({ arena, sizes }: Workspace): number {
  return Math.min(sizes.arenaBytes, ARENA_LIMIT) - arena.taken;
}

/** A cache in the room that is left; the last thing that a pass allocates. */
export function openCache(workspace: Workspace, pass: string): BlockCache {
  const { arena, edges, graph, sizes, caches } = workspace;
  // What alignment takes.
  const bytes = roomLeft(workspace) - 1024;
  const cache = new BlockCache(arena, edges, graph.header.edgeCount, { shift: sizes.blockShift, bytes });
  caches.set(pass, cache.figures);
  return cache;
}
