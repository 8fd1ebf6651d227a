import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estimate, Outcome, Progress, SuspectOptions } from 'heapsleuth';
import { describe, expect, it } from 'vitest';
import { type AnalysedFile, analysisOf } from '#src/batch/analysed-file.js';
import { SUPERVISOR_BYTES } from '#src/batch/estimate.js';
import { type SupervisorOptions, superviseSeries } from '#src/batch/supervisor.js';
import { analyze } from '#src/index.js';
import { analysisJson } from '#src/report/json.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

const MIB = 2 ** 20;
const ROOMY = 4096 * MIB;
const STAND_IN = new URL('./stand-in.js', import.meta.url);
/** Small enough for a heap to run out soon; Node itself and the engine fit. */
const SMALL_HEAP = '--max-old-space-size=48';

const folder = scratchFolder();
let written = 0;

/** A snapshot whose name says what is to become of it. */
function snapshot(fate = 'good', seed = written): string {
  return writeIn(folder, `${fate}-${written++}.heapsnapshot`, toJson(randomGraph(seed % 7, 40)));
}

const supervise = (files: readonly string[], options: Partial<SupervisorOptions> = {}) =>
  superviseSeries(files, [...files.keys()], {
    concurrency: 2,
    budget: ROOMY,
    top: 50,
    childEntry: STAND_IN,
    ...options,
  });

/** Memory mode of each try at a file. */
function triesOf(file: string): string[] {
  const notes = `${file}.tries`;
  return existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
}

const errorOf = (outcome: Outcome) => (outcome.ok ? undefined : outcome.error);
const codesOf = (files: readonly AnalysedFile[]) => files.map(({ outcome }) => errorOf(outcome)?.code ?? 'ok');

/** What threads find in the same files, whose names mean nothing to them. */
async function byThreads(files: readonly string[], suspects: false | SuspectOptions = false): Promise<string> {
  return analysisJson(await analyze(files, { suspects }));
}

/** Without suspects, which a second try with its edges in files cannot seek. */
async function json(files: readonly AnalysedFile[], suspects: false | SuspectOptions = false): Promise<string> {
  return analysisJson(await analysisOf(files, suspects));
}

async function withHeap<T>(flags: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = flags;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  }
}

describe('a series in processes', () => {
  it('gives what it gives in threads, for any number of children', async () => {
    const files = Array.from({ length: 9 }, () => snapshot());
    const expected = await byThreads(files, {});
    for (const concurrency of [1, 2, 8])
      expect(await json((await supervise(files, { concurrency })).files, {})).toBe(expected);
    expect(await byThreads(files.slice(0, 1), {})).toBe(await json((await supervise(files.slice(0, 1))).files, {}));
  });

  it('gives the same with memory for one child at a time', async () => {
    const files = Array.from({ length: 4 }, () => snapshot());
    const { files: found } = await supervise(files, { budget: SUPERVISOR_BYTES + 110 * MIB });
    expect(await json(found)).toBe(await byThreads(files));
  });

  it('takes the interfaces of the last snapshot that can be read', async () => {
    const bad = (name: string) => writeIn(folder, name, '{"snapshot":');
    const files = [snapshot(), bad('a'), snapshot(), snapshot(), bad('b'), bad('c')];
    const { files: found, decidedBy, names } = await supervise(files);
    expect(decidedBy).toBe(3);
    expect(names).toBeDefined();
    expect(codesOf(found)).toEqual(['ok', 'TRUNCATED', 'ok', 'ok', 'TRUNCATED', 'TRUNCATED']);
    expect(await json(found)).toBe(await byThreads(files));
  });

  it('knows no interfaces when no snapshot can be read', async () => {
    const files = Array.from({ length: 3 }, (_, at) => join(folder, `absent-${at}`));
    const { files: found, decidedBy } = await supervise(files);
    expect(codesOf(found)).toEqual(['UNREADABLE', 'UNREADABLE', 'UNREADABLE']);
    expect(decidedBy).toBeUndefined();
  });

  it('of which only a share is wanted takes the interfaces of all the same', async () => {
    const files = Array.from({ length: 6 }, () => snapshot());
    const whole = await supervise(files);
    for (const share of [[0, 3], [1, 4], [5], [2]]) {
      const part = await superviseSeries(files, share, { concurrency: 2, budget: ROOMY, top: 50 });
      expect(part.files).toEqual(share.map((index) => whole.files[index]).map((file) => expect.objectContaining(file)));
      expect({ by: part.decidedBy, names: part.names }).toEqual({ by: 5, names: whole.names });
    }
    expect((await superviseSeries(files, [], { concurrency: 2, budget: ROOMY, top: 50 })).files).toEqual([]);
  });
});

