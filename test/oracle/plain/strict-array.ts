/** SYNTAX: a byte that cannot stand there. NUMBER: a well-formed number of a forbidden kind. TRUNCATED: the bytes end. */
export type Problem = 'SYNTAX' | 'NUMBER' | 'TRUNCATED';

export type StrictArray<T> = { ok: true; items: T[] } | { ok: false; problem: Problem; offset: number };

/** A place in the bytes. `fail` throws to `readStrictArray`, which makes a value of it. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  /** The next byte as a character, without taking it. TRUNCATED where there is none. */
  peek(): string;
  fail(problem: Problem, offset: number): never;
}

class Failure extends Error {
  readonly problem: Problem;
  readonly offset: number;

  constructor(problem: Problem, offset: number) {
    super(`${problem} at ${offset}`);
    this.problem = problem;
    this.offset = offset;
  }
}

function createCursor(bytes: Uint8Array): Cursor {
  function fail(problem: Problem, offset: number): never {
    throw new Failure(problem, offset);
  }
  function peek(this: Cursor): string {
    if (this.at >= bytes.length) fail('TRUNCATED', bytes.length);
    return String.fromCharCode(bytes[this.at]);
  }
  return { bytes, at: 0, peek, fail };
}

function skipWhitespace(cursor: Cursor): void {
  while (cursor.at < cursor.bytes.length && ' \t\r\n'.includes(cursor.peek())) cursor.at++;
}

/** Takes one of the characters wanted; SYNTAX at any other. */
export function take(cursor: Cursor, wanted: string): string {
  const found = cursor.peek();
  if (!wanted.includes(found)) cursor.fail('SYNTAX', cursor.at);
  cursor.at++;
  return found;
}

function readItems<T>(cursor: Cursor, readItem: (cursor: Cursor) => T): T[] {
  const items: T[] = [];
  skipWhitespace(cursor);
  take(cursor, '[');
  skipWhitespace(cursor);
  let separator = ',';
  if (cursor.peek() === ']') separator = take(cursor, ']');
  while (separator === ',') {
    skipWhitespace(cursor);
    items.push(readItem(cursor));
    skipWhitespace(cursor);
    separator = take(cursor, ',]');
  }
  skipWhitespace(cursor);
  if (cursor.at < cursor.bytes.length) cursor.fail('SYNTAX', cursor.at);
  return items;
}

/**
 * Reads bytes that must be one JSON array and nothing else but whitespace around it.
 * The offset of a problem is that of the first byte that cannot stand there; bytes.length for TRUNCATED.
 */
export function readStrictArray<T>(bytes: Uint8Array, readItem: (cursor: Cursor) => T): StrictArray<T> {
  try {
    return { ok: true, items: readItems(createCursor(bytes), readItem) };
  } catch (thrown) {
    if (thrown instanceof Failure) return { ok: false, problem: thrown.problem, offset: thrown.offset };
    throw thrown;
  }
}
