// A second reader for the tail of a file, as the first one sees it. That reader begins somewhere in the middle of `edges` and counts the
// numbers up to the list's end, which tells it the row it began with if the header's count is right; from there it lays out
// pieces (`pieces.ts`). Then it reads what comes behind the list, and then pieces, from the last one on. The first reader takes
// the pieces it gets to, and checks at each that row and offset are what the other one says. Where that fails in any way
// the first reader reads on itself, and nothing is lost but time.

import type { StageTiming } from '../base/types.js';
import type { Arena, ArenaPart } from '../wasm/arena.js';
import type { Header } from './header.js';
import { INPUT_BYTES } from './input.js';
import { Pieces } from './pieces.js';
import { SCANNER_BYTES, type Successor } from './scanner.js';
import type { ListSection, SnapshotColumns } from './snapshot-columns.js';
import type { StringTableData } from './string-table.js';

/** What the second reader takes of the arena. */
export const TAIL_BYTES = INPUT_BYTES + SCANNER_BYTES;

/** Everything the second reader needs. Plain data, for another thread. */
export interface TailRequest {
  readonly part: ArenaPart;
  readonly header: Header;
  readonly columns: SnapshotColumns;
  /** File offset from which it may begin. */
  readonly from: number;
  /** Of `Pieces`. */
  readonly pieces: SharedArrayBuffer;
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
      /** Whether every name in the pieces it has read has its string. */
      readonly areNamesChecked: boolean;
      readonly timings: readonly StageTiming[];
    }
  | { readonly ok: false };

export type TailContent = Extract<TailReply, { ok: true }>;

/** Has another thread answer a request on the same file. */
export type ReadTail = (request: TailRequest) => Promise<TailReply>;

/** The second reader as the first one sees it. */
export class Tail implements Successor {
  hasTakenOver = false;
  /** Names of edges are checked from this row on. */
  checkedFrom = Number.POSITIVE_INFINITY;
  readonly #pieces = new Pieces();
  readonly #width: number;
  readonly #reply: Promise<TailReply>;
  readonly #accept: (content: TailContent) => boolean;
  /** The piece that this reader comes to next. */
  #next = 0;
  /** Row and offset of a piece were what the other reader says. */
  #met = false;
  #isAlone = false;

  /** `accept` is given what was read and may refuse it. */
  constructor(
    arena: Arena,
    request: Omit<TailRequest, 'pieces' | 'part'>,
    read: ReadTail,
    accept: (content: TailContent) => boolean,
  ) {
    this.#accept = accept;
    this.#width = request.header.edgeFields.length;
    this.#reply = read({ ...request, part: arena.cut(TAIL_BYTES), pieces: this.#pieces.buffer });
    // A failure of the other thread is met where its reply is waited for.
    this.#reply.catch(() => {});
  }

  offset(at: number): number {
    if (this.#isAlone || !this.#pieces.areLaidOut) return Number.POSITIVE_INFINITY;
    // Pieces that were laid out when this reader had come further.
    while (this.#pieces.offsetOf(this.#next) < at) {
      if (!this.#takeNext()) {
        this.#isAlone = true;
        return Number.POSITIVE_INFINITY;
      }
    }
    return this.#pieces.offsetOf(this.#next);
  }

  async takeOver(count: number): Promise<boolean> {
    this.#met = count === this.#pieces.rowOf(this.#next) * this.#width;
    if (this.#met && this.#takeNext()) return false;
    this.#isAlone = true;
    return this.#met && this.#takeReply();
  }

  #takeNext(): boolean {
    const taken = this.#pieces.takeFirst();
    if (taken) this.#next++;
    return taken;
  }

  async #takeReply(): Promise<boolean> {
    const reply = await this.#reply;
    if (!reply.ok || !this.#accept(reply)) return false;
    this.hasTakenOver = true;
    if (reply.areNamesChecked) this.checkedFrom = this.#pieces.rowOf(this.#next);
    return true;
  }

  /** For a reader that has read the list to its end, at this offset: true once all that comes behind it is there, too. */
  async takeRest(at: number): Promise<boolean> {
    return this.#met && at === this.#pieces.listEnd && this.#takeReply();
  }

  /** Ends the other reader. True where it may have written over rows that this one had read: it was not where it thought. */
  async stop(): Promise<boolean> {
    this.#pieces.stop();
    await this.#reply;
    return this.#pieces.areLaidOut && !this.#met;
  }
}
