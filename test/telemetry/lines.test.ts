import { expect, test } from 'vitest';
import { BytesSource } from '#src/read/source.js';
import { LONGEST_LINE, readLines } from '#src/telemetry/lines.js';
import { createRandom } from '../build/random.js';

async function linesOf(text: string, pieces?: readonly number[]): Promise<[number, string | null][]> {
  const found: [number, string | null][] = [];
  await readLines(
    () => new BytesSource(Buffer.from(text, 'latin1'), pieces),
    (line, number) => found.push([number, line]),
    (number) => found.push([number, null]),
  );
  return found;
}

test('lines come whole and numbered, whatever the pieces they are read in', async () => {
  const random = createRandom(2);
  for (let round = 0; round < 100; round++) {
    const lines = Array.from({ length: random.int(20) }, () => 'x'.repeat(random.int(30)));
    const ends = lines.map(() => (random.chance(0.3) ? '\r\n' : '\n'));
    const text = lines.map((line, at) => line + ends[at]).join('');
    const pieces = Array.from({ length: 50 }, () => 1 + random.int(9));
    expect(await linesOf(text, pieces), `round ${round}`).toEqual(lines.map((line, at) => [at + 1, line]));
  }
});

test('the last line needs no end, and an empty file has none', async () => {
  expect(await linesOf('a\nb')).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
  expect(await linesOf('')).toEqual([]);
  expect(await linesOf('\n')).toEqual([[1, '']]);
});

test('a line that is too long is counted and left out, wherever it stands', async () => {
  const long = 'y'.repeat(2 * LONGEST_LINE + 17);
  expect(await linesOf(`a\n${long}\nb\n${long}`)).toEqual([
    [1, 'a'],
    [2, null],
    [3, 'b'],
    [4, null],
  ]);
  expect(await linesOf(`${'z'.repeat(LONGEST_LINE - 1)}\nb`)).toEqual([
    [1, 'z'.repeat(LONGEST_LINE - 1)],
    [2, 'b'],
  ]);
});

test('an abort ends the reading with its reason', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  const reading = readLines(
    () => new BytesSource(Buffer.from('a\n')),
    () => {},
    () => {},
    { signal },
  );
  await expect(reading).rejects.toThrow('enough');
});
