import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { seriesFile } from './run-cli.js';

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8];

it('the demo series fits in 8 MB, with gzip headers that name neither a time nor a system', () => {
  const files = STEPS.map((step) => readFileSync(seriesFile(step)));
  const total = files.reduce((sum, bytes) => sum + bytes.length, 0);
  expect(total).toBeGreaterThan(6_000_000);
  expect(total).toBeLessThanOrEqual(8_000_000);
  for (const bytes of files) expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
});
