import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from 'heapsleuth';
import { expect, test } from 'vitest';
import { keepWithin } from '#src/cache/folder-bound.js';
import { writeSnapshot } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

const BYTES = 1000;

/** A cache of 1000 bytes, used so many seconds ago. */
function cache(folder: string, digit: string, ago: number, suffix = ''): string {
  const name = `${digit.repeat(32)}${suffix}.heapidx`;
  const path = writeIn(folder, name, Buffer.alloc(BYTES));
  const time = Date.now() / 1000 - ago;
  utimesSync(path, time, time);
  return name;
}

test('a folder of caches keeps those used last, as far as there is room', async () => {
  const folder = scratchFolder();
  const names = [
    cache(folder, 'a', 5),
    cache(folder, 'b', 1, '.report'),
    cache(folder, 'c', 9),
    cache(folder, 'd', 3, '.diff'),
  ];
  await keepWithin(folder, 4 * BYTES);
  expect(readdirSync(folder).sort()).toEqual(names.toSorted());
  await keepWithin(folder, 2 * BYTES + 1);
  expect(readdirSync(folder).sort()).toEqual([names[1], names[3]]);
  await keepWithin(folder, 1);
  expect(readdirSync(folder)).toEqual([names[1]]);
});

test('a folder of caches loses nothing else', async () => {
  const folder = scratchFolder();
  const others = [
    'app.heapsnapshot',
    'app.heapsnapshot.heapidx',
    'notes.txt',
    `${'a'.repeat(31)}.heapidx`,
    `${'g'.repeat(32)}.heapidx`,
  ];
  for (const name of others) writeIn(folder, name, Buffer.alloc(BYTES));
  await keepWithin(folder, 0);
  expect(readdirSync(folder).sort()).toEqual(others.toSorted());
  await keepWithin(join(folder, 'absent'), 0);
});

test('a cache that is used counts as used now', async () => {
  const folder = scratchFolder();
  const caches = join(folder, 'caches');
  const file = writeSnapshot(folder, 'app', randomGraph(1, 40));
  await analyze(file, { cache: caches });
  const [used] = readdirSync(caches);
  utimesSync(join(caches, used), 1, 1);
  cache(caches, 'a', 1000);
  await analyze(file, { cache: caches });
  await keepWithin(caches, 1);
  expect(readdirSync(caches)).toEqual([used]);
});
