import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { analyze, diffSnapshots, openSnapshot, type Progress } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { machineName } from '#src/base/temporary-names.js';
import { removeLeftovers } from '#src/cache/leftovers.js';
import { temporaryFor } from '#src/cache/place.js';
import { corpusFile, scratchFolder, writeSnapshot, writeWithNode } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { answersOf, opened } from './stored.js';

const FILES = ['node18', 'node20', 'node22'].map(corpusFile);

/** The stages of each file that a call has gone through: what comes from a cache is only ever done. */
function watch() {
  const stages = new Map<string, Set<string>>();
  const onProgress = ({ file, stage }: Progress) => {
    const seen = stages.get(file) ?? new Set();
    stages.set(file, seen.add(stage));
  };
  return { onProgress, analysed: () => [...stages].filter(([, seen]) => seen.has('read')).map(([file]) => file) };
}

describe('without the option', () => {
  test('no cache is written, and none is read', async () => {
    const folder = scratchFolder();
    const file = writeSnapshot(folder, 'app', randomGraph(1, 40));
    await analyze(file);
    await diffSnapshots(file, file);
    (await openSnapshot(file, { cache: false })).close();
    expect(readdirSync(folder)).toEqual(['app.heapsnapshot']);
    await opened(file, true);
    const seen = watch();
    (await openSnapshot(file, seen)).close();
    expect(seen.analysed()).toEqual([file]);
  });
});

describe('an opened snapshot from a cache', () => {
  test('answers what the fresh one answers, for graphs of every kind', async () => {
    const folder = scratchFolder();
    for (let seed = 0; seed < 40; seed++) {
      const file = writeSnapshot(folder, `random-${seed}`, randomGraph(400 + seed, 60));
      const fresh = await openSnapshot(file);
      const expected = answersOf(fresh);
      fresh.close();
      expect(await opened(file, true)).toEqual({ answers: expected, fromCache: false });
      expect(await opened(file, true)).toEqual({ answers: expected, fromCache: true });
    }
  });

  test.each(['node12', 'chrome156'])('answers what the fresh one answers, for %s', async (name) => {
    const cache = scratchFolder();
    const [first, again] = [await opened(corpusFile(name), cache), await opened(corpusFile(name), cache)];
    expect(again).toEqual({ answers: first.answers, fromCache: true });
  });

  test('keeps texts that are no UTF-16, and long ones', async () => {
    const folder = scratchFolder();
    const plain = randomGraph(5, 40);
    const odd = ['\ud800', `${'long '.repeat(100)}\udfff\ud800`, '\udfff,x', 'x'.repeat(300_000), '__proto__'];
    for (const [at, name] of odd.entries()) Object.assign(plain.nodes[at + 1], { type: 'object', name });
    const file = writeSnapshot(folder, 'odd', plain);
    const first = await opened(file, true);
    expect(await opened(file, true)).toEqual({ answers: first.answers, fromCache: true });
    expect(await analyze(file, { cache: true })).toEqual(await analyze(file));
    expect(await analyze(file, { cache: true })).toEqual(await analyze(file));
  });
});

