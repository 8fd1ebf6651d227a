import type { RedactionLevel } from '../base/rewrite-types.js';
import type { StringTable } from '../read/string-table.js';
import { ALL_USES, keptUses, USE } from './vocabulary.js';

/** Bytes of a text from which on it is not looked at whole: nothing that is kept for its look is longer. */
const LOOKED_AT = 1024;
/** For a string that nothing uses and that is replaced all the same. */
const UNUSED = 0x80;

/** What becomes of every string: it stays, is replaced, or stays and has a replacement at the table's end for some of its uses. */
export class NamePlan {
  readonly level: RedactionLevel;
  readonly count: number;
  readonly replaced: number;
  /** Ascending indexes of the strings of the last kind. Their replacements have the indexes from `count` on. */
  readonly copies: Uint32Array;
  /** All uses that any of these is not kept for. */
  readonly copiedUses: number;
  readonly #hides: Uint8Array;
  readonly #uses: Uint8Array;

  /** `uses`: of each string, what it is used as. Memory: a byte a string, and four for each with a replacement beside it. */
  constructor(strings: StringTable, uses: Uint8Array, level: RedactionLevel) {
    this.level = level;
    this.count = strings.count;
    this.#uses = uses;
    this.#hides = new Uint8Array(strings.count);
    const copies: number[] = [];
    let [replaced, copiedUses] = [0, 0];
    for (let index = 0; index < strings.count; index++) {
      const hidden = hiddenUses(strings, index, uses[index], level);
      this.#hides[index] = hidden;
      if (this.isReplaced(index)) replaced++;
      else if (hidden !== 0) {
        copies.push(index);
        copiedUses |= hidden;
      }
    }
    this.replaced = replaced;
    this.copies = Uint32Array.from(copies);
    this.copiedUses = copiedUses;
  }

  isReplaced(index: number): boolean {
    const hidden = this.#hides[index];
    return hidden !== 0 && (this.#uses[index] & ~hidden) === 0;
  }

  /** The uses that a replacement stands for. */
  hiddenUses(index: number): number {
    return this.#hides[index] & ALL_USES;
  }

  /** The string that names what this one has named. */
  nameFor(index: number, use: number): number {
    const hidden = this.#hides[index];
    if ((hidden & use) === 0 || (this.#uses[index] & ~hidden) === 0) return index;
    return this.count + this.#positionOf(index);
  }

  #positionOf(index: number): number {
    let [low, high] = [0, this.copies.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.copies[middle] < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function hiddenUses(strings: StringTable, index: number, uses: number, level: RedactionLevel): number {
  const length = strings.byteLength(index);
  // Most strings are values, and most of those are too long for a word of V8's.
  const isWord = uses !== USE.value || length < 32;
  const kept = isWord ? keptUses(level, strings.text(index, LOOKED_AT)) : level === 'none' ? ALL_USES : 0;
  if (uses === 0) return kept === ALL_USES ? 0 : UNUSED;
  return uses & ~kept;
}
