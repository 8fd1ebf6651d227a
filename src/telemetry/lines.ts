import { setImmediate } from 'node:timers/promises';
import type { OpenSource } from '../read/source.js';

/** Longer lines are no telemetry; they are counted, not read. */
export const LONGEST_LINE = 1 << 20;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

export interface LineOptions {
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal;
  /** Bytes read so far, uncompressed. */
  readonly onProgress?: (bytes: number) => void;
}

/** Takes a line, without its end and as Latin-1: telemetry is ASCII. `number` counts from 1. */
export type OnLine = (text: string, number: number) => void;

/**
 * Calls `onLine` for every line of a file, and `onTooLong` for each that is longer than `LONGEST_LINE`. Memory: one window, whatever the
 * file. Throws what the source throws, and the signal's reason.
 */
export async function readLines(
  open: OpenSource,
  onLine: OnLine,
  onTooLong: (number: number) => void,
  { signal, onProgress }: LineOptions = {},
): Promise<void> {
  const source = await open();
  const window = Buffer.allocUnsafe(LONGEST_LINE);
  let kept = 0;
  let number = 0;
  let bytes = 0;
  // Inside a line that is too long there is nothing to keep.
  let isSkipping = false;
  const take = (from: number, to: number) => {
    number++;
    if (isSkipping) onTooLong(number);
    else onLine(window.toString('latin1', from, to > from && window[to - 1] === RETURN ? to - 1 : to), number);
    isSkipping = false;
  };
  try {
    for (;;) {
      // A source may have its bytes at once, all of them: without a pause no signal would ever be heard.
      await setImmediate();
      signal?.throwIfAborted();
      const count = await source.read(window.subarray(kept));
      if (count === 0) break;
      bytes += count;
      onProgress?.(bytes);
      const filled = window.subarray(0, kept + count);
      let from = 0;
      for (let at = filled.indexOf(NEWLINE, kept); at >= 0; at = filled.indexOf(NEWLINE, from)) {
        take(from, at);
        from = at + 1;
      }
      window.copyWithin(0, from, filled.length);
      kept = filled.length - from;
      if (kept === window.length) {
        isSkipping = true;
        kept = 0;
      }
    }
    if (kept > 0 || isSkipping) take(0, kept);
  } finally {
    source.close();
  }
}
