import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { decode, encode } from '@msgpack/msgpack';
import { analyze, openSnapshot, SnapshotError } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { CacheFile } from '#src/cache/cache-file.js';
import { dataStart, encodePreamble, PREFIX_BYTES } from '#src/cache/format.js';
import { CacheSession } from '#src/cache/session.js';
import { loadReport } from '#src/cache/stored-report.js';
import { corpusFile, scratchFolder, writeSnapshot } from '../api/snapshot-files.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { answersOf, cachedAnswers, opened } from '../cache/stored.js';

const FLIPS = 10_000;

const folder = scratchFolder();
const file = writeSnapshot(folder, 'app', randomGraph(7, 12));
const cache = `${file}.heapidx`;
const { answers } = await opened(file, true);
const sound = readFileSync(cache);

/** What a cache of these bytes answers; undefined where it is refused, when it is opened or when it is read. */
async function answersWith(bytes: Uint8Array): Promise<string | undefined> {
  writeFileSync(cache, bytes);
  try {
    return await cachedAnswers(file);
  } catch (error) {
    expect(error).toMatchObject({ code: 'CACHE_BROKEN' });
    return undefined;
  }
}

/** The same cache with another header, whose checksums are right. */
function withHeader(change: (header: Record<string, unknown>) => void): Uint8Array {
  const length = sound.readUInt32LE(12);
  const header = decode(sound.subarray(PREFIX_BYTES, PREFIX_BYTES + length)) as Record<string, unknown>;
  change(header);
  const bytes = encode(header);
  const changed = Buffer.concat([
    encodePreamble(bytes),
    sound.subarray(64, PREFIX_BYTES),
    bytes,
    Buffer.alloc(dataStart(bytes.length) - PREFIX_BYTES - bytes.length),
    sound.subarray(dataStart(length)),
  ]);
  return changed;
}

describe('promise 23: a damaged cache', () => {
  test('is one that is believed as long as nothing is wrong with it', async () => {
    expect(await answersWith(sound)).toBe(answers);
    expect(await answersWith(withHeader(() => {}))).toBe(answers);
  });

  test(`${FLIPS} flipped bits are detected or change no answer`, async () => {
    const random = createRandom(23);
    let detected = 0;
    for (let flip = 0; flip < FLIPS; flip++) {
      const bytes = Buffer.from(sound);
      const at = random.int(bytes.length);
      bytes[at] ^= 1 << random.int(8);
      const found = await answersWith(bytes);
      if (found === undefined) detected++;
      else if (found !== answers) expect.fail(`byte ${at} changes the answers`);
    }
    // The rest hit padding, or the state in which the input was last seen.
    expect(detected).toBeGreaterThan(FLIPS / 3);
  });

  test('a report with any one flipped bit is detected or says the same', async () => {
    await analyze(file, { cache: true });
    const report = `${file}.report.heapidx`;
    const whole = readFileSync(report);
    rmSync(cache, { force: true });
    const find = async () => (await new CacheSession(true).find('report', [file], loadReport)).value;
    const expected = await find();
    expect(expected?.findings.nodeCount).toBeGreaterThan(1);
    expect(expected?.evidence?.isTold).toBe(true);
    let detected = 0;
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole);
      bytes[at] ^= 1 << (at % 8);
      writeFileSync(report, bytes);
      const found = await find();
      if (found === undefined) detected++;
      else expect(found).toEqual(expected);
    }
    expect(detected).toBeGreaterThan(whole.length / 2);
  });

  test('a cut or lengthened one is refused at once', async () => {
    const lengths = Array.from({ length: 500 }, (_, part) => Math.floor((sound.length * part) / 500));
    for (const length of [...lengths, sound.length - 1]) {
      writeFileSync(cache, sound.subarray(0, length));
      expect(CacheFile.open(cache)).toBeUndefined();
    }
    writeFileSync(cache, Buffer.concat([sound, Buffer.alloc(1)]));
    expect(CacheFile.open(cache)).toBeUndefined();
  });

  test('found while it is in use, it is named, removed, and the next opening analyses afresh', async () => {
    const bytes = Buffer.from(sound);
    const length = sound.readUInt32LE(12);
    // All columns but no document: it opens, and fails when it is asked.
    const { columns } = decode(sound.subarray(PREFIX_BYTES, PREFIX_BYTES + length)) as {
      columns: { name: string; offset: number }[];
    };
    const distance = columns.find(({ name }) => name === 'distance');
    bytes[dataStart(length) + (distance?.offset ?? 0)] ^= 1;
    writeFileSync(cache, bytes);
    const snapshot = await openSnapshot(file, { cache: true });
    expect(snapshot.nodeName(0)).toBeDefined();
    expect(() => snapshot.columns.distance).toThrow(SnapshotError);
    expect(() => snapshot.columns.distance).toThrow(/^found .* in the cache .*app\.heapsnapshot\.heapidx, expected/);
    snapshot.close();
    expect(await opened(file, true)).toEqual({ answers, fromCache: false });
    expect(await opened(file, true)).toEqual({ answers, fromCache: true });
  });
});