describe('analyze', () => {
  test('says the same of one file, for any number of classes', async () => {
    const cache = scratchFolder();
    for (const top of [undefined, 3, 100_000, 0]) {
      const seen = watch();
      expect(await analyze(FILES[0], { cache, top, ...seen })).toEqual(await analyze(FILES[0], { top }));
      expect(seen.analysed()).toEqual(top === undefined ? [FILES[0]] : []);
    }
  });

  test('says the same of a series, which has interfaces of its own', async () => {
    const folder = scratchFolder();
    const cache = join(folder, 'caches');
    const files = writeWithNode(folder, 'series', 4);
    const expected = await analyze(files, { top: 1000 });
    const [first, again, fewer] = [watch(), watch(), watch()];
    expect(await analyze(files, { cache, top: 1000, ...first })).toEqual(expected);
    expect(first.analysed().sort()).toEqual(files);
    expect(await analyze(files, { cache, top: 1000, ...again })).toEqual(expected);
    expect(again.analysed()).toEqual([]);
    // Another last snapshot may have other interfaces: what was computed under the old ones must not serve.
    expect(await analyze(files.slice(0, 3), { cache, top: 1000, ...fewer })).toEqual(
      await analyze(files.slice(0, 3), { top: 1000 }),
    );
  });

  test('takes its report from what openSnapshot has kept', async () => {
    const cache = scratchFolder();
    await opened(FILES[1], cache);
    const seen = watch();
    const options = { suspects: false } as const;
    expect(await analyze(FILES[1], { ...options, cache, ...seen })).toEqual(await analyze(FILES[1], options));
    expect(seen.analysed()).toEqual([]);
  });

  test('keeps nothing of a file that cannot be analysed', async () => {
    const folder = scratchFolder();
    const bad = join(folder, 'bad.heapsnapshot');
    writeFileSync(bad, '{"snapshot":');
    const missing = join(folder, 'missing.heapsnapshot');
    for (const file of [bad, missing]) {
      expect(await analyze(file, { cache: true })).toEqual(await analyze(file));
      await expect(openSnapshot(file, { cache: true })).rejects.toMatchObject({ file });
    }
    expect(readdirSync(folder)).toEqual(['bad.heapsnapshot']);
  });
});

test('diffSnapshots says the same, in both directions', async () => {
  const folder = scratchFolder();
  const cache = join(folder, 'caches');
  const [base, current] = writeWithNode(folder, 'pair', 2);
  for (const [from, to] of [
    [base, current],
    [current, base],
  ]) {
    const expected = await diffSnapshots(from, to);
    expect(expected.length).toBeGreaterThan(3);
    const seen = watch();
    expect(await diffSnapshots(from, to, { cache })).toEqual(expected);
    expect(await diffSnapshots(from, to, { cache, ...seen })).toEqual(expected);
    expect(seen.analysed()).toEqual([]);
  }
  expect(readdirSync(cache)).toHaveLength(2);
});

describe('a cache is known by content', () => {
  const first = toJson(randomGraph(11, 40));

  test('a copy, a touched and a renamed file are the same', async () => {
    const folder = scratchFolder();
    const cache = join(folder, 'caches');
    const file = join(folder, 'a.heapsnapshot');
    writeFileSync(file, first);
    const { answers } = await opened(file, cache);
    const copy = join(folder, 'b.heapsnapshot');
    copyFileSync(file, copy);
    expect(await opened(copy, cache)).toEqual({ answers, fromCache: true });
    utimesSync(file, 1, 1);
    chmodSync(file, 0o600);
    expect(await opened(file, cache)).toEqual({ answers, fromCache: true });
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('other bytes of the same length with the same times are not', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'a.heapsnapshot');
    // Longer than what is sampled, so that a change can hide between the samples.
    const text = Buffer.concat([Buffer.from(first), Buffer.alloc(3_000_000, ' ')]);
    writeFileSync(file, text);
    const times = statSync(file);
    const { answers } = await opened(file, true);
    expect(await opened(file, true)).toEqual({ answers, fromCache: true });
    for (const at of [first.length + 1_000_003, first.length + 2_000_007]) {
      const changed = Buffer.from(text);
      changed[at] = 0x0a;
      writeFileSync(file, changed);
      utimesSync(file, times.atime, times.mtime);
      expect((await opened(file, true)).fromCache).toBe(false);
    }
  });

  test('a compressed file is known by its bytes on disk', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'a.heapsnapshot.gz');
    writeFileSync(file, gzipSync(first));
    const { answers } = await opened(file, true);
    expect(await opened(file, true)).toEqual({ answers, fromCache: true });
    writeFileSync(file, gzipSync(first, { level: 1 }));
    expect(await opened(file, true)).toEqual({ answers, fromCache: false });
  });
});

