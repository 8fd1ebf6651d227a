import { SnapshotError } from '../base/errors.js';
import type { Arena } from '../wasm/arena.js';
import { SCANNER, SLOT, STATUS } from '../wasm/kernels.js';
import type { Region } from '../wasm/region.js';
import { describeByte, type Input, WINDOW_BYTES } from './input.js';
import { MARKED_LENGTHS } from './marked-strings.js';
import { rowConstants } from './row-constants.js';
import { type StringTable, StringTableBuilder } from './string-table.js';
import { type UsualRows, UsualWay } from './usual-way.js';

/** Numbers scanned before they are taken: 256 kB stay in a core's own cache, and the calls in between cost little. */
const NUMBERS = 32_768;
/** Strings ended before they are taken. */
const STRINGS = 16_384;

/** The string scanner copies whole blocks, so its output needs one to spare. */
const BLOCK = 64;

/** Below this a window may end within a row. */
const ROW_ROOM = 2 * BLOCK;

/** Characters of a refused number that its error shows. */
const MAX_SHOWN = 24;

/** What a scanner takes of its arena, its input's window not included. */
export const SCANNER_BYTES = 8 * NUMBERS + 8 * STRINGS + WINDOW_BYTES + BLOCK + 4096;

const NUMBER_PLACES = ['a number or "]"', 'a number', '"," or "]"'];
const STRING_PLACES = ['a string or "]"', 'a string', '"," or "]"', '', 'the rest of a string'];

/** Takes the `count` 64-bit numbers at `address`, or some of them: the rest comes again with the next batch. Returns how many. */
export type NumberSink = (count: number, address: number) => number;

/** Another reader, which takes over somewhere in the middle of a list. */
export interface Successor {
  /** File offset of the number it may begin with, not below `at`, where this reader is; `Infinity` if there is none. */
  offset(at: number): number;
  /** Called at that offset with the count of numbers before it: true once the rest has been dealt with, else it is asked for another. */
  takeOver(count: number): Promise<boolean>;
  readonly hasTakenOver: boolean;
}

export interface NumbersOptions {
  readonly signed?: boolean;
  /** The input stands at a number in the list, not at its bracket. */
  readonly inside?: boolean;
  readonly successor?: Successor;
  readonly usual?: UsualRows;
}

/** Drives the scanning kernels over an input, window by window. */
export class Scanner {
  readonly input: Input;
  readonly #arena: Arena;
  readonly #slots: Uint32Array;
  readonly #result: Region;
  readonly #numbers: Region;
  readonly #text: Region;
  readonly #ends: Region & { readonly kind: 'u32' };
  readonly #marked: Region & { readonly kind: 'u32' };
  readonly #markedLengths: Region & { readonly kind: 'u32' };
  /** What the kernels of usual rows need. */
  readonly rowConstants: Region;

