import type { NameList } from './name-list.js';

/** Bytes that are looked at between two rests: a few milliseconds' worth. */
const PIECE = 1 << 22;
const SAME = Uint8Array.from({ length: 256 }, (_, byte) => byte);
/** Letters of ASCII are one whichever case they have; what other scripts do depends on the language, so they stay as they are. */
const FOLDED = SAME.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/**
 * The names that contain a text, as numbers of the list, ascending. Cost: one look at every byte of the names, whatever they
 * and the text are like (Knuth, Morris and Pratt). `rest` is waited for between pieces.
 */
export async function findNames(
  list: NameList,
  text: string,
  { matchCase }: { readonly matchCase: boolean },
  rest: () => Promise<unknown>,
): Promise<Uint32Array> {
  const fold = matchCase ? SAME : FOLDED;
  const needle = Uint8Array.from(Buffer.from(text, 'utf8'), (byte) => fold[byte]);
  const found = new Uint32Array(list.strings.length);
  let count = 0;
  for (let from = 0; from < list.strings.length; ) {
    const to = endOfPiece(list.starts, from);
    count = searchPiece(list, { from, to }, needle, fold, found, count);
    from = to;
    if (from < list.strings.length) await rest();
  }
  return found.subarray(0, count);
}

function endOfPiece(starts: Uint32Array, from: number): number {
  let to = from + 1;
  while (to < starts.length - 1 && starts[to + 1] - starts[from] <= PIECE && to - from < PIECE) to++;
  return to;
}

/** By itself, since a loop that nothing interrupts stays compiled. */
function searchPiece(
  { bytes, starts }: NameList,
  { from, to }: { readonly from: number; readonly to: number },
  needle: Uint8Array,
  fold: Uint8Array,
  found: Uint32Array,
  before: number,
): number {
  const borders = bordersOf(needle);
  const { length } = needle;
  let count = before;
  for (let name = from; name < to; name++) {
    const end = starts[name + 1];
    let matched = 0;
    for (let at = starts[name]; at < end && matched < length; at++) {
      const byte = fold[bytes[at]];
      while (matched > 0 && needle[matched] !== byte) matched = borders[matched - 1];
      if (needle[matched] === byte) matched++;
    }
    if (matched === length) found[count++] = name;
  }
  return count;
}

/** By how much of the text has been seen: how much of it is seen already where the next byte does not fit. */
function bordersOf(needle: Uint8Array): Uint32Array {
  const borders = new Uint32Array(needle.length);
  let border = 0;
  for (let at = 1; at < needle.length; at++) {
    while (border > 0 && needle[border] !== needle[at]) border = borders[border - 1];
    if (needle[border] === needle[at]) border++;
    borders[at] = border;
  }
  return borders;
}
