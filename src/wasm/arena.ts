import { SnapshotError } from '../base/errors.js';
import { compiledModule, instantiateKernels, type Kernels } from './kernels.js';
import { ALIGNMENT, bytesOf, type Kind, type Region, type ViewOf, viewOf } from './region.js';

const PAGE = 65_536;
/** One page less than wasm32 can address: the AssemblyScript toolchain does not take the last one. */
const MAX_PAGES = 65_535;

/** What one arena can hold. */
export const ARENA_LIMIT = PAGE * MAX_PAGES;

/** What another thread needs to run kernels on an arena's memory. */
export interface SharedKernels {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
}

/** A part of an arena, as it travels to another thread. */
export interface ArenaPart extends SharedKernels {
  readonly from: number;
  readonly to: number;
  readonly used: number;
}

/** Addresses of an arena. */
export interface ArenaSpan {
  readonly from: number;
  readonly to: number;
}

/** What the system hands out at a time, or a part of it. */
const SYSTEM_PAGE = 4096;

/**
 * Has the system provide the memory of a span now. First touches cost as much as most passes, and can be made by a thread that has
 * time for it. Changes nothing that another thread may have written there meanwhile: a zero becomes a zero. Of the atomic operations this
 * one is a single fault a page; those that load first are two.
 */
export function touchPages(memory: WebAssembly.Memory, { from, to }: ArenaSpan): void {
  const bytes = new Uint8Array(memory.buffer);
  for (let at = from; at < Math.min(to, bytes.length); at += SYSTEM_PAGE) Atomics.compareExchange(bytes, at, 0, 0);
}