  constructor(arena: Arena, input: Input) {
    this.input = input;
    this.#arena = arena;
    const result = arena.allocate('u32', 16);
    this.#result = result;
    this.#numbers = arena.allocate('f64', NUMBERS);
    this.#text = arena.allocate('u8', WINDOW_BYTES + BLOCK);
    this.#ends = arena.allocate('u32', STRINGS);
    this.#marked = arena.allocate('u32', STRINGS);
    this.#markedLengths = arena.allocate('u32', MARKED_LENGTHS.length);
    arena.view(this.#markedLengths).set(MARKED_LENGTHS);
    this.rowConstants = rowConstants(arena);
    this.#slots = arena.view(result);
  }

  /**
   * Reads the array of numbers at the input's position and hands it over in batches. Returns how many numbers there were;
   * where a successor takes over, how many before it. Throws `SYNTAX`, `NUMBER` or `TRUNCATED`.
   */
  async numbers(name: string, sink: NumberSink, options: NumbersOptions = {}): Promise<number> {
    const { input } = this;
    const { kernels } = this.#arena;
    const usual = options.usual && new UsualWay(options.usual);
    let { successor } = options;
    if (!options.inside) await input.expect(0x5b, `"[" to open ${name}`);
    let state: number = options.inside ? SCANNER.value : SCANNER.first;
    let held = 0;
    let total = 0;
    while (state !== SCANNER.closed) {
      const stop = successor === undefined ? Infinity : input.addressOf(successor.offset(input.offset));
      if (input.position === stop) {
        // A stop that no number begins at is no stop.
        if (state !== SCANNER.value) successor = undefined;
        else if (await successor?.takeOver(total)) return total;
        continue;
      }
      const end = Math.min(input.end, stop);
      if (usual?.isDue) {
        const rows = usual.read(input, end, this.#result.offset, this.#slots);
        total += rows * usual.width;
        if (rows > 0) continue;
        // A row that the window cuts is no odd one.
        const isCut = end === input.end && end - input.position < ROW_ROOM;
        if (isCut && (await input.fill())) continue;
        usual.giveUp(NUMBERS);
        // The window has moved.
        if (isCut) continue;
      }
      const status = kernels.scanNumbers(
        input.position,
        end,
        this.#numbers.offset + held * 8,
        Math.min(NUMBERS, usual?.oddNumbers ?? NUMBERS) - held,
        state,
        options.signed ? 1 : 0,
        this.#result.offset,
      );
      if (status !== STATUS.ok) throw await this.#refuse(status, name, NUMBER_PLACES);
      const count = this.#slots[SLOT.count];
      state = this.#slots[SLOT.state];
      input.position = this.#slots[SLOT.position];
      total += count;
      held += count;
      usual?.scanned(held, state, input);
      if (count > 0) held = this.#take(sink, held);
      if (count > 0 || state === SCANNER.closed || input.position === stop) continue;
      // Here, too: nothing more to read up to a stop that cuts a number.
      if (end < input.end) successor = undefined;
      else if (!(await input.fill())) throw input.truncated(`the rest of ${name}`);
    }
    return total;
  }

  /** Hands over what is held; returns how many numbers the sink leaves for the next time, moved to the front. */
  #take(sink: NumberSink, held: number): number {
    const { offset } = this.#numbers;
    const used = sink(held, offset);
    if (used < held) this.#arena.bytes.copyWithin(offset, offset + used * 8, offset + held * 8);
    return held - used;
  }

  /**
   * Goes over a list of numbers without looking at them: to behind the next `limit` commas, or to the first byte that no such
   * list has. Returns the commas passed.
   */
  async skipCommas(limit: number): Promise<number> {
    const { input } = this;
    let total = 0;
    for (;;) {
      this.#arena.kernels.skipCommas(input.position, input.end, limit - total, this.#result.offset);
      total += this.#slots[SLOT.count];
      input.position = this.#slots[SLOT.position];
      if (total === limit || input.position < input.end || !(await input.fill())) return total;
    }
  }

  /** Reads the array of strings at the input's position. */
  async strings(name: string): Promise<StringTable> {
    const { input } = this;
    const { kernels } = this.#arena;
    // A string takes three bytes at least: its quotes and a comma.
    const builder = new StringTableBuilder(input.size && Math.ceil((input.size - input.offset) / 3));
    await input.expect(0x5b, `"[" to open ${name}`);
    let state: number = SCANNER.first;
    let pending = 0;
    while (state !== SCANNER.closed) {
      const status = kernels.scanStrings(
        input.position,
        input.end,
        this.#text.offset,
        this.#ends.offset,
        this.#markedLengths.offset,
        this.#marked.offset,
        STRINGS,
        state,
        pending,
        builder.last,
        this.#result.offset,
      );
      if (status !== STATUS.ok) throw await this.#refuse(status, name, STRING_PLACES);
      const consumed = this.#slots[SLOT.position] - input.position;
      state = this.#slots[SLOT.state];
      pending = this.#slots[SLOT.pending];
      input.position = this.#slots[SLOT.position];
      const { offset } = this.#text;
      const bytes = new Uint8Array(this.#arena.memory.buffer, offset, this.#slots[SLOT.output] - offset);
      builder.append(bytes, this.#part(this.#ends, SLOT.count), this.#part(this.#marked, SLOT.marked));
      if (consumed === 0 && state !== SCANNER.closed && !(await input.fill()))
        throw input.truncated(`the rest of ${name}`);
    }
    return builder.finish();
  }

  /** As much of a column as a kernel has filled. */
  #part(column: Region & { readonly kind: 'u32' }, slot: number): Uint32Array {
    return this.#arena.view(column).subarray(0, this.#slots[slot]);
  }

  /**
   * Where number `index` of the array at the input's position begins, and its text. For error messages: a second pass over the file
   * costs nothing when the file is right.
   */
  async locate(name: string, index: number): Promise<{ offset: number; text: string }> {
    const { input } = this;
    const { kernels } = this.#arena;
    await input.expect(0x5b, `"[" to open ${name}`);
    let state: number = SCANNER.first;
    for (let left = index; ; ) {
      const limit = Math.min(left, NUMBERS);
      kernels.scanNumbers(input.position, input.end, this.#numbers.offset, limit, state, 1, this.#result.offset);
      const count = this.#slots[SLOT.count];
      state = this.#slots[SLOT.state];
      input.position = this.#slots[SLOT.position];
      left -= count;
      // With nothing left to read the scan stops at the next number's first byte, unless the window ends before it.
      if (left === 0 && input.position < input.end && state !== SCANNER.delimiter)
        return { offset: input.offsetOf(input.position), text: await this.#numberAt(input.position) };
      if (count === 0 && !(await input.fill())) throw input.truncated(`number ${index} of ${name}`);
    }
  }

  async #refuse(status: number, name: string, places: readonly string[]): Promise<SnapshotError> {
    const address = this.#slots[SLOT.position];
    const at = this.input.offsetOf(address);
    if (status === STATUS.badNumber) {
      const found = await this.#numberAt(address);
      return new SnapshotError('NUMBER', `${name}: found ${found}, expected a whole number from 0 to 2^53 - 1`, at);
    }
    const place = places[this.#slots[SLOT.state]];
    const found = describeByte(this.input.bytes[address]);
    return new SnapshotError('SYNTAX', `${name}: found ${found}, expected ${place}`, at);
  }

  /** The number's own characters, a few of them, even if they come in later pieces. */
  async #numberAt(address: number): Promise<string> {
    const { input } = this;
    input.position = address;
    while (input.end - input.position < MAX_SHOWN && (await input.fill()));
    const bytes = input.bytes.subarray(input.position, Math.min(input.position + MAX_SHOWN, input.end));
    return /^[-+.0-9eE]+/.exec(Buffer.from(bytes).toString('latin1'))?.[0] ?? 'an odd number';
  }
}