describe('files', () => {
  test('are named after the input beside it, after content in a folder, and are the user’s alone', async () => {
    const folder = scratchFolder();
    const file = writeSnapshot(folder, 'secret-name', randomGraph(12, 40));
    const cache = join(folder, 'new', 'caches');
    for (const place of [true, cache] as const) {
      await opened(file, place);
      await analyze(file, { cache: place, suspects: false });
      await diffSnapshots(file, file, { cache: place });
    }
    // `analyze` has taken its report from the graph.
    const beside = readdirSync(folder).filter((name) => name.endsWith('.heapidx'));
    expect(beside.sort()).toEqual([
      expect.stringMatching(/^secret-name\.heapsnapshot\.[0-9a-f]{32}\.diff\.heapidx$/),
      'secret-name.heapsnapshot.heapidx',
    ]);
    const inFolder = readdirSync(cache);
    expect(inFolder).toHaveLength(2);
    for (const name of inFolder) {
      expect(name).toMatch(/^[0-9a-f]{32}(?:\.diff)?\.heapidx$/);
      expect(readFileSync(join(cache, name)).includes('secret-name')).toBe(false);
      if (process.platform !== 'win32') expect(statSync(join(cache, name)).mode & 0o777).toBe(0o600);
    }
    if (process.platform !== 'win32') expect(statSync(cache).mode & 0o777).toBe(0o700);
  });

  test('of killed processes are removed: of gone ones on this machine, and old ones', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'x.heapidx');
    const own = temporaryFor(path);
    const gone = own.replace(`-${process.pid}-`, '-2147483646-');
    const foreign = gone.replace(machineName(), '00000000');
    const oldForeign = gone.replace(machineName(), '11111111');
    const unrelated = [`${path}.partial`, join(folder, 'x.partial'), path, own.replace('.partial', '.part')];
    for (const name of [own, gone, foreign, oldForeign, ...unrelated]) writeFileSync(name, '');
    utimesSync(oldForeign, 1, 1);
    for (const name of unrelated) utimesSync(name, 1, 1);
    await removeLeftovers(folder);
    expect(
      readdirSync(folder)
        .map((name) => join(folder, name))
        .sort(),
    ).toEqual([own, foreign, ...unrelated].sort());
    await removeLeftovers(join(folder, 'nowhere'));
  });

  test('half-written when the work is aborted are removed', async () => {
    const folder = scratchFolder();
    const calls = {
      open: (cache: string, signal: AbortSignal, onProgress: (progress: Progress) => void) =>
        openSnapshot(FILES[0], { cache, signal, onProgress }),
      series: (cache: string, signal: AbortSignal, onProgress: (progress: Progress) => void) =>
        analyze(FILES, { cache, signal, onProgress }),
    };
    for (const [name, call] of Object.entries(calls)) {
      for (let delay = 0; delay < 6; delay++) {
        const cache = join(folder, name);
        const abort = new AbortController();
        const reason = new Error('enough');
        // Writing begins when the analysis is done.
        const onProgress = ({ stage }: Progress) => {
          if (stage === 'done') setTimeout(() => abort.abort(reason), 2 * delay);
        };
        await call(cache, abort.signal, onProgress).catch((error) => expect(error).toBe(reason));
        const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
        expect(left.filter((path) => path.endsWith('.partial'))).toEqual([]);
        rmSync(cache, { recursive: true, force: true });
      }
    }
  });

  test('an abort before or while the cache is looked for rejects with its reason', async () => {
    const cache = scratchFolder();
    await opened(FILES[0], cache);
    const reason = new Error('never mind');
    await expect(openSnapshot(FILES[0], { cache, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const abort = new AbortController();
    const opening = openSnapshot(FILES[0], { cache, signal: abort.signal });
    abort.abort(reason);
    await expect(opening).rejects.toBe(reason);
  });
});
