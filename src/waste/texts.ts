import type { HeapView } from '../analysis/heap-view.js';
import type { U8, U32 } from '../graph/graph.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import { viewOf } from '../wasm/region.js';
import { firstOf, nodesOfType } from './node-list.js';
import { hashOfText } from './text-hashes.js';

/** Bytes of strings that kernels get at a time. */
const WINDOW = 1 << 16;
/** And strings: most windows are full by then. */
const MOST_STRINGS = 1 << 13;

/** Where kernels run: an arena, or another thread's on the same memory. */
export type Kernels = Pick<Arena, 'memory' | 'kernels'>;

/** What strings are told apart by, in the arena. */
export interface Texts {
  /** Nodes of flat strings that have a size, ascending: those without one stand for numbers. */
  readonly flat: U32;
  /** Of the texts of those, by string index; anything for other strings. */
  readonly hashes: U32;
  /** By string index: the number that its text is, of nine digits at most, + 1; 0 where it is none. */
  readonly numbers: U32;
}

/** And what it takes to read them: plain data, for any thread. */
export interface TextPlan extends Texts {
  /** Strings whose hash is still wanted: a byte each. */
  readonly wanted: U8;
  readonly window: U8;
  readonly ends: U32;
}

/** Cost: passes over the types of the nodes, and 9 bytes a string. */
export function planTexts(arena: Arena, view: HeapView): TextPlan {
  const { snapshot, strings, nodeTypes } = view;
  const { low, high } = snapshot.selfSize;
  const named = nodesOfType(arena, view, nodeTypes.string);
  const sized = arena.kernels.keepSized(named.offset, named.length, low.offset, high?.offset ?? 0);
  const flat = firstOf(named, sized);
  const wanted = arena.zeroed('u8', strings.count);
  arena.kernels.markNames(flat.offset, flat.length, snapshot.graph.columns.nodeName.offset, wanted.offset);
  return {
    ...{ flat, wanted },
    hashes: arena.allocate('u32', strings.count),
    numbers: arena.allocate('u32', strings.count),
    window: arena.allocate('u8', WINDOW),
    ends: arena.allocate('u32', MOST_STRINGS),
  };
}

/** Fills in hashes and numbers. Cost: the bytes of all strings. */
export function readTexts({ memory, kernels }: Kernels, strings: StringTable, plan: TextPlan): void {
  const { wanted, hashes, numbers, window, ends } = plan;
  const [bytes, endsOf, numberOf] = [window, ends, numbers].map((region) => viewOf(memory.buffer, region));
  // Texts lie outside of this memory, and come into it a window at a time.
  for (let first = 0; first < strings.count; ) {
    const start = strings.end(first - 1);
    const text = strings.bytesAt(start, WINDOW);
    const some = strings.data.ends.subarray(first, first + MOST_STRINGS);
    bytes.set(text);
    endsOf.set(some);
    const done = kernels.readTexts(
      ...([window.offset, text.length, start, ends.offset, some.length, wanted.offset + first] as const),
      ...([hashes.offset + 4 * first, numbers.offset + 4 * first] as const),
    );
    // One that lies in two pieces, or fills more than a window; its hash is left to `hashRest`.
    if (done === 0) numberOf[first] = numberIn(strings, first);
    first += Math.max(1, done);
  }
  hashRest(strings, viewOf(memory.buffer, wanted), viewOf(memory.buffer, hashes));
}

const MOST_DIGITS = 9;

/** As the kernel has it: what is escaped is no number. */
function numberIn(strings: StringTable, index: number): number {
  const length = strings.byteLength(index);
  if (length === 0 || length > MOST_DIGITS) return 0;
  const text = Buffer.from(strings.bytes(index)).toString('latin1');
  return /^\d+$/.test(text) ? Number(text) + 1 : 0;
}

function hashRest(strings: StringTable, wanted: Uint8Array, hashes: Uint32Array): void {
  for (let index = wanted.indexOf(1); index >= 0; index = wanted.indexOf(1, index + 1))
    hashes[index] = hashOfText(strings.text(index));
}
