import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, openSnapshot, type Progress } from 'heapsleuth';
import { beforeAll, describe, expect, test } from 'vitest';
import { analysisOf } from '#src/batch/analysed-file.js';
import { CachedReports } from '#src/batch/cached-reports.js';
import { analyzeShard } from '#src/batch/shard.js';
import { superviseSeries } from '#src/batch/supervisor.js';
import { CacheSession } from '#src/cache/session.js';
import { analysisJson } from '#src/report/json.js';
import { corpusFile, scratchFolder, writeSnapshot, writeWithNode } from '../api/snapshot-files.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';

const ISOLATIONS = ['thread', 'process'] as const;
const TOP = 1000;

const folder = scratchFolder();
let caches = 0;
const newCache = () => join(folder, `caches-${caches++}`);

/** Snapshots with plain objects of several shapes, and what they say without a cache. */
let real: string[];
const plain = Array.from({ length: 5 }, (_, at) => writeSnapshot(folder, `random-${at}`, randomGraph(40 + at, 60)));
const bad = join(folder, 'bad.heapsnapshot');
writeFileSync(bad, '{"snapshot":');

beforeAll(() => {
  real = writeWithNode(folder, 'real', 5);
});

interface Run {
  readonly json: string;
  /** Files that were analysed; the others came from caches. */
  readonly analysed: readonly string[];
}

async function run(
  files: readonly string[],
  isolation: (typeof ISOLATIONS)[number],
  cache?: string,
  suspects?: false,
): Promise<Run> {
  const analysed = new Set<string>();
  const onProgress = ({ file, stage }: Progress) => {
    if (stage === 'read') analysed.add(file);
  };
  const onNote = (note: string) => expect.fail(note);
  const analysis = await analyze(files, { isolation, cache, suspects, top: TOP, onProgress, onNote });
  return { json: analysisJson(analysis), analysed: [...analysed].sort() };
}

async function uncached(files: readonly string[], suspects?: false): Promise<string> {
  return (await run(files, 'thread', undefined, suspects)).json;
}

describe.each(ISOLATIONS)('a series, isolation %s', (isolation) => {
  test('says the same bytes before and after its reports are kept', async () => {
    for (const files of [real, plain, [corpusFile('node18'), ...real.slice(0, 2), corpusFile('node22')]]) {
      const cache = newCache();
      const json = await uncached(files);
      expect(await run(files, isolation, cache)).toEqual({ json, analysed: files.toSorted() });
      expect(await run(files, isolation, cache)).toEqual({ json, analysed: [] });
    }
  });

  test('takes its interfaces from the last readable snapshot, cached or not', async () => {
    const cache = newCache();
    // Each of these series may name plain objects in its own way; each finds reports that others have left.
    const all = [
      real,
      real.slice(0, 3),
      [...real, bad],
      [bad, ...real.slice(1), bad, bad],
      real.toReversed(),
      [bad, bad],
    ];
    for (const files of all) expect((await run(files, isolation, cache)).json).toBe(await uncached(files));
    for (const files of all) expect((await run(files, isolation, cache)).json).toBe(await uncached(files));
  });

  test('analyses only what is new where the interfaces stay the same', async () => {
    const cache = newCache();
    const copies = real.slice(0, 4).map((file, at) => {
      const copy = join(folder, `${isolation}-${at}.heapsnapshot`);
      copyFileSync(file, copy);
      return copy;
    });
    await run([copies[3], copies[0], copies[1]], isolation, cache);
    // The same snapshot decides: what it has been computed under is what is wanted.
    const files = [copies[3], copies[0], copies[2], copies[1]];
    expect(await run(files, isolation, cache)).toEqual({ json: await uncached(files), analysed: [copies[2]] });
  });

  test('is served by reports of its snapshots alone, where all have the same interfaces', async () => {
    const cache = newCache();
    const copies = [1, 2, 3].map((at) => {
      const copy = join(folder, `${isolation}-same-${at}.heapsnapshot`);
      // The same heap with another byte behind it: another file.
      writeFileSync(copy, Buffer.concat([readFileSync(real[0]), Buffer.alloc(at, '\n')]));
      return copy;
    });
    for (const file of copies) await run([file], 'thread', cache);
    expect(await run(copies, isolation, cache)).toEqual({ json: await uncached(copies), analysed: [] });
  });

  test('says the same with any part of its caches lost or broken', async () => {
    const cache = newCache();
    const files = [...plain.slice(0, 2), bad, ...plain.slice(2)];
    const json = await uncached(files);
    const random = createRandom(24);
    for (let round = 0; round < 12; round++) {
      expect((await run(files, isolation, cache)).json).toBe(json);
      for (const name of readdirSync(cache)) {
        const path = join(cache, name);
        const fate = random.int(4);
        if (fate === 0) rmSync(path);
        if (fate !== 1) continue;
        const bytes = readFileSync(path);
        bytes[random.int(bytes.length)] ^= 1 << random.int(8);
        writeFileSync(path, bytes);
      }
    }
  });

  test('takes reports from the caches of opened snapshots', async () => {
    const cache = newCache();
    for (const file of real) (await openSnapshot(file, { cache })).close();
    const last = real.slice(-1);
    // Suspects need what the graph alone does not have.
    expect(await run(last, isolation, cache, false)).toEqual({ json: await uncached(last, false), analysed: [] });
  });
});

test('a series that is cached starts no process', async () => {
  const cache = newCache();
  const { json } = await run(real, 'process', cache);
  const session = new CacheSession(cache);
  const { files } = await superviseSeries(real, [...real.keys()], {
    concurrency: 2,
    budget: 2 ** 32,
    top: TOP,
    reports: await CachedReports.of(session, { top: TOP }),
    childEntry: new URL('./absent.js', import.meta.url),
  });
  expect(analysisJson(await analysisOf(files))).toBe(json);
});

test('shards say the same, whichever of them finds caches', async () => {
  const cache = newCache();
  const files = [...real, bad];
  const shard = (index: number, withCache?: string) =>
    analyzeShard(files, { index, count: 3 }, { top: TOP, cache: withCache });
  const expected = [await shard(1), await shard(2), await shard(3)];
  for (const round of ['first', 'again']) {
    const found = [await shard(1, cache), await shard(2, cache), await shard(3, cache)];
    expect(JSON.stringify(found), round).toBe(JSON.stringify(expected));
  }
});

test('the modes share what is kept, but a shallow report is neither kept nor answered from a full one', async () => {
  const file = plain[0];
  for (const isolation of ISOLATIONS) {
    const cache = newCache();
    const shallow = await analyze(file, { mode: 'shallow', isolation });
    expect(shallow.snapshots[0]).toMatchObject({ ok: true, mode: 'shallow' });
    expect(await analyze(file, { mode: 'shallow', isolation, cache })).toEqual(shallow);
    expect(existsSync(cache)).toBe(false);
    const inFiles = await analyze(file, { mode: 'external', isolation, cache });
    expect(inFiles).toEqual(await analyze(file, { suspects: false }));
    const json = await uncached([file], false);
    // Suspects are not sought with edges in files; where memory is insisted on they are.
    expect(await run([file], isolation, cache)).toEqual({ json, analysed: [] });
    expect(await analyze(file, { mode: 'memory', isolation, cache })).toEqual(await analyze(file));
    expect(await analyze(file, { mode: 'shallow', isolation, cache })).toEqual(shallow);
  }
});
