import { SnapshotError } from '../base/errors.js';
import { describeByte, type Input, isSpace } from './input.js';

/** Nesting that header and unknown sections may have; no producer comes near it. */
export const MAX_DEPTH = 64;
/** Nesting of `trace_tree`: one level for every frame of a call stack. */
export const MAX_TREE_DEPTH = 1_000_000;

// What the grammar expects next.
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY_OR_END = 2;
const KEY = 3;
const COLON = 4;
const COMMA_OR_END = 5;
const STRING = 6;
const ESCAPE = 7;
const HEX = 8;
const NUMBER = 9;
const LITERAL = 10;
const DONE = 11;

const EXPECTED = [
  'a JSON value',
  'a JSON value or "]"',
  'a property name or "}"',
  'a property name',
  '":"',
  '"," or the end of the list',
  'a character of a string',
  'an escape sequence',
  'a hexadecimal digit',
  'a number',
  'true, false or null',
];

const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number) => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);

/**
 * Walks over one JSON value, byte by byte and strictly by the grammar, without building it.
 * The open brackets are kept as one byte a level; nothing recurses.
 */
export class ValueWalker {
  readonly #maxDepth: number;
  #state = VALUE;
  #brackets = new Uint8Array(64);
  #depth = 0;
  /** Where to go when a string ends: a property name leads to a colon. */
  #afterString = COMMA_OR_END;
  #hexLeft = 0;
  #number: NumberState = 'sign';
  #literal = '';
  #literalAt = 0;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  get done(): boolean {
    return this.#state === DONE;
  }

  get expected(): string {
    return EXPECTED[this.#state];
  }

  /** Consumes bytes from `position` to the end of the value or of the window; returns where it stopped. */
  feed(input: Input): number {
    const { bytes, end } = input;
    let position = input.position;
    while (position < end && this.#state !== DONE) {
      const byte = bytes[position];
      if (this.#state === STRING) {
        // Most bytes of a value are here; the tests below are the ones that end a run.
        if (byte === 0x22) this.#state = this.#afterString === COMMA_OR_END ? this.#afterValue() : this.#afterString;
        else if (byte === 0x5c) this.#state = ESCAPE;
        else if (byte < 0x20) throw this.#wrong(input, position, byte);
        position++;
      } else if (this.#state === NUMBER) {
        const next = nextNumberState(this.#number, byte);
        if (next !== undefined) {
          this.#number = next;
          position++;
        } else if (isNumberEnd(this.#number)) this.#state = this.#afterValue();
        else throw this.#wrong(input, position, byte);
      } else {
        if (!this.#step(byte)) throw this.#wrong(input, position, byte);
        if (this.#depth > this.#maxDepth) throw this.#tooDeep(input, position);
        position++;
      }
    }
    return position;
  }

  /** One structural byte; false when the grammar does not allow it. */
  #step(byte: number): boolean {
    switch (this.#state) {
      case ESCAPE:
        if (byte === 0x75) {
          this.#hexLeft = 4;
          this.#state = HEX;
          return true;
        }
        this.#state = STRING;
        return '"\\/bfnrt'.includes(String.fromCharCode(byte));
      case HEX:
        if (--this.#hexLeft === 0) this.#state = STRING;
        return isHex(byte);
      case LITERAL:
        if (byte !== this.#literal.charCodeAt(this.#literalAt)) return false;
        if (++this.#literalAt === this.#literal.length) this.#state = this.#afterValue();
        return true;
    }
    if (isSpace(byte)) return true;
    switch (this.#state) {
      case VALUE_OR_END:
        return byte === 0x5d ? this.#close(0x5b) : this.#beginValue(byte);
      case VALUE:
        return this.#beginValue(byte);
      case KEY_OR_END:
        return byte === 0x7d ? this.#close(0x7b) : this.#beginKey(byte);
      case KEY:
        return this.#beginKey(byte);
      case COLON:
        this.#state = VALUE;
        return byte === 0x3a;
      default: {
        const open = this.#brackets[this.#depth - 1];
        if (byte === 0x2c) {
          this.#state = open === 0x7b ? KEY : VALUE;
          return true;
        }
        if (byte === 0x5d) return this.#close(0x5b);
        return byte === 0x7d && this.#close(0x7b);
      }
    }
  }

  #beginKey(byte: number): boolean {
    this.#afterString = COLON;
    this.#state = STRING;
    return byte === 0x22;
  }

  #beginValue(byte: number): boolean {
    if (byte === 0x22) {
      this.#afterString = COMMA_OR_END;
      this.#state = STRING;
    } else if (byte === 0x7b || byte === 0x5b) {
      this.#open(byte);
      this.#state = byte === 0x7b ? KEY_OR_END : VALUE_OR_END;
    } else if (byte === 0x2d || isDigit(byte)) {
      this.#number = nextNumberState('sign', byte) ?? 'sign';
      this.#state = NUMBER;
    } else {
      const literal = byte === 0x74 ? 'true' : byte === 0x66 ? 'false' : byte === 0x6e ? 'null' : undefined;
      if (literal === undefined) return false;
      this.#literal = literal;
      this.#literalAt = 1;
      this.#state = LITERAL;
    }
    return true;
  }

  #open(bracket: number): void {
    if (this.#depth === this.#brackets.length) {
      const larger = new Uint8Array(this.#depth * 2);
      larger.set(this.#brackets);
      this.#brackets = larger;
    }
    this.#brackets[this.#depth++] = bracket;
  }

  #close(bracket: number): boolean {
    if (this.#depth === 0 || this.#brackets[this.#depth - 1] !== bracket) return false;
    this.#depth--;
    this.#state = this.#afterValue();
    return true;
  }

  #afterValue(): number {
    return this.#depth === 0 ? DONE : COMMA_OR_END;
  }

  #wrong(input: Input, position: number, byte: number): SnapshotError {
    return new SnapshotError(
      'SYNTAX',
      `found ${describeByte(byte)}, expected ${this.expected}`,
      input.offsetOf(position),
    );
  }

  #tooDeep(input: Input, position: number): SnapshotError {
    const limit = this.#maxDepth.toLocaleString('en-US');
    return new SnapshotError(
      'TOO_DEEP',
      `found JSON nested deeper than ${limit} levels, expected at most that`,
      input.offsetOf(position),
    );
  }
}

type NumberState =
  | 'sign'
  | 'minus'
  | 'zero'
  | 'integer'
  | 'point'
  | 'fraction'
  | 'exponent'
  | 'exponentSign'
  | 'exponentDigits';

function isNumberEnd(state: NumberState): boolean {
  return state === 'zero' || state === 'integer' || state === 'fraction' || state === 'exponentDigits';
}

/** The state after one more byte of a number; undefined when the byte does not belong to it. */
function nextNumberState(state: NumberState, byte: number): NumberState | undefined {
  const digit = isDigit(byte);
  switch (state) {
    case 'sign':
      if (byte === 0x2d) return 'minus';
      return byte === 0x30 ? 'zero' : 'integer';
    case 'minus':
      return digit ? (byte === 0x30 ? 'zero' : 'integer') : undefined;
    case 'integer':
      if (digit) return 'integer';
      break;
    case 'point':
    case 'fraction':
      if (digit) return 'fraction';
      if (state === 'point') return undefined;
      break;
    case 'exponent':
      if (byte === 0x2b || byte === 0x2d) return 'exponentSign';
      return digit ? 'exponentDigits' : undefined;
    case 'exponentSign':
    case 'exponentDigits':
      return digit ? 'exponentDigits' : undefined;
  }
  if (byte === 0x2e && state !== 'fraction') return 'point';
  return byte === 0x65 || byte === 0x45 ? 'exponent' : undefined;
}

/**
 * Consumes one value. With `capture`, returns its text, which may have at most that many bytes; without, nothing is kept.
 * Cost: one step a byte; for large sections of numbers or strings the kernels are the faster way.
 */
export async function readValue(input: Input, maxDepth: number, capture = 0): Promise<string> {
  const walker = new ValueWalker(maxDepth);
  const kept: Uint8Array[] = [];
  let length = 0;
  await input.peek();
  while (!walker.done) {
    const from = input.position;
    const to = walker.feed(input);
    if (capture > 0 && to > from) {
      length += to - from;
      if (length > capture) {
        throw new SnapshotError(
          'SYNTAX',
          `found a value of over ${capture} bytes, expected a short one`,
          input.offsetOf(from),
        );
      }
      kept.push(input.bytes.slice(from, to));
    }
    input.position = to;
    if (!walker.done && !(await input.fill())) throw input.truncated(walker.expected);
  }
  return Buffer.concat(kept).toString('utf8');
}
