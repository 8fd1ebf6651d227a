import { describe, expect, test } from 'vitest';
import type { Arena } from '#src/wasm/arena.js';
import { SLOT, STATUS } from '#src/wasm/kernels.js';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { plainNumbers } from '../oracle/plain/numbers.js';
import { mutate, randomNumberList } from './number-lists.js';
import { drive, type Outcome } from './scan-driver.js';

const PROBLEMS = new Map<number, string>([
  [STATUS.badSyntax, 'SYNTAX'],
  [STATUS.badNumber, 'NUMBER'],
]);

interface Scan extends Outcome {
  readonly numbers: number[];
}

function scan(arena: Arena, bytes: Uint8Array, signed: boolean, ends: readonly number[] = [], limit = 4096): Scan {
  const numbers: number[] = [];
  const out = arena.allocate('f64', limit);
  const outcome = drive(
    arena,
    bytes,
    ends,
    (from, end, state, _, result) =>
      arena.kernels.scanNumbers(from, end, out.offset, limit, state, Number(signed), result),
    ({ count }) => {
      expect(count).toBeLessThanOrEqual(limit);
      for (const value of new BigInt64Array(arena.memory.buffer, out.offset, count)) numbers.push(Number(value));
    },
  );
  return { ...outcome, numbers };
}

const encode = (text: string) => Buffer.from(text, 'latin1');
/** JSON has a -0, which is 0. */
const withoutMinusZero = (numbers: readonly number[]) => numbers.map((value) => value + 0);

