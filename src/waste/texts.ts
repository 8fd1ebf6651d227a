import type { AnalysedSnapshot } from '../analysis/index.js';
import { firstOf, nodesOfType } from '../analysis/node-lists.js';
import type { U8, U32 } from '../graph/graph.js';
import type { StringTable } from '../read/string-table.js';
import { StringWindows } from '../read/string-windows.js';
import type { Arena } from '../wasm/arena.js';
import { hashOfText } from './text-hashes.js';

/** What `uses` says; mirrors assembly/texts.ts. */
const [ONCE, AGAIN] = [1, 2];

/** What strings are told apart by, in the arena. */
export interface Texts {
  /** Nodes of flat strings that have a size, ascending: those without one stand for numbers. */
  readonly flat: U32;
  /** Of the texts of those, by string index; anything for other strings. */
  readonly hashes: U32;
  /** By string index: `ONCE` for the text of such a node, `AGAIN` where it may be that of another one, too; else 0. */
  readonly uses: U8;
  /** By string index: the number that its text is, of nine digits at most, + 1; 0 where it is none. */
  readonly numbers: U32;
}

/** What they are read from. */
export type TextSource = Pick<AnalysedSnapshot, 'graph' | 'selfSize'>;

/** Cost: passes over the types of the nodes and the bytes of all strings, and 9 bytes a string. */
export function readTexts(arena: Arena, { graph, selfSize }: TextSource): Texts {
  const { strings, nodeTypes, columns } = graph;
  const { low, high } = selfSize;
  const named = nodesOfType(arena, graph, nodeTypes.string);
  const sized = arena.kernels.keepSized(named.offset, named.length, low.offset, high?.offset ?? 0);
  const flat = firstOf(named, sized);
  const [hashes, numbers] = [0, 1].map(() => arena.allocate('u32', strings.count));
  const uses = arena.zeroed('u8', strings.count);
  arena.kernels.countNames(flat.offset, flat.length, columns.nodeName.offset, uses.offset);
  arena.scratch(() => {
    const wanted = arena.allocate('u8', strings.count);
    arena.view(wanted).set(arena.view(uses));
    readWindows(arena, strings, { wanted, hashes, numbers });
    hashRest(strings, arena.view(wanted), arena.view(hashes));
  });
  findRepeated(arena, { hashes, uses }, Math.min(flat.length, strings.count));
  return { flat, hashes, uses, numbers };
}

/** Turns a hash so that its highest bits are the lowest. */
const OTHER_BITS = 10;

/** What is left after two sieves, each of its own bits, is hardly anything but what comes again. `most`: strings that are used. */
function findRepeated(arena: Arena, { hashes, uses }: Pick<Texts, 'hashes' | 'uses'>, most: number): void {
  arena.scratch(() => {
    const list = arena.allocate('u32', most);
    const sift = (count: number, turn: number) =>
      arena.scratch(() => {
        const bits = sieveBits(count);
        const [once, twice] = [arena.bits(bits), arena.bits(bits)];
        return arena.kernels.keepRepeated(
          ...([list.offset, count, hashes.offset, turn, once.offset, twice.offset, bits - 1] as const),
        );
      });
    const used = arena.kernels.listUsed(uses.offset, uses.length, list.offset);
    arena.kernels.markRepeated(list.offset, sift(sift(used, 0), OTHER_BITS), uses.offset);
  });
}

/** Bits for each string: of all that are alone, one in so many is taken for one that is not. */
const BITS = 8;

/** Bits of a sieve for so many strings: a power of two. */
export function sieveBits(most: number): number {
  return 2 ** Math.ceil(Math.log2(BITS * most + 32));
}

/** Columns by string. `wanted`: cleared where the hash is known. */
interface TextColumns {
  readonly wanted: U8;
  readonly hashes: U32;
  readonly numbers: U32;
}

/** But for hashes of what lies in two pieces, or fills more than a window, and of what is written with escapes: `hashRest` has those. */
export function readWindows(arena: Arena, strings: StringTable, { wanted, hashes, numbers }: TextColumns): void {
  const windows = new StringWindows(arena, strings);
  const numberOf = arena.view(numbers);
  for (let first = 0; first < strings.count; ) {
    const columns = [wanted.offset + first, hashes.offset + 4 * first, numbers.offset + 4 * first] as const;
    const done = arena.kernels.readTexts(...windows.from(first), ...columns);
    if (done === 0) numberOf[first] = numberIn(strings, first);
    first += Math.max(1, done);
  }
}

const MOST_DIGITS = 9;

/** As the kernel has it: what is escaped is no number. */
function numberIn(strings: StringTable, index: number): number {
  const length = strings.byteLength(index);
  if (length === 0 || length > MOST_DIGITS) return 0;
  const text = Buffer.from(strings.bytes(index)).toString('latin1');
  return /^\d+$/.test(text) ? Number(text) + 1 : 0;
}

export function hashRest(strings: StringTable, wanted: Uint8Array, hashes: Uint32Array): void {
  for (const use of [ONCE, AGAIN]) {
    for (let index = wanted.indexOf(use); index >= 0; index = wanted.indexOf(use, index + 1))
      hashes[index] = hashOfText(strings.text(index));
  }
}
