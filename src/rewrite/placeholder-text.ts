import { createHmac } from 'node:crypto';

/** Digits of a hash: with fewer, two of a few million texts might have the same. */
const DIGITS = 16;
const LEAST_KEY = 16;

/** What stands in the place of a text: its length in UTF-16 units and a keyed hash. */
export function placeholder(length: number, hash: string): string {
  return `[${length} chars ${hash.slice(0, DIGITS)}]`;
}

/** The same for a text in memory: what a snapshot has that V8 has written, which escapes all but ASCII. */
export function placeholderOf(text: string, key: Uint8Array): string {
  return placeholder(text.length, createHmac('sha256', key).update(asWritten(text)).digest('hex'));
}

/** Throws a RangeError for a key that could be guessed. */
export function checkKey(key: Uint8Array): void {
  if (key.length >= LEAST_KEY) return;
  throw new RangeError(
    `found a key of ${key.length} bytes, expected ${LEAST_KEY} at least: shorter ones can be guessed`,
  );
}

const SHORT: Readonly<Record<string, string>> = {
  ...{ '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' },
};

/** A text as V8 writes it between quotes. */
function asWritten(text: string): string {
  return text.replace(/["\\\x00-\x1f]|[^\x00-\x7f]/g, (unit) => {
    const code = unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return SHORT[unit] ?? `\\u${code}`;
  });
}
