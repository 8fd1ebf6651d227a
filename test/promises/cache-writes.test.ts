import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSnapshot } from 'heapsleuth';
import { beforeEach, describe, expect, test } from 'vitest';
import { CacheFile } from '#src/cache/cache-file.js';
import { probeFile } from '#src/cache/identity.js';
import { temporaryFor } from '#src/cache/place.js';
import {
  CacheNotWritten,
  type CacheTarget,
  type ColumnToStore,
  documentColumn,
  writeCache,
} from '#src/cache/writer.js';
import { scratchFolder, writeSnapshot } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';
import { type Fault, FaultyDisk } from '../cache/faulty-disk.js';

const folder = scratchFolder();
const file = writeSnapshot(folder, 'app', randomGraph(1, 40));
const NEVER = Number.POSITIVE_INFINITY;

/** Several writes: small columns, one without bytes, and one longer than what is written at a time. */
const COLUMNS: ColumnToStore[] = [
  ...Array.from({ length: 6 }, (_, at) => documentColumn(`document ${at}`, { at, text: 'x'.repeat(1000 * at) })),
  { name: 'empty', kind: 'u32', bytes: new Uint8Array(0) },
  { name: 'long', kind: 'u8', bytes: Uint8Array.from({ length: 5_000_000 }, (_, at) => (at * at) >> 7) },
];

const target = () => targetFor(file);

async function targetFor(input: string): Promise<CacheTarget> {
  const path = `${input}.heapidx`;
  const probe = await probeFile(input);
  if (probe === undefined) throw new Error('expected a snapshot');
  return { kind: 'graph', path, temporary: temporaryFor(path), sources: [probe] };
}

/** What is read of the whole cache; undefined where it is not accepted. */
function contentOf(path: string): string | undefined {
  const cache = CacheFile.open(path);
  if (cache === undefined) return undefined;
  try {
    return cache.header.columns
      .map(({ length }, number) => {
        const { blockBytes, read } = cache.blocksOf(number);
        const bytes = Buffer.alloc(length);
        for (let at = 0; at < length; at += blockBytes) read(at / blockBytes, bytes.subarray(at, at + blockBytes));
        return bytes.toString('latin1');
      })
      .join('|');
  } catch {
    return undefined;
  } finally {
    cache.close();
  }
}

const others = () => readdirSync(folder).filter((name) => name.endsWith('.partial'));

describe('promise 22: a disk that fills up or fails', () => {
  const whole = COLUMNS.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('|');
  let operations = 0;

  beforeEach(async () => {
    rmSync(`${file}.heapidx`, { force: true });
    const sound = new FaultyDisk(NEVER, 'fails');
    await writeCache(await target(), COLUMNS, sound);
    operations = sound.operations;
    expect(operations).toBeGreaterThan(12);
    expect(contentOf(`${file}.heapidx`)).toBe(whole);
  });

  test.each<Fault>(['fails', 'fails halfway', 'takes nothing'])(
    'every operation that %s leaves the old cache and no temporary file',
    async (fault) => {
      let failures = 0;
      for (let at = 0; at < operations; at++) {
        const wanted = await target();
        const writing = writeCache(wanted, [documentColumn('new', at), ...COLUMNS], new FaultyDisk(at, fault));
        const failed = await writing.then(
          () => false,
          (error) =>
            error instanceof CacheNotWritten && error.message.startsWith(`cannot write the cache ${wanted.path}`),
        );
        if (failed) failures++;
        // Only what takes nothing can miss its operation: syncing and renaming move no bytes.
        else expect(fault).toBe('takes nothing');
        expect(others()).toEqual([]);
        expect(contentOf(wanted.path)).toBe(failed ? whole : `${at}|${whole}`);
        if (!failed) await writeCache(await target(), COLUMNS);
      }
      expect(failures).toBeGreaterThan(operations / 2);
    },
  );

  test('every write that is cut short is gone on with', async () => {
    for (let at = 0; at < operations; at++) {
      rmSync(`${file}.heapidx`);
      await writeCache(await target(), COLUMNS, new FaultyDisk(at, 'is short'));
      expect(contentOf(`${file}.heapidx`)).toBe(whole);
    }
  });

  test('a file that the system cut or left holes in is never accepted', async () => {
    const path = `${file}.heapidx`;
    const bytes = readFileSync(path);
    let refused = 0;
    for (let part = 0; part < 64; part++) {
      const at = Math.floor((bytes.length * part) / 64);
      writeFileSync(path, bytes.subarray(0, at));
      if (contentOf(path) === undefined) refused++;
      // Blocks of zeros, as after a power cut that a sync would have prevented.
      const holed = Buffer.from(bytes).fill(0, at, at + 65_536);
      writeFileSync(path, holed);
      if (contentOf(path) === undefined) refused++;
    }
    expect(refused).toBe(128);
  });

  test('the analysis is delivered, with a note, where the cache cannot be written', async () => {
    // A file where a folder is wanted: refused for every user, the superuser too.
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    const notes: string[] = [];
    const snapshot = await openSnapshot(file, { cache: blocked, onNote: (note) => notes.push(note) });
    expect(snapshot.nodeCount).toBeGreaterThan(1);
    snapshot.close();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^cannot write the cache .*blocked.*(EEXIST|ENOTDIR)/);
  });

  test('an input that changed meanwhile is not cached', async () => {
    const changing = join(folder, 'changing.heapsnapshot');
    copyFileSync(file, changing);
    const wanted = await targetFor(changing);
    writeFileSync(changing, readFileSync(file));
    await expect(writeCache(wanted, COLUMNS)).rejects.toThrow(`not cached: ${changing} changed while it was analysed`);
    expect(readdirSync(folder).filter((name) => name.startsWith('changing'))).toEqual(['changing.heapsnapshot']);
  });
});