/**
 * The one memory of a snapshot: shared, grown as needed, handed out from the bottom and taken back from the top.
 * A pass allocates its results first and its scratch after them, then releases down to the results, so the next pass uses
 * the same bytes: page faults on fresh memory cost more than most passes.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly #base: number;
  readonly #end: number;
  /** Where what can be handed out ends: at `#end`, or at a part above that another thread has. */
  #limit: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #top: number;
  /** Nothing at or above this address has ever been handed out, so it is still zero. */
  #used: number;
  /** The highest address handed out since `use` was last asked. */
  #highest: number;

  private constructor(memory: WebAssembly.Memory, kernels: Kernels, base: number, limit: number, used: number) {
    this.memory = memory;
    this.kernels = kernels;
    this.#base = base;
    this.#end = limit;
    this.#limit = limit;
    this.#top = base;
    this.#used = used;
    this.#highest = base;
  }

  static async create(): Promise<Arena> {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
    return new Arena(memory, await instantiateKernels(memory), ALIGNMENT, ARENA_LIMIT, ALIGNMENT);
  }

  /** An arena over a part that another thread has cut off its own. */
  static async over({ memory, module, from, to, used }: ArenaPart): Promise<Arena> {
    return new Arena(memory, await instantiateKernels(memory, module), from, to, used);
  }

  /** Where the next column begins: the bytes handed out. */
  get taken(): number {
    return this.#top;
  }

  /** Whether `bytes` can still be allocated. */
  hasRoom(bytes: number): boolean {
    return this.#top + bytes <= this.#limit;
  }

  /**
   * Cuts `bytes` off for another thread, which may work on them beside this one; they stay taken until this arena releases
   * them. Pages that nobody touches cost nothing.
   */
  cut(bytes: number): ArenaPart {
    const used = this.#used;
    const { offset, length } = this.allocate('u8', bytes);
    return { memory: this.memory, module: this.module, from: offset, to: offset + length, used };
  }

  /**
   * Cuts off what lies above the next `reserved` bytes, if that is `least` bytes or more: another thread may have all that this
   * arena is sure not to need. `joinAbove` takes it back.
   */
  cutAbove(reserved: number, least: number): ArenaPart | undefined {
    const from = this.#top + bytesOf('u8', reserved);
    const to = this.#limit;
    if (to - from < least) return undefined;
    try {
      this.#growTo(to);
    } catch {
      return undefined;
    }
    const used = this.#used;
    this.#used = to;
    this.#limit = from;
    return { memory: this.memory, module: this.module, from, to, used };
  }

  joinAbove(): void {
    this.#limit = this.#end;
  }

  /**
   * The next `bytes` that will be handed out, as far as nobody has touched them: for another thread to touch ahead of this one, by
   * `touchPages`. They are not taken by that.
   */
  ahead(bytes: number): ArenaSpan {
    const from = Math.max(this.#top, this.#used);
    const to = Math.max(from, Math.min(this.#top + bytes, this.#limit));
    if (from < to) this.#growTo(to);
    return { from, to };
  }

  /** The compiled kernels, for another thread. */
  get module(): WebAssembly.Module {
    return compiledModule();
  }

  /** All bytes of the memory. A view is only as long as the memory was when it was made, so it is made anew as that grows. */
  get bytes(): Uint8Array {
    const { buffer } = this.memory;
    if (this.#bytes.byteLength !== buffer.byteLength) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }

  /**
   * A column of `length` elements. Its bytes are whatever was there: see `zeroed`.
   * Throws `TOO_LARGE` when the arena's limit would be passed or the system refuses the memory.
   */
  allocate<K extends Kind>(kind: K, length: number): Region & { readonly kind: K } {
    const offset = this.#top;
    const end = offset + bytesOf(kind, length);
    if (end > this.#limit) throw tooLarge(end);
    this.#growTo(end);
    this.#top = end;
    this.#used = Math.max(this.#used, end);
    this.#highest = Math.max(this.#highest, end);
    return { kind, offset, length };
  }

  #growTo(end: number): void {
    const missing = end - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.memory.grow(Math.ceil(missing / PAGE));
    } catch {
      throw tooLarge(end);
    }
  }

  /** A column of zeros. Costs nothing where the memory is fresh: the system hands out zeros, and only on first touch. */
  zeroed<K extends Kind>(kind: K, length: number): Region & { readonly kind: K } {
    const used = this.#used;
    const region = this.allocate(kind, length);
    const stale = Math.min(used - region.offset, bytesOf(kind, length));
    if (stale > 0) new Uint8Array(this.memory.buffer, region.offset, stale).fill(0);
    return region;
  }

  /** One zeroed bit for each of `count`, as the u32 words the kernels use. */
  bits(count: number): Region & { readonly kind: 'u32' } {
    return this.zeroed('u32', Math.ceil(count / 32));
  }

  view<K extends Kind>(region: Region & { readonly kind: K }): ViewOf<K> {
    return viewOf(this.memory.buffer, region);
  }

  /** Runs `work` and takes back everything it allocated. */
  scratch<T>(work: () => T): T {
    const mark = this.#top;
    try {
      return work();
    } finally {
      this.#top = mark;
    }
  }

  /** The same for work that waits. */
  async scratchAsync<T>(work: () => Promise<T>): Promise<T> {
    const mark = this.#top;
    try {
      return await work();
    } finally {
      this.#top = mark;
    }
  }

  /** Runs `work` and tells afterwards, by the function it is given, how many bytes above today's that took at its most. */
  watch<T>(work: (use: () => number) => T): T {
    const start = this.#top;
    this.#highest = start;
    return work(() => this.#highest - start);
  }

  /** Takes everything back, for the next snapshot. */
  reset(): void {
    this.#top = this.#base;
    this.#limit = this.#end;
  }
}

/** Undefined where the arena is too small for that. */
export function whereThereIsRoom<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (SnapshotError.from(error).code !== 'TOO_LARGE') throw error;
    return undefined;
  }
}

export function tooLarge(bytes: number): SnapshotError {
  const found = Math.ceil(bytes / 2 ** 20).toLocaleString('en-US');
  return new SnapshotError(
    'TOO_LARGE',
    `found a snapshot that needs ${found} MiB of columns, expected at most ${Math.floor(ARENA_LIMIT / 2 ** 20).toLocaleString('en-US')} MiB`,
  );
}
