import type { Arena } from '../wasm/arena.js';
import { viewOf } from '../wasm/region.js';
import type { EdgeReader } from './edge-reader.js';

/** What a kernel returns when it needs no more blocks; mirrors assembly/edge-blocks.ts. */
const DONE = 0xffff_ffff;
/** Bytes of a target. */
const WIDTH = 4;

/** How a cache fared. */
export interface CacheFigures {
  readonly blocks: number;
  readonly slots: number;
  /** Blocks read, those read ahead at the start included. */
  reads: number;
}

/** How large blocks are, and how many bytes of them there may be. */
export interface CacheSize {
  /** A block has 2^shift edges. */
  readonly shift: number;
  readonly bytes: number;
}

/**
 * Targets of edges for passes that follow edges from node to node: as many blocks as there is room for, all of them where that
 * is enough. The one to make room has not been used since the hand of a clock last passed.
 */
export class BlockCache {
  readonly figures: CacheFigures;
  readonly #arena: Arena;
  readonly #edges: EdgeReader;
  readonly #edgeCount: number;
  readonly #shift: number;
  readonly #table: Uint32Array;
  readonly #marks: Uint8Array;
  /** Address of the slots. */
  readonly #slots: number;
  /** Which block each holds; slots are filled in order before any block has to go. */
  readonly #blockOf: Uint32Array;
  #filled = 0;
  #hand = 0;
  /** Base of the blocks' table, base of the marks, shift: what the kernels are given. */
  readonly arguments: readonly [number, number, number];

  /** Allocates all it needs; `size.bytes` at most, one block at least. */
  constructor(arena: Arena, edges: EdgeReader, edgeCount: number, { shift, bytes }: CacheSize) {
    this.#arena = arena;
    this.#edges = edges;
    this.#edgeCount = edgeCount;
    this.#shift = shift;
    const blocks = Math.ceil(edgeCount / 2 ** shift);
    const table = arena.zeroed('u32', blocks);
    const marks = arena.zeroed('u8', blocks);
    const blockBytes = WIDTH * 2 ** shift;
    const slots = Math.max(Math.min(blocks, 1), Math.min(blocks, Math.floor((bytes - 5 * blocks) / blockBytes)));
    this.#slots = arena.allocate('u8', slots * blockBytes).offset;
    // Nothing is allocated until the cache is done with, so the views stay whole.
    this.#table = viewOf(arena.memory.buffer, table);
    this.#marks = viewOf(arena.memory.buffer, marks);
    this.#blockOf = new Uint32Array(slots);
    this.arguments = [table.offset, marks.offset, shift];
    this.figures = { blocks, slots, reads: 0 };
    this.#readAhead();
  }

  /** Calls a kernel until it is done, and brings the blocks it asks for. */
  serve(kernel: () => number): void {
    for (let block = kernel() >>> 0; block !== DONE; block = kernel() >>> 0) this.#bring(block);
  }

  #readAhead(): void {
    const slots = this.#blockOf.length;
    const count = Math.min(slots * 2 ** this.#shift, this.#edgeCount);
    this.#edges.read(this.#arena, 'to', 0, count, this.#slots);
    for (let block = 0; block < slots; block++) this.#assign(block, block);
    this.#filled = slots;
    this.figures.reads = slots;
  }

  #bring(block: number): void {
    const slot = this.#freeSlot();
    const first = block * 2 ** this.#shift;
    const count = Math.min(2 ** this.#shift, this.#edgeCount - first);
    this.#edges.read(this.#arena, 'to', first, count, this.#addressOf(slot));
    this.#assign(block, slot);
    // Asked for, so in use.
    this.#marks[block] = 1;
    this.figures.reads++;
  }

  #freeSlot(): number {
    for (;;) {
      const slot = this.#hand;
      this.#hand = slot + 1 === this.#filled ? 0 : slot + 1;
      const block = this.#blockOf[slot];
      if (this.#marks[block] === 0) {
        this.#table[block] = 0;
        return slot;
      }
      this.#marks[block] = 0;
    }
  }

  #assign(block: number, slot: number): void {
    this.#blockOf[slot] = block;
    this.#table[block] = this.#addressOf(slot);
  }

  #addressOf(slot: number): number {
    return this.#slots + slot * WIDTH * 2 ** this.#shift;
  }
}
