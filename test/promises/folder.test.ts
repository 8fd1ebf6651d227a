import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { analyze, diffSnapshots, listSnapshots, openSnapshot, SnapshotError } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { scratchFolder, writeIn } from './scratch-folder.js';

const SNAPSHOT = toJson(randomGraph(1));
const HANGING = 20_000;

/** A folder with a snapshot and everything that only looks like one. */
function trapFolder(): { folder: string; real: string; traps: Record<string, string> } {
  const folder = scratchFolder();
  const outside = writeIn(scratchFolder(), 'elsewhere.heapsnapshot', SNAPSHOT);
  const real = writeIn(folder, 'real.heapsnapshot', SNAPSHOT);
  const traps = Object.fromEntries(
    ['link', 'loop', 'device', 'fifo', 'folder'].map((name) => [name, join(folder, `${name}.heapsnapshot`)]),
  );
  symlinkSync(outside, traps.link);
  symlinkSync(traps.loop, traps.loop);
  symlinkSync('/dev/zero', traps.device);
  symlinkSync(outside, join(folder, 'relative-2.heapsnapshot.gz'));
  execFileSync('mkfifo', [traps.fifo]);
  mkdirSync(traps.folder);
  writeIn(traps.folder, 'inner.heapsnapshot', SNAPSHOT);
  return { folder, real, traps };
}

describe.skipIf(process.platform === 'win32')('promise 16: only regular files are read', () => {
  const { folder, real, traps } = trapFolder();

  test('listing passes over links, pipes, devices and folders, whatever their names', async () => {
    expect(await listSnapshots(folder)).toEqual([real]);
  });

  const refused: Record<string, string> = {
    ...traps,
    zero: '/dev/zero',
    null: '/dev/null',
    missing: join(folder, 'none'),
  };
  const direct = ['loop', 'device', 'fifo', 'folder', 'zero', 'null', 'missing'] as const;

  test.each(direct)('opening directly: %s is refused at once', { timeout: HANGING }, async (name) => {
    const file = refused[name];
    const refusal = await openSnapshot(file).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(SnapshotError);
    expect(refusal).toMatchObject({ code: 'UNREADABLE', file });
    expect((refusal as Error).message).toMatch(/^found .*, expected /);
    const { snapshots, growth } = await analyze([file, real, file]);
    expect(snapshots.map(({ ok }) => ok)).toEqual([false, true, false]);
    expect(snapshots[0]).toMatchObject({ file, error: { code: 'UNREADABLE' } });
    expect(growth).toBeUndefined();
  });

  test('a difference names the file that is none', { timeout: HANGING }, async () => {
    await expect(diffSnapshots(traps.fifo, real)).rejects.toMatchObject({ code: 'UNREADABLE', file: traps.fifo });
    await expect(diffSnapshots(real, traps.folder)).rejects.toMatchObject({ code: 'UNREADABLE', file: traps.folder });
  });

  test('a folder that cannot be listed is refused', async () => {
    await expect(listSnapshots(real)).rejects.toMatchObject({ code: 'UNREADABLE' });
    await expect(listSnapshots(join(folder, 'none'))).rejects.toBeInstanceOf(SnapshotError);
  });
});

describe('promise 16: the series is in natural order', () => {
  test('numbers count as numbers, and only snapshots are listed', async () => {
    const folder = scratchFolder();
    const expected = [
      ...['1.heapsnapshot', '02.heapsnapshot', '3.heaptimeline', '10.heapsnapshot.gz', '11.HEAPSNAPSHOT'],
      ...['B-1.heapsnapshot', 'a-1-9.heapsnapshot', 'a-1-10.heapsnapshot', 'a-2.heapsnapshot', 'a-10.heapsnapshot.zst'],
      ...['a-99999999999999999999.heapsnapshot', 'a-100000000000000000000.heapsnapshot', 'b.heapsnapshot'],
    ];
    const others = ['4.json', 'heapsnapshot', '5.heapsnapshot.bak', '6.heapsnapshot.xz', 'a.heapsnapshot~', '.gz'];
    for (const name of createRandom(1).shuffle([...expected, ...others])) writeIn(folder, name, '');
    expect((await listSnapshots(folder)).map((file) => basename(file))).toEqual(expected);
  });

  test('an empty folder has none', async () => {
    expect(await listSnapshots(scratchFolder())).toEqual([]);
  });
});
