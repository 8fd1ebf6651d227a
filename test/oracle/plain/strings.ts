import { type Cursor, readStrictArray, type StrictArray, take } from './strict-array.js';

export interface PlainString {
  /** Unescaped; lone surrogates are kept, bytes that are no UTF-8 become U+FFFD. */
  text: string;
  /** Offsets of the bytes between the quotes: they tell names apart that decode alike. */
  start: number;
  end: number;
}

function skipEscape(cursor: Cursor): void {
  take(cursor, '\\');
  if (take(cursor, '"\\/bfnrtu') !== 'u') return;
  for (let digit = 0; digit < 4; digit++) take(cursor, '0123456789abcdefABCDEF');
}

function readString(cursor: Cursor): PlainString {
  take(cursor, '"');
  const start = cursor.at;
  for (let next = cursor.peek(); next !== '"'; next = cursor.peek()) {
    if (next < ' ') cursor.fail('SYNTAX', cursor.at);
    if (next === '\\') skipEscape(cursor);
    else cursor.at++;
  }
  const end = cursor.at;
  cursor.at++;
  const body = new TextDecoder('utf-8', { ignoreBOM: true }).decode(cursor.bytes.subarray(start, end));
  return { text: JSON.parse(`"${body}"`) as string, start, end };
}

/** The twin of the string kernels: a strict JSON array of strings. Rule: promises 4 and 10. */
export function plainStrings(bytes: Uint8Array): StrictArray<PlainString> {
  return readStrictArray(bytes, readString);
}
