// What each mode needs, and which one to take: from a snapshot's counts and the memory there is. Nothing here looks at the machine.

import { SnapshotError } from '../base/errors.js';
import type { AnalysisMode, Bytes } from '../base/types.js';
import { EDGE_FILE_BYTES } from '../read/edge-window.js';
import { ARENA_LIMIT } from '../wasm/arena.js';
import type { ExternalSizes } from './workspace.js';

const MEBIBYTE = 2 ** 20;
/** Node with the engine, before it has read a byte. */
export const PROCESS_BYTES = 100 * MEBIBYTE;

/** What is known before the work. `text`: bytes of the file that are neither nodes nor edges, which stay in memory. */
export interface Counts {
  readonly nodes: number;
  readonly edges: number;
  readonly text: Bytes;
}

/** Resident bytes, and bytes of temporary files. */
export interface Need {
  readonly memory: Bytes;
  readonly disk: Bytes;
  /** Whether the arena can hold what has to be there at a time. */
  readonly addressable: boolean;
}

export type WorkingMode = Exclude<AnalysisMode, 'auto'>;

// Bytes at the worst moment; ARCHITECTURE.md has the tables.
const IN_MEMORY = { node: 64, edge: 13 };
/** The least that the arena's limit must hold in memory; the same as `estimateBytes` of src/read/columns-reader.ts. */
const IN_MEMORY_AT_LEAST = { node: 56, edge: 13 };
/** The arena's hungriest passes: the dominator tree, the depth-first search, the bits of edges. */
const EXTERNAL_ARENA = [
  { node: 28.2, edge: 0 },
  { node: 24.5, edge: 0.25 },
  { node: 14, edge: 0.5 },
] as const;
/** Columns outside the arena, with what has been given back and waits for one of its size; and bits of edges. */
const EXTERNAL_SHELF = { node: 46, edge: 0.5 };
/** Windows, buffers and the fewest blocks worth having. */
const EXTERNAL_LEAST = 64 * MEBIBYTE;
/** A target in a block, and a predecessor. */
const TARGET_BYTES = 4;
/** A predecessor on its way through a file. */
const PIECE_BYTES = 8;
const SHALLOW_NODE = 22;
/** Tags of strings for every byte of text. */
const TAG_SHARE = 0.1;
/** Tags and class numbers. */
const CLASS_SHARE = 0.5;

/** What a snapshot needs in each of the modes; of the semi-external one the least. */
export function needOf(mode: WorkingMode, { nodes, edges, text }: Counts): Need {
  if (mode === 'memory') {
    return {
      memory: PROCESS_BYTES + Math.min(IN_MEMORY.node * nodes + IN_MEMORY.edge * edges, ARENA_LIMIT) + text,
      disk: 0,
      addressable: IN_MEMORY_AT_LEAST.node * nodes + IN_MEMORY_AT_LEAST.edge * edges <= ARENA_LIMIT,
    };
  }
  if (mode === 'shallow') {
    const memory = PROCESS_BYTES + SHALLOW_NODE * nodes + (1 + CLASS_SHARE) * text;
    return { memory, disk: 0, addressable: SHALLOW_NODE * nodes <= ARENA_LIMIT };
  }
  const arena = leastArena({ nodes, edges, text });
  const shelf = EXTERNAL_SHELF.node * nodes + EXTERNAL_SHELF.edge * edges;
  return {
    memory: PROCESS_BYTES + arena + shelf + text,
    disk: EDGE_FILE_BYTES * edges + (arena + TARGET_BYTES * edges > ARENA_LIMIT ? PIECE_BYTES * edges : 0),
    addressable: arena <= ARENA_LIMIT,
  };
}

function leastArena({ nodes, edges, text }: Counts): Bytes {
  const passes = EXTERNAL_ARENA.map(({ node, edge }) => node * nodes + edge * edges);
  return Math.ceil(Math.max(...passes) + TAG_SHARE * text + EXTERNAL_LEAST);
}

/** Bytes with which the semi-external mode has all edges at hand when it needs them. */
export function comfortOf(counts: Counts): Bytes {
  const { memory } = needOf('external', counts);
  const arena = leastArena(counts);
  return memory - arena + Math.min(ARENA_LIMIT, arena + TARGET_BYTES * counts.edges);
}

/** The sizes for a budget: what is not needed elsewhere may go to blocks of edges. */
export function sizesFor(counts: Counts, budget: Bytes): ExternalSizes {
  const arena = leastArena(counts);
  const elsewhere = needOf('external', counts).memory - arena;
  return { ...SIZES, arenaBytes: Math.min(ARENA_LIMIT, Math.max(arena, Math.floor(budget - elsewhere))) };
}

const SIZES = { windowRows: 1 << 18, blockShift: 12, bufferBytes: MEBIBYTE } as const;

/** A mode and what it needs. */
export interface Choice extends Need {
  readonly mode: WorkingMode;
}

/**
 * The mode that was asked for, or for `auto` the fastest that fits. Throws `TOO_LARGE` with the figures of what does not fit: the budget,
 * or what can be addressed. `besides`: what others take of the budget.
 */
export function chooseMode(counts: Counts, budget: Bytes, asked: AnalysisMode, besides: Bytes = 0): Choice {
  const modes: readonly WorkingMode[] = asked === 'auto' ? ['memory', 'external'] : [asked];
  const choices = modes.map((mode): Choice => ({ mode, ...needOf(mode, counts) }));
  const choice = choices.find(({ memory, addressable }) => addressable && memory + besides <= budget);
  if (choice !== undefined) return choice;
  const needs = choices.map(({ mode, memory, addressable }) =>
    addressable ? `about ${mebibytes(memory + besides)} (mode ${mode})` : `more than can be addressed (mode ${mode})`,
  );
  const hint = asked === 'shallow' ? '' : '; mode shallow needs less';
  const { nodes, edges } = counts;
  throw new SnapshotError(
    'TOO_LARGE',
    `found a snapshot of ${inWords(nodes)} nodes and ${inWords(edges)} edges that needs ${needs.join(' or ')}, expected at most ${mebibytes(budget)}, the memory it may use${hint}`,
  );
}

const inWords = (value: number): string => value.toLocaleString('en-US');

function mebibytes(bytes: Bytes): string {
  return `${inWords(Math.round(bytes / MEBIBYTE))} MiB`;
}
