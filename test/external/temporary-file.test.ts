import { readdirSync, readSync, writeSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SnapshotErrorCode } from '#src/base/errors.js';
import { EdgeWindow } from '#src/read/edge-window.js';
import { readSnapshot } from '#src/read/reader.js';
import { BytesSource } from '#src/read/source.js';
import { checkDiskSpace, type FileCalls, TemporaryFile } from '#src/read/temporary-file.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { testArena } from '../engine/engine.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const folder = scratchFolder();
const REAL: FileCalls = { write: writeSync, read: readSync };

const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

const error = (code: SnapshotErrorCode) => expect.objectContaining({ name: 'SnapshotError', code });

describe('a temporary file', () => {
  test('has no name, and gives back what was written anywhere in it', () => {
    const file = new TemporaryFile(folder);
    expect(readdirSync(folder)).toEqual([]);
    const random = createRandom(1);
    const bytes = Uint8Array.from({ length: 10_000 }, () => random.int(256));
    for (let at = 9000; at >= 0; at -= 1000) file.write(bytes.subarray(at, at + 1000), at);
    const found = new Uint8Array(5000);
    file.read(found, 2500);
    expect(found).toEqual(bytes.subarray(2500, 7500));
    expect(file.size).toBe(10_000);
    file.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is written and read whole where the system takes and gives it in pieces', () => {
    const few = (length: number) => Math.min(length, 7);
    const calls: FileCalls = {
      write: (descriptor, bytes, offset, length, position) =>
        writeSync(descriptor, bytes, offset, few(length), position),
      read: ((descriptor: number, into: Uint8Array, offset: number, length: number, position: number) =>
        readSync(descriptor, into, offset, few(length), position)) as typeof readSync,
    };
    const file = new TemporaryFile(folder, calls);
    const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
    file.write(bytes, 0);
    const found = new Uint8Array(1000);
    file.read(found, 0);
    expect(found).toEqual(bytes);
    file.close();
  });

  test.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EIO', 'TEMPORARY'],
  ] as const)('that cannot be written says why: %s is %s', (system, code) => {
    const file = new TemporaryFile(folder, { ...REAL, write: failing(system) });
    expect(() => file.write(new Uint8Array(10), 0)).toThrow(error(code));
    file.close();
  });

  test('that ends too soon, or cannot be made, is an error', () => {
    const file = new TemporaryFile(folder);
    expect(() => file.read(new Uint8Array(1), 0)).toThrow(error('TEMPORARY'));
    file.close();
    expect(() => new TemporaryFile(`${folder}/absent`)).toThrow(error('TEMPORARY'));
  });

  test('is refused beforehand where the disk has no room for it', () => {
    expect(() => checkDiskSpace(folder, 2 ** 30, 2 ** 20)).toThrow(
      /found 1 MiB of free disk space for temporary files, expected 1,024 MiB/,
    );
    expect(() => checkDiskSpace(folder, 2 ** 20, 2 ** 20)).not.toThrow();
    expect(() => checkDiskSpace(folder, 1)).not.toThrow();
  });
});

test('promise 22: whichever write fails, reading ends with that error', async () => {
  const bytes = toJson(randomGraph(3, 60));
  let writes = 0;
  for (let k = 0; ; k++) {
    writes = 0;
    const write: FileCalls['write'] = (...given) => (writes++ === k ? failing('ENOSPC')() : writeSync(...given));
    const make = () => new TemporaryFile(folder, { ...REAL, write });
    const files = { type: make(), name: make(), to: make() };
    const arena = await testArena();
    const reading = readSnapshot(() => new BytesSource(bytes), arena, {
      planEdges: () => new EdgeWindow(arena, 0, files),
    });
    const failed = await reading.then(
      () => false,
      (thrown) => thrown.code === 'DISK_FULL',
    );
    for (const file of Object.values(files)) file.close();
    if (!failed) break;
  }
  expect(writes).toBe(3);
});
