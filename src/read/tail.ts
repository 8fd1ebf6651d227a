// A second reader for the tail of a file: from a row in the middle of `edges` to the end. It cannot know for sure where it
// is. So it counts the numbers up to the list's end and takes the header's word for the row it begins with; the first reader
// checks both when it gets there. Where that fails in any way the first reader reads on itself, and nothing is lost but time.

import { Stopwatch } from '../base/stopwatch.js';
import type { StageTiming } from '../base/types.js';
import type { Arena, ArenaPart } from '../wasm/arena.js';
import { readEdges } from './columns-reader.js';
import { FurtherSections } from './further-sections.js';
import type { Header } from './header.js';
import { INPUT_BYTES, Input } from './input.js';
import { readingOf, stageOf } from './read-stages.js';
import { SCANNER_BYTES, Scanner, type Successor } from './scanner.js';
import { forEachFurtherSection } from './sections.js';
import type { ListSection, SnapshotColumns } from './snapshot-columns.js';
import type { OpenSource } from './source.js';
import type { StringTableData } from './string-table.js';

/** What the second reader takes of the arena. */
export const TAIL_BYTES = INPUT_BYTES + SCANNER_BYTES;

// What takes the second reader time, in numbers that the first one reads meanwhile (about 5 ns each); measured on the files of
// bench/README.md. Counting first makes its own numbers dearer, a thread takes its time to start, strings cost by the byte.
const TAIL_COST = 1.2;
const START_COST = 5_000_000;
const REST_COST = 0.5;

/** Below this a file is read sooner than a second reader has found its place. */
const LEAST_SIZE = 4 << 20;

// The control words, and behind them two doubles.
const STATE = 0;
const STOPPED = 1;
const OFFSET = 1;
const ROW = 2;
const CONTROL_BYTES = 24;

// States. The second reader goes from pending to placed, and only then writes; the first one from pending to late.
const PENDING = 0;
const PLACED = 1;
const LATE = 2;

/** Everything the second reader needs. Plain data, for another thread. */
export interface TailRequest {
  readonly part: ArenaPart;
  readonly header: Header;
  readonly columns: SnapshotColumns;
  /** File offset from which it may begin. */
  readonly from: number;
  readonly control: SharedArrayBuffer;
  /** Whether the reply is to say how long each section took. */
  readonly timings: boolean;
}

/** What it found besides edges. */
export type TailReply =
  | {
      readonly ok: true;
      readonly sections: readonly string[];
      readonly strings: StringTableData | undefined;
      readonly lists: readonly (readonly [ListSection, Float64Array])[];
      readonly locationsEnd: number;
      readonly timings: readonly StageTiming[];
    }
  | { readonly ok: false };

export type TailContent = Extract<TailReply, { ok: true }>;

/** Has another thread answer a request on the same file. */
export type ReadTail = (request: TailRequest) => Promise<TailReply>;

/**
 * Where a second reader should begin, so that both are done at about the same time; undefined where it is not worth while.
 * `at`: file offset of the nodes. How many bytes the numbers have follows from the counts.
 */
export function tailStart(header: Header, at: number, size: number | undefined): number | undefined {
  if (size === undefined || size < LEAST_SIZE) return undefined;
  const { nodeCount, edgeCount, nodeFields, edgeFields } = header;
  const digits = Math.log10(nodeCount + 1);
  const nodeBytes = nodeCount * (4 + 2 * digits + 2 * (nodeFields.length - 4));
  const edgeBytes = edgeCount * (6 + digits + 2 * (edgeFields.length - 3) + 2);
  const nodeNumbers = nodeCount * nodeFields.length;
  const edgeNumbers = edgeCount * edgeFields.length;
  const rest = REST_COST * Math.max(0, size - at - nodeBytes - edgeBytes);
  // Both are done at once where nodeNumbers + own = START_COST + TAIL_COST × (edgeNumbers - own) + rest.
  const own = (START_COST + TAIL_COST * edgeNumbers + rest - nodeNumbers) / (1 + TAIL_COST);
  const share = Math.min(1, Math.max(0, own / edgeNumbers));
  return Math.floor(Math.min(at + nodeBytes + share * edgeBytes, size));
}

/** The second reader as the first one sees it. */
export class Tail implements Successor {
  hasTakenOver = false;
  readonly #request: TailRequest;
  readonly #words: Int32Array;
  readonly #places: Float64Array;
  readonly #reply: Promise<TailReply>;
  readonly #accept: (content: TailContent) => boolean;
  #met = false;

