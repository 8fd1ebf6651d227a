import type { RedactOptions } from '../base/rewrite-types.js';
import type { Stage } from '../base/types.js';
import { Input } from '../read/input.js';
import { MAX_DEPTH, readValue } from '../read/json-value.js';
import { forEachSection, missingSection } from '../read/sections.js';
import type { OpenSource } from '../read/source.js';
import type { Arena } from '../wasm/arena.js';
import { copyNumbers, isOfNumbers } from './number-lists.js';

/** Bytes after which others of this thread may work, among them who asks for an end. */
const TURN = 8 << 20;

/** Goes over a file several times. */
export class Passes {
  readonly arena: Arena;
  readonly open: OpenSource;
  readonly #options: Pick<RedactOptions, 'signal' | 'onProgress'> & { readonly file: string };
  /** Called after every window. */
  onWindow: () => Promise<void> | undefined = () => undefined;
  /** The part of the work that this pass is, 0 … 1. */
  #span: readonly [number, number] = [0, 1];
  #sinceTurn = 0;

  constructor(
    open: OpenSource,
    arena: Arena,
    options: Pick<RedactOptions, 'signal' | 'onProgress'> & { readonly file: string },
  ) {
    this.open = open;
    this.arena = arena;
    this.#options = options;
  }

  /** What comes next is this part of the work. */
  begin(from: number, to: number): void {
    this.#span = [from, to];
    this.report('read', 0);
  }

  report(stage: Stage, fraction: number): void {
    const [from, to] = this.#span;
    const { file, onProgress } = this.#options;
    onProgress?.({ file, index: 0, total: 1, stage, fraction: from + (to - from) * fraction });
  }

  /** Runs `work` on the file from its beginning. Scratch: a window, and what `work` allocates. */
  async over<T>(work: (input: Input, arena: Arena) => Promise<T>): Promise<T> {
    return this.arena.scratchAsync(async () => {
      const source = await this.open();
      let read = 0;
      const input = new Input(this.arena, source, async (bytes) => {
        read += bytes;
        await this.onWindow();
        await this.turn(bytes, source.size ? read / source.size : 0);
      });
      try {
        return await work(input, this.arena);
      } finally {
        input.close();
      }
    });
  }

  /** Lets others have their turn, where it is time. Throws the signal's reason. */
  async turn(bytes: number, fraction: number): Promise<void> {
    this.#sinceTurn += bytes;
    if (this.#sinceTurn < TURN) return;
    this.#sinceTurn = 0;
    this.report('read', fraction);
    await new Promise((resolve) => setImmediate(resolve));
    this.#options.signal?.throwIfAborted();
  }

  /** Skips to a section that there is and reads it. */
  async find<T>(input: Input, wanted: string, read: () => Promise<T>): Promise<T> {
    let found: { readonly value: T } | undefined;
    await forEachSection(input, async (name) => {
      if (name === wanted) found = { value: await read() };
      else await skip(input, name);
      return found !== undefined;
    });
    if (found === undefined) throw missingSection(wanted, input);
    return found.value;
  }
}

/** Skips the value of a section. */
export async function skip(input: Input, name: string): Promise<void> {
  if (isOfNumbers(name)) await copyNumbers(input, name);
  else await readValue(input, MAX_DEPTH);
}
