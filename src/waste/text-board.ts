import type { U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import { viewOf } from '../wasm/region.js';
import type { Texts } from './texts.js';

type Shared = Pick<Arena, 'memory'>;

/** Where one thread says to another, which may be in the middle of something, that texts have been read: zeroed. */
export type TextBoard = U32;

const WORDS = { isDone: 0, flat: 1, flatLength: 2, hashes: 3, numbers: 4, uses: 5, strings: 6 } as const;
export const BOARD_WORDS = Object.keys(WORDS).length;

export function postTexts({ memory }: Shared, board: TextBoard, { flat, hashes, uses, numbers }: Texts): void {
  const words = viewOf(memory.buffer, board);
  words[WORDS.flat] = flat.offset;
  words[WORDS.flatLength] = flat.length;
  words[WORDS.hashes] = hashes.offset;
  words[WORDS.numbers] = numbers.offset;
  words[WORDS.uses] = uses.offset;
  words[WORDS.strings] = hashes.length;
  // Whoever sees this sees all that was written before.
  Atomics.store(words, WORDS.isDone, 1);
}

/** Undefined as long as they are not read. */
export function postedTexts({ memory }: Shared, board: TextBoard): Texts | undefined {
  const words = viewOf(memory.buffer, board);
  if (Atomics.load(words, WORDS.isDone) === 0) return undefined;
  const column = (offset: number, length: number): U32 => ({ kind: 'u32', offset, length });
  return {
    flat: column(words[WORDS.flat], words[WORDS.flatLength]),
    hashes: column(words[WORDS.hashes], words[WORDS.strings]),
    uses: { kind: 'u8', offset: words[WORDS.uses], length: words[WORDS.strings] },
    numbers: column(words[WORDS.numbers], words[WORDS.strings]),
  };
}
