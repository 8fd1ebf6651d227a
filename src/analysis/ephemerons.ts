import type { Ephemerons } from '../graph/graph.js';
import { SHORTEST_PAIR } from '../read/marked-strings.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';

/** What the name of a WeakMap pair's edge says: `N / part of key (K @k) -> value (V @v) pair in WeakMap (table @t)`. */
export interface EphemeronName {
  readonly tableId: number;
  /** The name without its leading number: both edges of a pair have the same. */
  readonly pair: string;
}

const LEAD = /^\d+(?= \/ part of key \()/;
const TAIL = / @\d+\) pair in WeakMap \(table @(\d+)\)$/;
const MIDDLE = / @\d+\) -> value \(/g;
const LINE_END = /[\n\r\u2028\u2029]/;
const CLOSE = 0x29;

/**
 * The parts of a pair's name, or undefined if string `index` is none. Written as three anchored searches instead of one
 * pattern, so that its cost stays linear in the text: the text is not ours.
 */
export function parseEphemeron(strings: StringTable, index: number, length: number): EphemeronName | undefined {
  if (length < SHORTEST_PAIR) return undefined;
  const bytes = strings.bytes(index);
  if (bytes[bytes.length - 1] !== CLOSE) return undefined;
  const text = strings.text(index);
  const lead = LEAD.exec(text);
  const tail = lead && TAIL.exec(text);
  if (lead === null || tail === null) return undefined;
  MIDDLE.lastIndex = lead[0].length + ' / part of key ('.length;
  const middle = MIDDLE.exec(text);
  if (middle === null || MIDDLE.lastIndex > tail.index || LINE_END.test(text)) return undefined;
  return { tableId: Number.parseInt(tail[1], 10), pair: text.slice(lead[0].length) };
}

/** Collects the names of pairs in order of their string index, and numbers the pairs. */
export class EphemeronList {
  readonly #strings: StringTable;
  #count = 0;
  #names = new Uint32Array(64);
  #tables = new Float64Array(64);
  #pairs = new Uint32Array(64);
  #pairCount = 0;
  /** Open addressing: an entry's position + 1 at the place its hash says, or behind it. */
  #slots = new Uint32Array(256);

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  add(name: number, { tableId, pair }: EphemeronName): void {
    if (this.#count === this.#names.length) this.#grow();
    const slot = this.#find(pair);
    const known = this.#slots[slot];
    const entry = this.#count++;
    this.#names[entry] = name;
    this.#tables[entry] = tableId;
    this.#pairs[entry] = known === 0 ? this.#pairCount++ : this.#pairs[known - 1];
    if (known === 0) this.#slots[slot] = entry + 1;
  }

  #find(pair: string): number {
    const mask = this.#slots.length - 1;
    let slot = hashText(pair) & mask;
    while (this.#slots[slot] !== 0 && this.#pairText(this.#slots[slot] - 1) !== pair) slot = (slot + 1) & mask;
    return slot;
  }

  /** Decoded again when needed: texts of a million pairs would not fit in memory beside the snapshot. */
  #pairText(entry: number): string {
    return this.#strings.text(this.#names[entry]).replace(LEAD, '');
  }

  #grow(): void {
    this.#names = larger(this.#names, new Uint32Array(this.#count * 2));
    this.#tables = larger(this.#tables, new Float64Array(this.#count * 2));
    this.#pairs = larger(this.#pairs, new Uint32Array(this.#count * 2));
    const entries = this.#slots.filter((entry) => entry !== 0);
    this.#slots = new Uint32Array(this.#count * 8);
    for (const entry of entries) this.#slots[this.#find(this.#pairText(entry - 1))] = entry;
  }

  store(arena: Arena): Ephemerons {
    const count = this.#count;
    const names = arena.allocate('u32', count);
    const tables = arena.allocate('f64', count);
    const pairs = arena.allocate('u32', count);
    arena.view(names).set(this.#names.subarray(0, count));
    arena.view(tables).set(this.#tables.subarray(0, count));
    arena.view(pairs).set(this.#pairs.subarray(0, count));
    return { count, names, tables, pairs, pairCount: this.#pairCount };
  }
}

function larger<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
