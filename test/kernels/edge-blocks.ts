import type { Arena } from '#src/wasm/arena.js';
import { createRandom, type Random } from '../build/random.js';
import type { GraphColumns } from './graph-columns.js';
import { junk } from './memory.js';

const DONE = 0xffff_ffff;

/** Serves blocks of edges to a kernel with hardly any of them in memory; where the last one lay is junk by then. */
export class BlockServer {
  /** Blocks that kernels have had to wait for. */
  served = 0;
  readonly arguments: readonly [number, number, number];
  readonly #random: Random;
  readonly #edgeTo: Uint32Array;
  readonly #table: Uint32Array;
  readonly #slots: Uint32Array;
  readonly #slotBase: number;
  readonly #shift: number;
  readonly #used: number[] = [];

  constructor(arena: Arena, { edgeTo, edges }: GraphColumns, seed: number) {
    this.#random = createRandom(seed);
    this.#shift = this.#random.int(4);
    const blocks = Math.ceil(edges / 2 ** this.#shift);
    const [table, marks] = [arena.zeroed('u32', blocks), arena.zeroed('u8', blocks)];
    const slots = junk(arena, 'u32', 2 * 2 ** this.#shift);
    this.#edgeTo = new Uint32Array(arena.memory.buffer, edgeTo, edges);
    this.#table = arena.view(table);
    this.#slots = arena.view(slots);
    this.#slotBase = slots.offset;
    this.arguments = [table.offset, marks.offset, this.#shift];
  }

  serve(kernel: () => number): void {
    for (let block = kernel() >>> 0; block !== DONE; block = kernel() >>> 0) this.#bring(block);
  }

  #bring(block: number): void {
    const slot = this.served++ % 2;
    const size = 2 ** this.#shift;
    if (this.#used[slot] !== undefined) this.#table[this.#used[slot]] = 0;
    this.#slots.fill(0xa5a5_a5a5, slot * size, (slot + 1) * size);
    this.#slots.set(this.#edgeTo.subarray(block * size, (block + 1) * size), slot * size);
    this.#table[block] = this.#slotBase + 4 * slot * size;
    this.#used[slot] = block;
  }
}

/** Bits of edges, as `markEdges` leaves them. */
export interface EdgeBits {
  readonly retaining: number;
  readonly firm: number;
  readonly visible: number;
  readonly open: number;
  readonly pairEdges: number;
  readonly pairNumbers: number;
  readonly pairs: number;
}

/** Ranges of nodes, one after the other. */
export function randomRanges(nodes: number, random: Random): [number, number][] {
  const ranges: [number, number][] = [];
  for (let from = 0; from < nodes; ) {
    const to = Math.min(nodes, from + 1 + random.int(20));
    ranges.push([from, to]);
    from = to;
  }
  return ranges;
}

/** Runs `markEdges` over ranges of nodes, whose edges lie elsewhere each time. */
export function markEdges(arena: Arena, columns: GraphColumns, seed: number): EdgeBits {
  const random = createRandom(seed);
  const { edges, ephemerons, graph } = columns;
  const bits = () => arena.bits(edges).offset;
  const [retaining, firm, visible, open] = [bits(), bits(), bits(), bits()];
  const [pairEdges, pairNumbers] = [junk(arena, 'u32', edges).offset, junk(arena, 'u32', edges).offset];
  const kinds = arena.zeroed('u8', 256);
  const bytes = arena.view(kinds);
  for (let code = 0; code < 256; code++) {
    const is = (type: string) => Number(columns.edge(type) === code);
    const numbered = code < 32 ? (columns.numbered >>> code) & 1 : 0;
    const hides = is('hidden') + is('invisible') + is('weak');
    bytes[code] = is('weak') + 2 * is('shortcut') + 4 * is('internal') + 8 * numbered + (hides ? 0 : 16);
  }
  let pairs = 0;
  for (const [from, to] of randomRanges(columns.nodes, random)) {
    const [first, end] = [graph.firstEdge[from], graph.firstEdge[to]];
    const type = junk(arena, 'u8', end - first);
    const name = junk(arena, 'u32', end - first);
    arena.view(type).set(new Uint8Array(arena.memory.buffer, columns.edgeType + first, end - first));
    arena.view(name).set(new Uint32Array(arena.memory.buffer, columns.edgeName + 4 * first, end - first));
    pairs += arena.kernels.markEdges(
      from,
      to,
      columns.firstEdge,
      type.offset - first,
      name.offset - 4 * first,
      columns.nodeType,
      columns.nodeName,
      columns.nodeId.low,
      columns.nodeId.high,
      columns.tags,
      columns.root,
      columns.node('hidden'),
      columns.node('array'),
      kinds.offset,
      ephemerons.names,
      ephemerons.tables,
      ephemerons.pairs,
      ephemerons.count,
      retaining,
      firm,
      visible,
      open,
      pairEdges + 4 * pairs,
      pairNumbers + 4 * pairs,
    );
  }
  return { retaining, firm, visible, open, pairEdges, pairNumbers, pairs };
}