describe('promise 23: a foreign cache', () => {
  test.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array(0)],
    ['a snapshot', () => readFileSync(file)],
    ['zeros', () => new Uint8Array(sound.length)],
    ['another engine', () => withHeader((header) => Object.assign(header, { engine: '0.0.0' }))],
    ['another byte order', () => withHeader((header) => Object.assign(header, { byteOrder: 'BE' }))],
    ['another kind', () => withHeader((header) => Object.assign(header, { kind: 'report' }))],
    ['no source', () => withHeader((header) => Object.assign(header, { sources: [] }))],
    [
      'another format',
      () => {
        const bytes = Buffer.from(sound);
        bytes.writeUInt32LE(bytes.readUInt32LE(8) + 1, 8);
        bytes.writeUInt32LE(crc32(bytes.subarray(0, 20)), 20);
        return bytes;
      },
    ],
    [
      'columns behind its end',
      () => withHeader((header) => Object.assign((header.columns as object[])[0], { length: 2 ** 40 })),
    ],
  ])('%s is ignored and replaced', async (_, bytes) => {
    expect(await answersWith(bytes())).toBeUndefined();
    expect(await opened(file, true)).toEqual({ answers, fromCache: false });
    expect(await opened(file, true)).toEqual({ answers, fromCache: true });
  });

  test('one of other bytes is ignored and replaced, whatever its name', async () => {
    const other = writeSnapshot(folder, 'other', randomGraph(8, 40));
    const { answers: expected } = await opened(other, true);
    writeFileSync(`${other}.heapidx`, sound);
    expect(await opened(other, true)).toEqual({ answers: expected, fromCache: false });
  });

  test.skipIf(process.platform === 'win32')('links, pipes and folders are not opened', async () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, sound);
    const make: Record<string, () => void> = {
      link: () => symlinkSync(elsewhere, cache),
      pipe: () => execFileSync('mkfifo', [cache]),
      folder: () => mkdirSync(cache),
    };
    for (const [name, put] of Object.entries(make)) {
      rmSync(cache, { recursive: true, force: true });
      put();
      expect(CacheFile.open(cache), name).toBeUndefined();
    }
    // No file takes the place of a folder: the answers are the same, and there is a note.
    const notes: string[] = [];
    const snapshot = await openSnapshot(file, { cache: true, onNote: (note) => notes.push(note) });
    expect(answersOf(snapshot)).toBe(answers);
    expect(notes).toHaveLength(1);
    rmSync(cache, { recursive: true });
  });
});

test('a snapshot reads on from a cache after it was closed or its cache replaced, and says so where it cannot', async () => {
  const real = corpusFile('node20');
  const caches = join(folder, 'caches');
  const options = { cache: caches };
  const fresh = await openSnapshot(real, options);
  const expected = fresh.columns.retainedSize.slice();
  const cached = await openSnapshot(real, options);
  const { columns } = cached;
  const edges = cached.edges(0);
  cached.close();
  expect(() => cached.columns).toThrow(/closed/);
  expect([...edges]).toEqual([...fresh.edges(0)]);
  expect(columns.retainedSize).toEqual(expected);
  renameSync(caches, `${caches}-moved`);
  expect(columns.retainedSize).toEqual(expected);
  expect(() => columns.distance).toThrow(/^found that the cache .* is gone, expected/);
  fresh.close();
});
