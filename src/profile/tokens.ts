import { setImmediate } from 'node:timers/promises';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { SnapshotError } from '../base/errors.js';
import type { OpenSource } from '../read/source.js';

/** Longer texts are cut behind that: no function is called so, and no file may fill the memory with one. */
export const LONGEST_TEXT = 1 << 20;
const WINDOW_BYTES = 1 << 16;

export type Scalar = string | number | boolean | null;

/** Where a document's parts go, in the order of the file. */
export interface TokenSink {
  begin(isList: boolean): void;
  end(): void;
  key(name: string): void;
  value(value: Scalar): void;
}

export interface TokenOptions {
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal;
  /** File offset from which bytes are taken one by one, so that an error has the byte that caused it. */
  readonly finelyFrom?: number;
}

/** Something in a file, or in what it says, is wrong, and it lies behind `from`. */
export class Refusal extends Error {
  readonly from: number;
  readonly error: SnapshotError;

  constructor(error: SnapshotError, from: number) {
    super(error.message);
    this.error = error;
    this.from = from;
  }
}

/**
 * Hands on a JSON document part by part; returns its bytes. Memory: one window, one text and a word for each open bracket, whatever the file.
 * Throws a `Refusal` for what is no JSON and for what the sink throws, whatever the source throws, and the signal's reason.
 */
export async function readTokens(
  open: OpenSource,
  sink: TokenSink,
  { signal, finelyFrom = Number.POSITIVE_INFINITY }: TokenOptions = {},
): Promise<number> {
  const source = await open();
  const window = Buffer.allocUnsafe(WINDOW_BYTES);
  const feed = feeder(sink);
  let at = 0;
  try {
    for (;;) {
      // As when reading lines: without a pause no signal would be heard.
      await setImmediate();
      signal?.throwIfAborted();
      const count = await source.read(window);
      if (count === 0) return at;
      let done = 0;
      while (done < count) {
        const coarse = Math.min(count, finelyFrom - at) - done;
        const size = coarse > 0 ? coarse : 1;
        feed(window.subarray(done, done + size), at + done);
        done += size;
      }
      at += count;
    }
  } finally {
    source.close();
  }
}

type Feed = (bytes: Uint8Array, from: number) => void;

/** Keys and values come in pieces: the parser would put a text together whatever its length. */
function feeder(sink: TokenSink): Feed {
  const parse = jsonParser({ packValues: false });
  const decoder = new TextDecoder();
  const assembler = new Assembler(sink);
  return (bytes, from) => {
    try {
      const tokens = parse(decoder.decode(bytes, { stream: true }));
      if (typeof tokens === 'object' && tokens !== null && 'values' in tokens) assembler.takeAll(tokens.values);
    } catch (thrown) {
      throw new Refusal(thrown instanceof SnapshotError ? thrown : noJson(thrown), from);
    }
  };
}

/** The parser's message without its first words, which name the parser. */
function noJson(thrown: unknown): SnapshotError {
  const reason = thrown instanceof Error ? thrown.message.replace(/^Parser (?:cannot parse input: |has )/, '') : '';
  return new SnapshotError('SYNTAX', `found bytes that are no JSON (${reason}), expected a sampling heap profile`);
}

/** Puts pieces together, up to the longest text. */
class Assembler {
  readonly #sink: TokenSink;
  #text = '';

  constructor(sink: TokenSink) {
    this.#sink = sink;
  }

  takeAll(tokens: readonly Token[]): void {
    for (const token of tokens) this.#take(token);
  }

  #take(token: Token): void {
    const { name } = token;
    if (name === 'stringChunk' || name === 'numberChunk') this.#append(token.value);
    else if (name === 'endKey') this.#sink.key(this.#taken());
    else if (name === 'endString') this.#sink.value(this.#taken());
    else if (name === 'endNumber') this.#sink.value(Number(this.#taken()));
    else if (name === 'startObject' || name === 'startArray') this.#sink.begin(name === 'startArray');
    else if (name === 'endObject' || name === 'endArray') this.#sink.end();
    else if (name === 'nullValue' || name === 'trueValue' || name === 'falseValue') this.#sink.value(token.value);
  }

  /** One character more than may be: that is how a text that was cut is known. */
  #append(piece: string): void {
    if (this.#text.length <= LONGEST_TEXT) this.#text += piece;
  }

  #taken(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}
