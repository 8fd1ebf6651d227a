import { SEGMENT, type StringTable } from '../read/string-table.js';

/** String indexes by text: a file may list a text twice. */
export type StringIndexes = ReadonlyMap<string, readonly number[]>;

interface Wanted {
  /** As the file has it, escapes included. */
  readonly bytes: Uint8Array;
  readonly found: number[];
}

const NOTHING = new Uint8Array(1);

/** Where texts are in the strings of a file. Each is looked for once, however often it is asked for. */
export class TextIndexes {
  readonly #strings: StringTable;
  readonly #known = new Map<string, readonly number[]>();

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** Cost: one pass over the strings' lengths, and only where a text has not been asked for before. */
  of(texts: Iterable<string>): StringIndexes {
    const asked = new Set(texts);
    const wanted: Wanted[] = [];
    for (const text of asked) {
      if (this.#known.has(text)) continue;
      const found: number[] = [];
      wanted.push({ bytes: Buffer.from(JSON.stringify(text).slice(1, -1)), found });
      this.#known.set(text, found);
    }
    if (wanted.length > 0) find(this.#strings, wanted);
    return new Map(Array.from(asked, (text) => [text, this.#known.get(text) ?? []]));
  }
}

/** Nearly all strings differ in their length or in their first byte, so that is all that is looked at. */
function find(strings: StringTable, wanted: readonly Wanted[]): void {
  const { count, ends, segments } = strings.data;
  const longest = Math.max(...wanted.map(({ bytes }) => bytes.length));
  const isHead = new Uint8Array((longest + 1) << 8);
  for (const { bytes } of wanted) {
    // An empty text has no first byte: whatever stands there will do.
    if (bytes.length === 0) isHead.fill(1, 0, 1 << 8);
    else isHead[(bytes.length << 8) | bytes[0]] = 1;
  }
  const ofLength = Array.from({ length: longest + 1 }, (_, length) =>
    wanted.filter(({ bytes }) => bytes.length === length),
  );
  for (let index = 0; index < count; ) {
    const segment = Math.floor(strings.end(index - 1) / SEGMENT);
    // The last string may end where a segment does.
    const bytes = segment < segments.length ? new Uint8Array(segments[segment]) : NOTHING;
    const behind = firstBehind(strings, index, segment);
    for (let at = index; at < behind; at++) {
      at = nextHead(bytes, ends, at, behind, isHead);
      if (at === behind) break;
      for (const { bytes: text, found } of ofLength[strings.byteLength(at)]) {
        if (strings.beginsWith(at, text)) found.push(at);
      }
    }
    index = behind;
  }
}

/**
 * The first string from `index` on that has a length and a first byte in common with a text. All of these begin in one segment. By itself,
 * since a loop that nothing rare interrupts stays compiled.
 */
function nextHead(bytes: Uint8Array, ends: Uint32Array, from: number, behind: number, isHead: Uint8Array): number {
  const beyond = isHead.length >>> 8;
  // A loop that reads another file's constant would read it by way of that file.
  const within = SEGMENT - 1;
  // Ends are modulo 2^32, a multiple of the segments' size; no string is as long as that.
  let start = from === 0 ? 0 : ends[from - 1];
  let index = from;
  for (; index < behind; index++) {
    const end = ends[index];
    const length = (end - start) >>> 0;
    if (length < beyond && isHead[(length << 8) | bytes[start & within]] === 1) break;
    start = end;
  }
  return index;
}

/** The first string from `index` on that begins in a later segment. */
function firstBehind(strings: StringTable, index: number, segment: number): number {
  let low = index + 1;
  let high = strings.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (strings.end(middle - 1) < (segment + 1) * SEGMENT) low = middle + 1;
    else high = middle;
  }
  return low;
}
