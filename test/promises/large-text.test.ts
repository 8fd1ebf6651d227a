import { describe, expect, test } from 'vitest';
import { readSnapshot } from '#src/read/reader.js';
import type { ByteSource } from '#src/read/source.js';
import { MAX_TEXT_BYTES } from '#src/read/string-table.js';
import { toJson } from '../build/snapshot-builder.js';
import { testArena } from '../engine/engine.js';

const MIB = 1 << 20;
/** The longest string that JavaScript can hold on a 64-bit machine. */
const LONGEST_STRING = 536_870_888;
const STRINGS = 520;
const MOST_MEMORY = 1_500 * MIB;

/** Delivers pieces one after the other, each as often as it says; nothing is ever put together. */
class RepeatedSource implements ByteSource {
  readonly size = undefined;
  readonly #pieces: readonly [bytes: Uint8Array, times: number][];
  #piece = 0;
  #time = 0;
  #position = 0;

  constructor(pieces: readonly [Uint8Array, number][]) {
    this.#pieces = pieces.filter(([bytes, times]) => bytes.length * times > 0);
  }

  read(into: Uint8Array): number {
    if (this.#piece === this.#pieces.length) return 0;
    const [bytes, times] = this.#pieces[this.#piece];
    const count = Math.min(into.length, bytes.length - this.#position);
    into.set(bytes.subarray(this.#position, this.#position + count));
    this.#position += count;
    if (this.#position === bytes.length) {
      this.#position = 0;
      if (++this.#time === times) {
        this.#time = 0;
        this.#piece++;
      }
    }
    return count;
  }

  close(): void {}
}

const HUGE_UNIT = 'é\\u00e9\\\\\\"😀';
const HUGE_TEXT = 'éé\\"😀';
/** Units come in blocks, so that reading them is not what takes the time. */
const HUGE_BLOCK = Buffer.from(HUGE_UNIT.repeat(4096));
const HUGE_TIMES = 300;

/** Everything up to the strings' end, and what comes after: the long strings go between. */
function frame(): [string, string] {
  const json = Buffer.from(
    toJson({
      nodes: [
        { type: 'synthetic', name: '', id: 1, selfSize: 0 },
        { type: 'string', name: 'last', id: 3, selfSize: 16 },
      ],
      edges: [{ from: 0, type: 'element', nameOrIndex: 1, to: 1 }],
    }),
  ).toString('utf8');
  const end = json.lastIndexOf(']');
  return [json.slice(0, end), json.slice(end)];
}

describe('promise 11: more text than a JavaScript string can hold', () => {
  test('is read, counted and decoded string by string', async () => {
    const [head, tail] = frame();
    const line = Buffer.from(`,"${'x'.repeat(MIB - 3)}"`);
    const source = () =>
      new RepeatedSource([
        [Buffer.from(head), 1],
        [line, STRINGS],
        [Buffer.from(',"'), 1],
        [HUGE_BLOCK, HUGE_TIMES],
        [Buffer.from(`","the end"${tail}`), 1],
      ]);
    const before = process.memoryUsage.rss();
    const { strings, header } = await readSnapshot(source, await testArena());
    expect(STRINGS * line.length + HUGE_TIMES * HUGE_BLOCK.length).toBeGreaterThan(LONGEST_STRING);
    expect(header.nodeCount).toBe(2);

    const first = strings.count - STRINGS - 2;
    expect(first).toBe(3);
    expect(['<dummy>', '', 'last']).toEqual([0, 1, 2].map((index) => strings.text(index)));
    expect(strings.text(first)).toBe('x'.repeat(MIB - 3));
    expect(strings.text(first + STRINGS - 1)).toBe('x'.repeat(MIB - 3));
    expect(strings.text(strings.count - 1)).toBe('the end');
    let total = 0;
    for (let index = first; index < first + STRINGS; index++) total += strings.byteLength(index);
    expect(total).toBe(STRINGS * (MIB - 3));
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_MEMORY);
  });

  test('a string beyond 16 MiB is cut between characters, and only there', async () => {
    const [head, tail] = frame();
    for (const shift of Array.from({ length: 16 }, (_, at) => at)) {
      const source = () =>
        new RepeatedSource([
          [Buffer.from(`${head},"${'x'.repeat(shift)}`), 1],
          [HUGE_BLOCK, HUGE_TIMES],
          [Buffer.from(`"${tail}`), 1],
        ]);
      const { strings } = await readSnapshot(source, await testArena());
      const index = strings.count - 1;
      expect(strings.byteLength(index)).toBe(shift + HUGE_TIMES * HUGE_BLOCK.length);
      const text = strings.text(index).slice(shift);
      const whole = HUGE_TEXT.repeat(Math.ceil(text.length / HUGE_TEXT.length));
      expect(text === whole.slice(0, text.length)).toBe(true);
      const kept = Buffer.from(HUGE_UNIT).length * (text.length / HUGE_TEXT.length);
      expect(kept).toBeGreaterThan(MAX_TEXT_BYTES - 64);
      expect(kept).toBeLessThan(MAX_TEXT_BYTES);
      expect(text.isWellFormed()).toBe(true);
    }
  });
});
