import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Analysis, analyze } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { analysisJson } from '#src/report/json.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { run } from '../cli/run-cli.js';
import { scratchFolder, writeIn } from './scratch-folder.js';

const FILES = 100;
const name = (at: number) => `app-${at}.heapsnapshot`;
const snapshot = (at: number) => toJson(randomGraph(at % 9, 30));
const GOOD = Buffer.from(snapshot(5)).toString('utf8');

const POISON = new Map<number, [code: string, content: Uint8Array | string]>([
  [8, ['TRUNCATED', GOOD.slice(0, GOOD.length / 2)]],
  [51, ['COUNT_MISMATCH', GOOD.replace(/"node_count":\d+/, '"node_count":1')]],
  [100, ['COMPRESSION', Buffer.from('1f8b0800000000000003ffff', 'hex')]],
]);

function content(at: number): Uint8Array | string {
  return POISON.get(at)?.[1] ?? snapshot(at);
}

test('promise 20: 100 files, 3 of them poisoned, the last among them: 97 results, 3 named errors, exit 3', async () => {
  const folder = scratchFolder();
  for (let at = 1; at <= FILES; at++) writeIn(folder, name(at), content(at));
  const { code, stdout, stderr } = await run(['batch', folder, '--json']);
  expect(code).toBe(3);
  const { snapshots, growth } = JSON.parse(stdout) as Analysis;
  expect(snapshots.map(({ file }) => basename(file))).toEqual(Array.from({ length: FILES }, (_, at) => name(at + 1)));
  expect(snapshots.filter(({ ok }) => ok).length).toBe(97);
  expect(growth?.snapshots.length).toBe(97);
  const failures = snapshots.flatMap((outcome) => (outcome.ok ? [] : [[outcome.file, outcome.error.code]]));
  expect(failures).toEqual([...POISON].map(([at, [code]]) => [join(folder, name(at)), code]));
  const notes = stderr.trim().split('\n');
  expect(notes.map((line) => /app-(\d+)\.heapsnapshot: ([A-Z_]+): /.exec(line)?.slice(1))).toEqual(
    [...POISON].map(([at, [code]]) => [String(at), code]),
  );
});

describe('promise 25: the same bytes', () => {
  const COUNT = 12;
  const folder = join(scratchFolder(), 'series');

  /** The files come into the folder in this order, which is the one that many file systems list them in. */
  function fill(order: readonly number[]): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const at of order) writeIn(folder, name(at), at === 5 ? GOOD.slice(0, 500) : snapshot(at));
  }

  test('for 1, 2 and 8 workers, in threads and in processes', async () => {
    fill(Array.from({ length: COUNT }, (_, at) => at));
    const files = Array.from({ length: COUNT }, (_, at) => join(folder, name(at)));
    const results: string[] = [];
    for (const isolation of ['thread', 'process'] as const) {
      for (const concurrency of [1, 2, 8]) results.push(analysisJson(await analyze(files, { isolation, concurrency })));
    }
    for (const workers of ['1', '2', '8']) {
      const { code, stdout } = await run(['batch', folder, '--concurrency', workers, '--json']);
      expect(code).toBe(3);
      results.push(stdout);
    }
    expect(JSON.parse(results[0]).snapshots.filter(({ ok }: { ok: boolean }) => ok).length).toBe(COUNT - 1);
    expect(new Set(results).size).toBe(1);
  });

  test('for any order in which files come into the folder', async () => {
    const random = createRandom(25);
    const outputs: string[] = [];
    for (let round = 0; round < 4; round++) {
      const order = Array.from({ length: COUNT }, (_, at) => at);
      fill(round === 0 ? order : random.shuffle(order));
      outputs.push((await run(['batch', folder])).stdout);
    }
    expect(outputs[0]).toContain('app-11.heapsnapshot');
    expect(new Set(outputs).size).toBe(1);
  });

  test('for a file, whatever stands before and behind it', async () => {
    fill(Array.from({ length: COUNT }, (_, at) => at));
    const files = createRandom(26).shuffle(Array.from({ length: COUNT }, (_, at) => join(folder, name(at))));
    const { snapshots } = await analyze(files, { isolation: 'process' });
    expect(snapshots.length).toBe(COUNT);
    for (const [at, file] of files.entries()) expect((await analyze(file)).snapshots).toEqual([snapshots[at]]);
  });

  test('for a copy of a folder, but for its name', async () => {
    fill([3, 1, 2]);
    const copy = `${folder}-copy`;
    mkdirSync(copy);
    for (const at of [2, 1, 3]) copyFileSync(join(folder, name(at)), join(copy, name(at)));
    const [one, other] = [await run(['batch', folder, '--json']), await run(['batch', copy, '--json'])];
    expect(one.code).toBe(0);
    expect(other.stdout.replaceAll(copy, folder)).toBe(one.stdout);
  });
});
