import type { Bytes } from '../base/types.js';
import { type Counts, PROCESS_BYTES } from '../external/modes.js';
import { sourceOf } from '../read/file.js';
import { ARENA_LIMIT } from '../wasm/arena.js';

export { PROCESS_BYTES };

const MEBIBYTE = 2 ** 20;
/** The process that watches over the others, with the results of a long series. */
export const SUPERVISOR_BYTES = 100 * MEBIBYTE;
/** A header stands first and takes one or two kilobytes. */
const HEAD_BYTES = 16 * 1024;
/** What a number and its comma take at least. */
const LEAST_NUMBER = 2;
/** Columns for a byte of file where nothing else is known; a compressed byte stands for eight. */
const BY_FILE_BYTE = 2;
const BY_COMPRESSED_BYTE = 16;

/** What an analysis will need, told from a file's first bytes. */
export interface Demand {
  /** Columns at their most with one thread. */
  readonly columns: Bytes;
  /** What a second thread adds. */
  readonly beside: Bytes;
  /** Told from the size alone: such a file is not refused for it. */
  readonly guessed: boolean;
  /** What the header says; absent where it is guessed. */
  readonly counts?: Counts;
}

/**
 * Looks at the header's counts, of compressed files too, and reads no more than that. Never throws: a file that cannot be
 * read needs nothing, and whoever analyses it will say why. Measured on files of 3 to 260 MB: at most 10 % below the truth.
 */
export async function demandOf(file: string, size: Bytes): Promise<Demand> {
  const head = await headOf(file).catch(() => undefined);
  const counts = head && countsIn(head.text);
  if (head === undefined || counts === undefined || !isPlausible(counts, head.size)) {
    const factor = head?.size === undefined ? BY_COMPRESSED_BYTE : BY_FILE_BYTE;
    return { columns: Math.min(factor * size, ARENA_LIMIT), beside: 0, guessed: true };
  }
  const { nodes, edges } = counts;
  // What is not numbers is text, and stays in memory; numbers of real heaps are hardly shorter than this.
  const text = head.size === undefined ? size : Math.max(0, head.size - 20 * nodes - 13 * edges);
  return {
    columns: Math.min(64 * nodes + 13 * edges + text, ARENA_LIMIT),
    beside: 16 * MEBIBYTE + 12 * nodes + 4 * edges,
    guessed: false,
    counts: { nodes, edges, text },
  };
}

/** Typed arrays of the search for waste, measured: 48 MB for 3.5 million nodes. */
const SHOWN_NODE = 14;

/** The same of a snapshot that is to be shown. */
export function shownDemand(demand: Demand): Demand {
  return { ...demand, columns: demand.columns + SHOWN_NODE * (demand.counts?.nodes ?? 0) };
}

/** Resident bytes of a process that analyses it in memory. */
export function bytesNeeded({ columns, beside }: Demand, threads: 1 | 2): Bytes {
  return PROCESS_BYTES + columns + (threads === 2 ? beside : 0);
}

interface Head {
  readonly text: string;
  /** Of the file, where it is not compressed. */
  readonly size: Bytes | undefined;
}

async function headOf(file: string): Promise<Head> {
  const source = await sourceOf(file)();
  try {
    const bytes = new Uint8Array(HEAD_BYTES);
    const count = await source.read(bytes);
    return { text: Buffer.from(bytes.buffer, 0, count).toString('latin1'), size: source.size };
  } finally {
    source.close();
  }
}

interface HeaderCounts {
  readonly nodes: number;
  readonly edges: number;
}

function countsIn(text: string): HeaderCounts | undefined {
  const [, nodes] = /"node_count"\s*:\s*(\d{1,15})\b/.exec(text) ?? [];
  const [, edges] = /"edge_count"\s*:\s*(\d{1,15})\b/.exec(text) ?? [];
  return nodes === undefined || edges === undefined ? undefined : { nodes: Number(nodes), edges: Number(edges) };
}

/** A header that claims more than its file can hold is a lie, which the reader will name. */
function isPlausible({ nodes, edges }: HeaderCounts, size: Bytes | undefined): boolean {
  return size === undefined || LEAST_NUMBER * (5 * nodes + 3 * edges) <= size;
}