/** Whether what stands from `start` on is one number-like text that reaches `end`. */
function isOneToken(bytes: Uint8Array, start: number, end: number): boolean {
  return /^[-+.0-9eE]*$/.test(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
}

function expectSameAsTwin(bytes: Uint8Array, signed: boolean, found: Scan): string {
  const label = JSON.stringify(Buffer.from(bytes).toString('latin1'));
  if (found.closed) {
    const expected = plainNumbers(bytes.subarray(0, found.offset), signed);
    expect(expected.ok, label).toBe(true);
    if (expected.ok) expect(found.numbers, label).toEqual(withoutMinusZero(expected.items));
    return 'OK';
  }
  const expected = plainNumbers(bytes, signed);
  if (expected.ok) throw new Error(`found a refusal at ${found.offset}, expected none: ${label}`);
  const problem = PROBLEMS.get(found.status) ?? 'TRUNCATED';
  if (problem === expected.problem) {
    // A number cut by the end of the file waits for its rest at its first byte.
    if (problem === 'TRUNCATED') expect(isOneToken(bytes, found.offset, bytes.length), label).toBe(true);
    else expect(found.offset, label).toBe(expected.offset);
    return problem;
  }
  // The kernel refuses a sign, fraction, exponent or length before it has seen the rest of a number that is wrong anyway.
  expect(problem, label).toBe('NUMBER');
  expect(found.offset, label).toBeLessThanOrEqual(expected.offset);
  expect(isOneToken(bytes, found.offset, expected.offset), label).toBe(true);
  return problem;
}

describe('scanNumbers', () => {
  test('reads lists of every style like its twin', async () => {
    const random = createRandom(1);
    let numbers = 0;
    for (let round = 0; round < 3_000; round++) {
      const arena = await testArena();
      const signed = random.chance(0.3);
      const bytes = encode(randomNumberList(random, random.int(random.pick([1, 5, 60, 300])), signed));
      const found = scan(arena, bytes, signed);
      expect(expectSameAsTwin(bytes, signed, found)).toBe('OK');
      expect(found.offset).toBe(bytes.length);
      numbers += found.numbers.length;
    }
    expect(numbers).toBeGreaterThan(100_000);
  });

  test('refuses what its twin refuses, at the same byte', async () => {
    const random = createRandom(2);
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < 30_000; round++) {
      const arena = await testArena();
      const signed = random.chance(0.3);
      const bytes = mutate(random, encode(randomNumberList(random, random.int(random.pick([3, 10, 40])), signed)));
      const outcome = expectSameAsTwin(bytes, signed, scan(arena, bytes, signed));
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    expect(Object.keys(outcomes).sort()).toEqual(['NUMBER', 'OK', 'SYNTAX', 'TRUNCATED']);
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(200);
  });

  test('does not mind where windows end or how many numbers it may write', async () => {
    const random = createRandom(3);
    let splits = 0;
    for (let round = 0; round < 60; round++) {
      const arena = await testArena();
      const signed = round % 2 === 0;
      const text = encode(randomNumberList(random, 1 + random.int(60), signed));
      const bytes = round % 3 === 0 ? mutate(random, text) : text;
      const whole = scan(arena, bytes, signed);
      for (let end = 1; end < bytes.length; end++) {
        const limit = 1 + random.int(100);
        expect(scan(arena, bytes, signed, [end], limit), `split at ${end}, limit ${limit}`).toEqual(whole);
        splits++;
      }
      const everyByte = Array.from(bytes, (_, at) => at).slice(2);
      expect(scan(arena, bytes, signed, everyByte)).toEqual(whole);
    }
    expect(splits).toBeGreaterThan(5_000);
  });
});

describe('scanNumbers leaves a number that touches the end of a window', () => {
  test.each(['12', '-7', '-', '0', '9007199254740991'])('%s', async (number) => {
    const arena = await testArena();
    const found = scan(arena, encode(`[5,${number}`), true);
    expect(found).toEqual({ status: STATUS.ok, closed: false, offset: 3, numbers: [5] });
  });
});

describe('scanNumbers at the edge of exact numbers', () => {
  test.each([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['-0', 0],
    ['0', 0],
    ['999999999999999', 999999999999999],
    ['1000000000000000', 1000000000000000],
  ])('takes %s', async (text, value) => {
    expect(scan(await testArena(), encode(`[${text}]`), true).numbers).toEqual([value]);
  });

  test.each([
    '9007199254740992',
    '10000000000000000',
    '18446744073709551616',
    '99999999999999999999',
    `1${'0'.repeat(70)}`,
  ])('refuses %s at its first digit', async (text) => {
    for (const before of ['', '1,', `${'123,'.repeat(30)}`]) {
      const found = scan(await testArena(), encode(`[${before}${text},${'55,'.repeat(40)}1]`), false);
      expect(found).toMatchObject({ status: STATUS.badNumber, offset: 1 + before.length });
    }
  });
});

describe('skipCommas', () => {
  test('stops behind a comma, at a byte that no list of numbers has, or at the end', async () => {
    const random = createRandom(9);
    const stops = { limit: 0, byte: 0, end: 0 };
    for (let round = 0; round < 4_000; round++) {
      const arena = await testArena();
      // The list without its brackets, now and then with a byte that ends it early.
      const list = encode(randomNumberList(random, random.int(random.pick([3, 200, 2000])), true)).subarray(1);
      const bytes = random.chance(0.3) ? list.subarray(0, -1) : list;
      const limit = random.chance(0.5) ? 2 ** 32 - 1 : 1 + random.int(random.pick([40, 4000]));
      const region = arena.allocate('u8', bytes.length + 64);
      arena.view(region).set(bytes);
      const result = arena.allocate('u32', 16);
      const { offset } = region;
      arena.kernels.skipCommas(offset, offset + bytes.length, limit, result.offset);
      let at = 0;
      let commas = 0;
      for (; at < bytes.length && commas < limit; at++) {
        const character = String.fromCharCode(bytes[at]);
        if (!/[-0-9,\s]/.test(character)) break;
        if (character === ',') commas++;
      }
      const slots = arena.view(result);
      expect([slots[SLOT.position] - offset, slots[SLOT.count]]).toEqual([at, commas]);
      stops[commas === limit ? 'limit' : at < bytes.length ? 'byte' : 'end']++;
    }
    expect(Math.min(...Object.values(stops))).toBeGreaterThan(200);
  });
});
