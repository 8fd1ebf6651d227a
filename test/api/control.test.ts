import { analyze, diffSnapshots, type OpenOptions, openSnapshot, type Progress } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { corpusFile } from './snapshot-files.js';

const FILES = ['node18', 'node20', 'node22', 'node24'].map(corpusFile);
const [SMALL] = FILES;
const STAGES = ['read', 'graph', 'dominators', 'distances', 'classes', 'done'];

const CALLS: Readonly<Record<string, (options: OpenOptions) => Promise<unknown>>> = {
  openSnapshot: (options) => openSnapshot(SMALL, options),
  analyze: (options) => analyze(FILES, options),
  diffSnapshots: (options) => diffSnapshots(FILES[0], FILES[1], options),
};

describe('an abort signal', () => {
  const calls = Object.entries(CALLS);

  test.each(calls)('that is aborted before %s rejects it with its reason', async (_, call) => {
    const reason = { why: 'never mind' };
    const seen: Progress[] = [];
    await expect(
      call({ signal: AbortSignal.abort(reason), onProgress: (progress) => seen.push(progress) }),
    ).rejects.toBe(reason);
    expect(seen).toEqual([]);
  });

  test.each(calls)('that is aborted during %s rejects it with its reason, for good', async (_, call) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let after = 0;
    const onProgress = () => {
      if (controller.signal.aborted) after++;
      else controller.abort(reason);
    };
    await expect(call({ signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(controller.signal.aborted).toBe(true);
    const settled = after;
    await analyze(SMALL);
    expect(after).toBe(settled);
  });

  test.each(calls)('that is aborted without a reason rejects %s with an AbortError', async (_, call) => {
    const controller = new AbortController();
    await expect(call({ signal: controller.signal, onProgress: () => controller.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  test.each(calls)('that is aborted too late changes nothing about %s', async (_, call) => {
    const controller = new AbortController();
    const result = await call({ signal: controller.signal });
    controller.abort(new Error('too late'));
    expect(result).toBeDefined();
  });
});

describe('progress', () => {
  function expectSteady(steps: readonly Progress[]): void {
    for (const [at, { fraction, stage }] of steps.entries()) {
      if (at === 0) continue;
      expect(fraction).toBeGreaterThanOrEqual(steps[at - 1].fraction);
      expect(STAGES.indexOf(stage)).toBeGreaterThanOrEqual(STAGES.indexOf(steps[at - 1].stage));
    }
    expect(steps[0].fraction).toBeGreaterThanOrEqual(0);
    expect(steps[steps.length - 1]).toMatchObject({ stage: 'done', fraction: 1 });
    // Two threads work on stages at the same time, so not every one is seen to begin.
    expect(steps.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['read', 'dominators', 'classes', 'done']));
  }

  test('of a series never falls for one file, and ends with done at 1 for each', async () => {
    const seen: Progress[] = [];
    await analyze(FILES, { onProgress: (progress) => seen.push(progress) });
    for (const [index, file] of FILES.entries()) {
      const steps = seen.filter((progress) => progress.index === index);
      expect(steps.length).toBeGreaterThan(5);
      for (const step of steps) expect(step).toMatchObject({ file, index, total: FILES.length });
      expectSteady(steps);
    }
  });

  test('of one snapshot', async () => {
    const seen: Progress[] = [];
    const snapshot = await openSnapshot(SMALL, { onProgress: (progress) => seen.push(progress) });
    snapshot.close();
    for (const step of seen) expect(step).toMatchObject({ file: SMALL, index: 0, total: 1 });
    expectSteady(seen);
  });

  test('of a comparison never falls and ends at 1', async () => {
    const seen: number[] = [];
    await diffSnapshots(FILES[0], FILES[1], { onProgress: ({ fraction }) => seen.push(fraction) });
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen[seen.length - 1]).toBe(1);
  });
});

test.each(Object.entries(CALLS))('the calling thread stays free while %s works', async (_, call) => {
  let turns = 0;
  let working = true;
  const turn = () => {
    turns++;
    if (working) setImmediate(turn);
  };
  setImmediate(turn);
  await call({});
  working = false;
  expect(turns).toBeGreaterThan(100);
});
