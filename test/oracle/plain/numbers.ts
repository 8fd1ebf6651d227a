import { type Cursor, readStrictArray, type StrictArray, take } from './strict-array.js';

const DIGITS = '0123456789';

function skipDigits(cursor: Cursor): void {
  while (DIGITS.includes(cursor.peek())) cursor.at++;
}

function skipSomeDigits(cursor: Cursor): void {
  take(cursor, DIGITS);
  skipDigits(cursor);
}

/** Moves over a number of JSON's grammar: no leading zeros, digits on both sides of the point. */
function skipNumber(cursor: Cursor): void {
  if (cursor.peek() === '-') cursor.at++;
  if (take(cursor, DIGITS) !== '0') skipDigits(cursor);
  if (cursor.peek() === '.') {
    cursor.at++;
    skipSomeDigits(cursor);
  }
  if ('eE'.includes(cursor.peek())) {
    cursor.at++;
    if ('+-'.includes(cursor.peek())) cursor.at++;
    skipSomeDigits(cursor);
  }
}

function readInteger(cursor: Cursor, allowNegative: boolean): number {
  const start = cursor.at;
  skipNumber(cursor);
  const text = String.fromCharCode(...cursor.bytes.subarray(start, cursor.at));
  const value = Number(text);
  const isWritten = allowNegative ? /^-?\d+$/ : /^\d+$/;
  if (!isWritten.test(text) || !Number.isSafeInteger(value)) cursor.fail('NUMBER', start);
  return value;
}

/**
 * The twin of the number kernels: a strict JSON array of whole numbers up to 2^53 - 1.
 * A number that JSON allows but the format does not (fraction, exponent, too large, a sign where `allowNegative` is
 * false) is a NUMBER problem at its first byte. Rule: promises 3.
 */
export function plainNumbers(bytes: Uint8Array, allowNegative = false): StrictArray<number> {
  return readStrictArray(bytes, (cursor) => readInteger(cursor, allowNegative));
}