describe('promise 20: a child that dies', () => {
  it.each(['heap', 'killed', 'aborts', 'leaves'])('costs no result if the second try goes well: %s', async (fate) => {
    const files = [snapshot(), snapshot(`${fate}-once`), snapshot(), snapshot()];
    const { files: found } = await withHeap(SMALL_HEAP, () => supervise(files));
    expect(triesOf(files[1])).toEqual(['normal', 'low']);
    expect(await json(found)).toBe(await byThreads(files));
  });

  it.each([
    ['heap', 'OUT_OF_MEMORY', /^found a process that ran out of memory \(.+\), expected a result$/],
    ['killed', 'OUT_OF_MEMORY', /^found a process that was killed \(SIGKILL\), .*, expected a result$/],
    ['aborts', 'CRASHED', /^found a process that died \(SIGABRT\), expected a result$/],
    ['leaves', 'CRASHED', /^found a process that died \(exit code 7\), expected a result$/],
  ])('twice is an error of its file alone: %s', async (fate, code, message) => {
    const files = [snapshot(), snapshot(fate), snapshot(), snapshot()];
    const { files: found } = await withHeap(SMALL_HEAP, () => supervise(files));
    expect(triesOf(files[1])).toEqual(['normal', 'low']);
    expect(codesOf(found)).toEqual(['ok', code, 'ok', 'ok']);
    expect(errorOf(found[1].outcome)?.message).toMatch(message);
  });

  it.each(['killed-once', 'killed'])('on the snapshot that decides holds up the others only: %s', async (fate) => {
    const files = [snapshot(), snapshot(), snapshot(), snapshot(fate)];
    const { files: found, decidedBy } = await supervise(files);
    expect(triesOf(files[3])).toEqual(['normal', 'low']);
    const [last, by] = fate === 'killed' ? ['OUT_OF_MEMORY', 2] : ['ok', 3];
    expect(codesOf(found)).toEqual(['ok', 'ok', 'ok', last]);
    expect(decidedBy).toBe(by);
    const readable = files.slice(0, by + 1);
    expect(await json(found.slice(0, by + 1))).toBe(await byThreads(readable));
  });

  it('before it has begun is an error of every file, not a wait', async () => {
    const files = [snapshot(), snapshot()];
    const { files: found } = await supervise(files, { childEntry: new URL('./absent.js', import.meta.url) });
    expect(codesOf(found)).toEqual(['CRASHED', 'CRASHED']);
  });
});

