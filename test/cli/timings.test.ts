import { expect, it } from 'vitest';
import { analyze } from '#src/index.js';
import { TERMINAL_ACTIVE } from '../report/hostile-names.js';
import { run, SERIES, seriesFile } from './run-cli.js';

/** Passes that every analysis runs, on whatever threads. */
const STAGES = [
  'read nodes',
  'read edges',
  'read strings',
  'tags',
  'depth-first search',
  'predecessors',
  'dominators',
  'dominators by node',
  'dominator tree',
  'detachedness',
  'size transfer',
  'distances',
  'classes',
  'statistics',
  'retained sizes',
  'class sums',
];

it('--timings says on stderr how long each stage took, and leaves stdout as it is', async () => {
  const without = await run(['analyze', seriesFile(1), '--json']);
  const { code, stdout, stderr } = await run(['analyze', seriesFile(1), '--json', '--timings']);
  expect(code).toBe(0);
  expect(stdout).toBe(without.stdout);
  expect(stderr).toMatch(/^Time \d+ stages, [\d,.]+ ms in all · .*server-1\.heapsnapshot\.gz\n/);
  for (const stage of STAGES) expect(stderr).toMatch(new RegExp(`^ {2}${stage} +[12] +[\\d,.]+ +[\\d,.]+`, 'm'));
  expect(stderr).toMatch(/^ {2}read nodes .* text +[\d.]+ [kMG]?B\/s$/m);
  expect(stderr).not.toMatch(TERMINAL_ACTIVE);
});

it('has a table for every snapshot of a batch', async () => {
  const { code, stderr } = await run(['batch', SERIES, '--json', '--timings']);
  expect(code).toBe(0);
  expect(stderr.match(/^Time /gm)).toHaveLength(8);
});

it.each(['thread', 'process'] as const)(
  'the library tells where they are asked for, with isolation %s',
  async (isolation) => {
    const files = [seriesFile(1), seriesFile(2)];
    const { snapshots } = await analyze(files, { isolation, timings: true });
    for (const snapshot of snapshots) {
      const { timings = [] } = snapshot.ok ? snapshot : {};
      expect(timings.map(({ stage }) => stage)).toEqual(expect.arrayContaining(STAGES));
      for (const { ms, bytes, thread } of timings) {
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(bytes).toBeGreaterThanOrEqual(0);
        expect([1, 2]).toContain(thread);
      }
      const nodes = timings.find(({ stage }) => stage === 'read nodes');
      expect(nodes?.unit).toBe('text');
      expect(nodes?.bytes).toBeGreaterThan(100_000);
    }
    const [plain] = (await analyze(files, { isolation })).snapshots;
    expect(plain).not.toHaveProperty('timings');
  },
);
