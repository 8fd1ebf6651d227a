import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { analyzeCommand } from '#src/cli/analyze.js';
import { batchCommand } from '#src/cli/batch.js';
import type { Execution } from '#src/cli/execution.js';
import { mergeCommand } from '#src/cli/merge.js';
import { scanCommand } from '#src/cli/scan.js';
import type { ReportInput } from '#src/report/reporter.js';
import { REPORTER_NEEDS, REPORTERS } from '#src/report/reporters.js';
import { createScreen } from '#src/report/screen.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

const root = scratchFolder();
const NEEDY = 'needy';
const registry = REPORTERS as Record<string, (typeof REPORTERS)[string]>;
const needs = REPORTER_NEEDS as Record<string, (typeof REPORTER_NEEDS)[string]>;

/** What a reporter was given that needs all there is. */
let given: ReportInput | undefined;
registry[NEEDY] = async () => ({
  reporter: {
    render: (input) => {
      given = input;
      return '';
    },
  },
});
needs[NEEDY] = { picture: true, charts: true };

afterEach(() => {
  given = undefined;
});

const EXECUTION: Execution = {
  screen: createScreen(80, false),
  talkScreen: createScreen(80, false),
  engine: { signal: new AbortController().signal, onProgress: () => {}, onNote: () => {} },
  clearProgress: () => {},
  onEstimate: () => {},
};
const OPTIONS = { progress: 'never', mode: 'auto', suspects: true } as const;

function folderWith(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const at of [1, 2]) writeIn(folder, `s-${at}.heapsnapshot`, toJson(randomGraph(at, 60)));
  return folder;
}

/** Which of the snapshots have a picture. */
function pictured(): boolean[] {
  return (given?.analysis?.snapshots ?? []).map((outcome) => 'picture' in outcome);
}

test('a reporter that shows a picture gets one, from a file, a series and a folder', async () => {
  const folder = folderWith('pictures');
  const [first, second] = [join(folder, 's-1.heapsnapshot'), join(folder, 's-2.heapsnapshot')];
  await analyzeCommand([first], { ...OPTIONS, reporter: [NEEDY] }, EXECUTION);
  expect(pictured()).toEqual([true]);
  await analyzeCommand(
    [first, second],
    { ...OPTIONS, reporter: ['csv', NEEDY], outputFile: [`csv=${join(root, 'a.csv')}`] },
    EXECUTION,
  );
  expect(pictured()).toEqual([false, true]);
  await batchCommand(folder, { ...OPTIONS, reporter: [NEEDY] }, EXECUTION);
  expect(pictured()).toEqual([false, true]);
});

test('of a scan, with charts of its telemetry', async () => {
  const folder = folderWith('scanned');
  const line = (at: number) => JSON.stringify({ ts: 1_795_410_000_000 + at, pid: 7, heapUsed: 2e7 + at, rss: 9e7 });
  writeFileSync(join(folder, 'a.jsonl'), Array.from({ length: 50 }, (_, at) => line(1000 * at)).join('\n'));
  const options = { progress: 'never', failOn: 'never', alerts: join(root, 'alerts') } as const;
  await scanCommand(folder, { ...options, reporter: [NEEDY] }, EXECUTION);
  expect(pictured()).toEqual([false, true]);
  expect(given?.telemetry?.map(({ metric }) => metric)).toEqual(['v8.heap_used', 'v8.rss']);
  expect(given?.leftOut).toBeUndefined();
});

test('that there is no picture is said where one is wanted: with edges in files, and of shards', async () => {
  const folder = folderWith('none');
  const leftOut = [{ what: 'nodes of the dominator tree', shown: 0, of: expect.any(Number) }];
  await batchCommand(folder, { ...OPTIONS, mode: 'external', reporter: [NEEDY] }, EXECUTION);
  expect(pictured()).toEqual([false, false]);
  expect(given?.leftOut).toEqual(leftOut);
  const { output } = await batchCommand(folder, { ...OPTIONS, shard: { index: 1, count: 1 } }, EXECUTION);
  const part = writeIn(root, 'part.json', output);
  given = undefined;
  await mergeCommand([part], { reporter: [NEEDY] }, EXECUTION);
  expect(pictured()).toEqual([false, false]);
  expect(given).toMatchObject({ leftOut });
});

test('without one there is neither, and no work for it', async () => {
  const folder = folderWith('plain');
  registry.plain = registry[NEEDY];
  await batchCommand(folder, { ...OPTIONS, reporter: ['plain'] }, EXECUTION);
  expect(pictured()).toEqual([false, false]);
  await scanCommand(
    folder,
    { progress: 'never', failOn: 'never', alerts: join(root, 'alerts'), reporter: ['plain'] },
    EXECUTION,
  );
  expect(pictured()).toEqual([false, false]);
  expect(given?.telemetry).toBeUndefined();
});