describe('limits', () => {
  it('a snapshot that takes too long is ended, and not tried again', async () => {
    const files = [snapshot(), snapshot('hangs'), snapshot()];
    const { files: found } = await supervise(files, { timeout: 3000 });
    expect(codesOf(found)).toEqual(['ok', 'TIMEOUT', 'ok']);
    expect(errorOf(found[1].outcome)?.message).toBe('found no result after 3 s, expected one by then');
    expect(triesOf(files[1])).toEqual(['normal']);
  });

  it.skipIf(process.platform !== 'linux')(
    'a child that outgrows the budget is ended, tried alone, and given up',
    async () => {
      const files = [snapshot(), snapshot('swells'), snapshot(), snapshot('swells-once')];
      const { files: found } = await supervise(files, { budget: SUPERVISOR_BYTES + 400 * MIB });
      expect(codesOf(found)).toEqual(['ok', 'OUT_OF_MEMORY', 'ok', 'ok']);
      expect(errorOf(found[1].outcome)?.message).toMatch(/, expected one that stays within 500 MiB, /);
      expect([files[1], files[3]].map(triesOf)).toEqual(Array(2).fill(['normal', 'low']));
    },
  );

  it('a snapshot that cannot fit is refused at once, with both figures', async () => {
    const files = [snapshot(), snapshot('killed')];
    const { files: found } = await supervise(files, { budget: SUPERVISOR_BYTES + 50 * MIB });
    for (const { outcome } of found) {
      expect(errorOf(outcome)).toEqual({
        code: 'TOO_LARGE',
        message: expect.stringMatching(
          /^found a snapshot of \d+ nodes and \d+ edges that needs about 200 MiB \(mode memory\) or about 264 MiB \(mode external\), expected at most 150 MiB, the memory it may use; mode shallow needs less$/,
        ),
      });
    }
    expect(triesOf(files[1])).toEqual([]);
  });

  it('a mode that is asked for is taken, and its estimate told before', async () => {
    const files = [snapshot(), snapshot(), snapshot()];
    const estimates: Estimate[] = [];
    const onEstimate = (estimate: Estimate) => estimates.push(estimate);
    const { files: found } = await supervise(files, { mode: 'external', onEstimate });
    expect(await json(found)).toBe(await byThreads(files));
    expect(estimates.map(({ index, mode }) => `${index} ${mode}`).sort()).toEqual([
      '0 external',
      '1 external',
      '2 external',
    ]);
    for (const { memory, leastMemory, budget, disk, edgeCount } of estimates) {
      expect(leastMemory).toBeLessThanOrEqual(memory);
      expect(memory).toBeLessThanOrEqual(budget);
      expect(disk).toBe(9 * edgeCount);
    }
    const shallow = (await supervise(files, { mode: 'shallow' })).files.map(({ outcome }) => outcome);
    for (const outcome of shallow) expect(outcome).toMatchObject({ ok: true, mode: 'shallow' });
  });

  it('the second try has edges in files, unless there is no folder for those', async () => {
    const files = [snapshot(), snapshot('killed-once')];
    for (const folder of [undefined, '/nowhere/at/all']) {
      const { files: found } = await supervise(files, { folder });
      expect(await json(found)).toBe(await byThreads(files));
    }
    const { files: found } = await supervise([snapshot()], { folder: '/nowhere/at/all', mode: 'external' });
    expect(codesOf(found)).toEqual(['TEMPORARY']);
  });

  it('a file that is only feared not to fit has its try', async () => {
    const files = [snapshot(), writeIn(folder, 'headless', `{"nodes":[]${' '.repeat(80 * MIB)}`), snapshot()];
    const { files: found } = await supervise(files, { budget: SUPERVISOR_BYTES + 200 * MIB });
    expect(codesOf(found)).toEqual(['ok', 'TRUNCATED', 'ok']);
  });
});

describe('progress and abort', () => {
  it('progress never falls for one file, whatever happens to its process', async () => {
    const files = [snapshot(), snapshot('killed-once'), snapshot(), snapshot('aborts-once')];
    const seen: Progress[] = [];
    await supervise(files, { onProgress: (progress) => seen.push(progress) });
    for (const [index, file] of files.entries()) {
      const steps = seen.filter((step) => step.index === index);
      expect(steps.length).toBeGreaterThan(3);
      expect(steps.map((step) => step.fraction)).toEqual(steps.map((step) => step.fraction).toSorted((a, b) => a - b));
      expect(steps.at(-1)).toEqual({ file, index, total: 4, stage: 'done', fraction: 1 });
    }
  });

  it('an abort rejects with its reason once every child has gone', async () => {
    const controller = new AbortController();
    const reason = { why: 'enough' };
    const files = [snapshot(), snapshot('hangs'), snapshot()];
    const onProgress = () => controller.abort(reason);
    await expect(supervise(files, { signal: controller.signal, onProgress })).rejects.toBe(reason);
    await expect(supervise(files, { signal: controller.signal })).rejects.toBe(reason);
  });
});

it('the library gives the same with `isolation`, and aborts the same', async () => {
  const files = Array.from({ length: 3 }, () => snapshot());
  const isolated = await analyze(files, { isolation: 'process', maxMemory: ROOMY, timeout: 60_000 });
  expect(analysisJson(isolated)).toBe(await byThreads(files, {}));
  const reason = new Error('enough');
  const options = { isolation: 'process', signal: AbortSignal.abort(reason) } as const;
  await expect(analyze(files, options)).rejects.toBe(reason);
  expect(analysisJson(await analyze(files[0], { isolation: 'process' }))).toBe(await byThreads([files[0]], {}));
});
