import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
// @ts-expect-error: the benchmarks are plain JavaScript
import { writeSnapshot } from '../../bench/generator/snapshot.js';
// @ts-expect-error: see above
import { bandShares, quantile, shareOfLargest } from '../../bench/shares/distributions.js';
// @ts-expect-error: see above
import { measureShares } from '../../bench/shares/measure.js';
import { scratchFolder } from '../promises/scratch-folder.js';

describe('what distributions are summed up to', () => {
  const values = Uint32Array.of(3, 0, 1, 65, 4, 2, 64, 1000, 1, 0);

  test('bands meet without a gap, and the last one is open', () => {
    expect(bandShares(values)).toEqual([
      ['0', 0.2],
      ['1', 0.2],
      ['2', 0.1],
      ['3 to 4', 0.2],
      ['5 to 8', 0],
      ['9 to 16', 0],
      ['17 to 64', 0.1],
      ['65 and more', 0.2],
    ]);
  });

  test('a quantile is a value that is there', () => {
    expect([0, 0.5, 0.8, 0.81, 1].map((share) => quantile(values, share))).toEqual([0, 2, 64, 65, 1000]);
    expect(values[0]).toBe(3);
  });

  test('the largest values count by their sum', () => {
    expect(shareOfLargest(values, 1)).toBeCloseTo(1000 / 1140);
    expect(shareOfLargest(values, 99)).toBe(1);
  });
});

test('shares are measured on a whole snapshot', async () => {
  const file = join(scratchFolder(), 'generated.heapsnapshot');
  writeSnapshot(file, { nodeCount: 20_000, edgeCount: 80_000, seed: 1 });
  const shares: Map<string, string> = await measureShares(file);
  expect(shares.get('nodes')).toBe('20000');
  expect(shares.get('edges a node')).toBe('4.00');
  for (const prefix of ['nodes: ', 'edges: ', 'out-degree ', 'in-degree ']) {
    const percents = [...shares].filter(([name]) => name.startsWith(prefix)).map(([, text]) => Number.parseFloat(text));
    const sum = percents.reduce((total, percent) => total + percent, 0);
    expect(sum, prefix).toBeGreaterThan(97);
    expect(sum, prefix).toBeLessThan(100.5);
  }
  const depth = (share: string) => Number(shares.get(`dominator depth, ${share}`));
  expect(depth('50 %')).toBeGreaterThan(0);
  expect(depth('99 %')).toBeGreaterThan(depth('50 %'));
  expect(depth('largest')).toBeGreaterThanOrEqual(depth('99 %'));
});
