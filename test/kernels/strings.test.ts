import { describe, expect, test } from 'vitest';
import type { Arena } from '#src/wasm/arena.js';
import { STATUS } from '#src/wasm/kernels.js';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { plainStrings } from '../oracle/plain/strings.js';
import { place } from './memory.js';
import { drive, type Outcome } from './scan-driver.js';
import { mutateStrings, randomStringList } from './string-lists.js';

const SPARE = 64;

interface Scan extends Outcome {
  /** Escaped bytes of the strings read to their end, as latin1. */
  readonly strings: string[];
  /** Bytes of a string that the end of the bytes has cut. */
  readonly pending: number;
  /** Indexes of the strings marked. */
  readonly marked: number[];
  /** Whether windows ended within the list. */
  readonly isCut: boolean;
}

/** Lengths that are marked, by first byte: sometimes none, sometimes all. */
const LENGTHS = Uint32Array.from({ length: 256 }, (_, byte) =>
  byte % 3 === 0 ? 0 : (byte * 0x9e37_79b1) >>> (byte % 7),
);

function scan(arena: Arena, bytes: Uint8Array, ends: readonly number[] = [], limit = 1024): Scan {
  const strings: string[] = [];
  const out = arena.allocate('u8', bytes.length + SPARE);
  const places = arena.allocate('u32', limit);
  const marks = arena.allocate('u32', limit);
  const lengths = place(arena, LENGTHS);
  const marked: number[] = [];
  // Somewhere in a table of many gigabytes: where strings end wraps around.
  let total = 2 ** 32 - 3;
  let text = '';
  let read = 0;
  let pending = 0;
  const outcome = drive(
    arena,
    bytes,
    ends,
    (from, end, state, before, result) =>
      arena.kernels.scanStrings(
        from,
        end,
        out.offset,
        places.offset,
        lengths,
        marks.offset,
        limit,
        state,
        before,
        total,
        result,
      ),
    (step) => {
      for (const position of arena.view(marks).subarray(0, step.marked)) {
        expect(position).toBeLessThan(step.count);
        marked.push(strings.length + position);
      }
      text += Buffer.from(arena.view(out).slice(0, step.output - out.offset)).toString('latin1');
      for (const end of arena.view(places).subarray(0, step.count)) {
        const length = (end - total) >>> 0;
        strings.push(text.slice(read, read + length));
        read += length;
        total = end;
      }
      if (step.status === STATUS.ok) expect(text.length - read).toBe(step.pending);
      pending = step.pending;
      expect(step.count).toBeLessThanOrEqual(limit);
    },
  );
  return { ...outcome, strings, pending, marked, isCut: ends.length > 0 };
}

/** Every string that `LENGTHS` names is marked, in order; others only where a window's end may have cut them. */
function expectMarks({ strings, marked, isCut }: Scan, label: string): void {
  const named = (text: string) => {
    const mask = text.length > 0 ? LENGTHS[text.charCodeAt(0)] : 0;
    return mask !== 0 && (text.includes('\\') || ((mask >>> Math.min(text.length, 31)) & 1) === 1);
  };
  const expected = [...strings.keys()].filter((index) => named(strings[index]));
  if (isCut) expect(marked, label).toEqual(expect.arrayContaining(expected));
  else expect(marked, label).toEqual(expected);
  expect(marked, label).toEqual([...new Set(marked)].sort((a, b) => a - b));
}

function expectSameAsTwin(bytes: Uint8Array, found: Scan): string {
  const label = JSON.stringify(Buffer.from(bytes).toString('latin1'));
  if (found.closed) {
    const expected = plainStrings(bytes.subarray(0, found.offset));
    expect(expected.ok, label).toBe(true);
    if (expected.ok) {
      const texts = expected.items.map(({ start, end }) => Buffer.from(bytes.subarray(start, end)).toString('latin1'));
      expect(found.strings, label).toEqual(texts);
      expectMarks(found, label);
    }
    return 'OK';
  }
  const expected = plainStrings(bytes);
  if (expected.ok) throw new Error(`found a refusal at ${found.offset}, expected none: ${label}`);
  const problem = found.status === STATUS.badSyntax ? 'SYNTAX' : 'TRUNCATED';
  expect(problem, label).toBe(expected.problem);
  if (problem === 'SYNTAX') expect(found.offset, label).toBe(expected.offset);
  return problem;
}

describe('scanStrings', () => {
  test('reads lists like its twin: bytes as they are, escapes included', async () => {
    const random = createRandom(1);
    let strings = 0;
    for (let round = 0; round < 3_000; round++) {
      const arena = await testArena();
      const bytes = randomStringList(random, random.int(random.pick([1, 5, 40])));
      const found = scan(arena, bytes);
      expect(expectSameAsTwin(bytes, found)).toBe('OK');
      expect(found.offset).toBe(bytes.length);
      strings += found.strings.length;
    }
    expect(strings).toBeGreaterThan(10_000);
  });

  test('refuses what its twin refuses, at the same byte', async () => {
    const random = createRandom(2);
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < 20_000; round++) {
      const arena = await testArena();
      const bytes = mutateStrings(random, randomStringList(random, random.int(8)));
      const outcome = expectSameAsTwin(bytes, scan(arena, bytes));
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    expect(Object.keys(outcomes).sort()).toEqual(['OK', 'SYNTAX', 'TRUNCATED']);
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(200);
  });

  test('does not mind where windows end or how many strings it may write', async () => {
    const random = createRandom(3);
    let splits = 0;
    for (let round = 0; round < 60; round++) {
      const arena = await testArena();
      const text = randomStringList(random, 1 + random.int(10));
      const bytes = round % 3 === 0 ? mutateStrings(random, text) : text;
      const whole = scan(arena, bytes);
      for (let end = 1; end < bytes.length; end++) {
        const limit = 1 + random.int(12);
        const { strings, offset, status, closed } = scan(arena, bytes, [end], limit);
        expect({ strings, offset, status, closed }, `split at ${end}, limit ${limit}`).toEqual({
          strings: whole.strings,
          offset: whole.offset,
          status: whole.status,
          closed: whole.closed,
        });
        splits++;
      }
      const everyByte = Array.from(bytes, (_, at) => at).slice(2);
      expect(scan(arena, bytes, everyByte).strings).toEqual(whole.strings);
    }
    expect(splits).toBeGreaterThan(5_000);
  });

  test('keeps an escape whole when a window ends inside it', async () => {
    const arena = await testArena();
    const bytes = Buffer.from('["ab\\u12');
    expect(scan(arena, bytes)).toMatchObject({ closed: false, offset: 4, pending: 2, strings: [] });
  });
});