  /** `accept` is given what was read and may refuse it. */
  constructor(
    arena: Arena,
    request: Omit<TailRequest, 'control' | 'part'>,
    read: ReadTail,
    accept: (content: TailContent) => boolean,
  ) {
    const control = new SharedArrayBuffer(CONTROL_BYTES);
    this.#words = new Int32Array(control, 0, 2);
    this.#places = new Float64Array(control);
    this.#accept = accept;
    this.#request = { ...request, part: arena.cut(TAIL_BYTES), control };
    this.#reply = read(this.#request);
    // A failure of the other thread is met where its reply is waited for.
    this.#reply.catch(() => {});
  }

  offset(at: number): number {
    if (at >= this.#request.from && Atomics.compareExchange(this.#words, STATE, PENDING, LATE) === PENDING)
      return Infinity;
    return Atomics.load(this.#words, STATE) === PLACED ? this.#places[OFFSET] : Infinity;
  }

  async takeOver(count: number): Promise<boolean> {
    if (count !== this.#places[ROW] * this.#request.header.edgeFields.length) return false;
    this.#met = true;
    const reply = await this.#reply;
    this.hasTakenOver = reply.ok && this.#accept(reply);
    return this.hasTakenOver;
  }

  /** Ends the other reader. True where it may have written over rows that this one had read: it was not where it thought. */
  async stop(): Promise<boolean> {
    Atomics.store(this.#words, STOPPED, 1);
    await this.#reply;
    return Atomics.load(this.#words, STATE) === PLACED && !this.#met;
  }
}

/** The second reader: answers a request. Whatever is wrong with the file, the first reader will find it in its place. */
export async function readTail(request: TailRequest, open: OpenSource, arena: Arena): Promise<TailReply> {
  const words = new Int32Array(request.control, 0, 2);
  const source = await open();
  const input = new Input(arena, source, () => {
    if (Atomics.load(words, STOPPED) === 1) throw new Error('stopped');
  });
  try {
    return await new TailReader(request, arena, input).read();
  } catch {
    return { ok: false };
  } finally {
    input.close();
  }
}

class TailReader {
  readonly #request: TailRequest;
  readonly #arena: Arena;
  readonly #input: Input;
  readonly #scanner: Scanner;

  constructor(request: TailRequest, arena: Arena, input: Input) {
    this.#request = request;
    this.#arena = arena;
    this.#input = input;
    this.#scanner = new Scanner(arena, input);
  }

  async read(): Promise<TailReply> {
    const stopwatch = this.#request.timings ? new Stopwatch(2) : undefined;
    const row = await readingOf(stopwatch, 'find a row of edges', this.#input, () => this.#place());
    if (row === undefined) return { ok: false };
    const { header, columns } = this.#request;
    const reading = { scanner: this.#scanner, arena: this.#arena, header, columns };
    await readingOf(stopwatch, 'read edges', this.#input, () => readEdges(reading, { fromRow: row }));
    const further = new FurtherSections(this.#arena, this.#scanner);
    const sections: string[] = [];
    await forEachFurtherSection(this.#input, async (name) => {
      sections.push(name);
      await readingOf(stopwatch, stageOf(name), this.#input, () => further.read(name));
      return false;
    });
    const { strings, lists, locationsEnd } = further;
    const timings = stopwatch?.stages ?? [];
    return { ok: true, sections, strings: strings?.data, lists: [...lists], locationsEnd, timings };
  }

  /** Finds the first whole row from the start on and tells the first reader; undefined where there is none, or too late. */
  async #place(): Promise<number | undefined> {
    const { header, from, control } = this.#request;
    const [input, scanner] = [this.#input, this.#scanner];
    const width = header.edgeFields.length;
    input.seek(from);
    await scanner.skipCommas(1);
    const first = input.offset;
    const numbers = 1 + (await scanner.skipCommas(0xffff_ffff));
    const before = width * header.edgeCount - numbers;
    const row = Math.ceil(before / width);
    if (row < 1 || row >= header.edgeCount) return undefined;
    input.seek(first);
    const skip = row * width - before;
    if (skip > 0) await scanner.skipCommas(skip);
    const places = new Float64Array(control);
    places[OFFSET] = input.offset;
    places[ROW] = row;
    const state = Atomics.compareExchange(new Int32Array(control, 0, 2), STATE, PENDING, PLACED);
    return state === PENDING ? row : undefined;
  }
}
