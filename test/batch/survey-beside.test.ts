import { afterAll, expect, test } from 'vitest';
import { HeapView } from '#src/analysis/heap-view.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import { Stopwatch } from '#src/base/stopwatch.js';
import { SecondThread } from '#src/batch/beside.js';
import { sourceOf } from '#src/read/file.js';
import type { Arena } from '#src/wasm/arena.js';
import { groundOf } from '#src/waste/scene.js';
import { openSurvey, runSurvey, type Survey, takeBack } from '#src/waste/survey.js';
import { suspicious } from '#src/waste/suspicious-collections.js';
import { seriesFile } from '../cli/run-cli.js';
import { readWith } from '../engine/engine.js';

const second = new SecondThread();
afterAll(() => second.stop());

async function planned() {
  const { arena, raw } = await readWith(sourceOf(seriesFile(2)));
  const view = new HeapView(arena, analyseSnapshot(arena, raw, { keepRawSizes: true }));
  return { arena, view, survey: groundOf(arena, view).survey };
}

/** What a survey has found, of what is asked for. */
function foundIn(arena: Arena, view: HeapView, { texts, examples, collections }: Survey) {
  const [hashes, first] = [arena.view(texts.hashes), arena.view(examples.first)];
  return {
    hashes: Array.from(arena.view(texts.flat), (node) => hashes[view.nodeName[node]]),
    numbers: [...arena.view(texts.numbers)],
    examples: Array.from(arena.view(examples.shapes), (shape) => first[shape]),
    bare: [...suspicious(arena, collections, 'bareArrays'), ...suspicious(arena, collections, 'bareObjects')],
    roomy: [...suspicious(arena, collections, 'roomyArrays')],
  };
}

async function foundAlone() {
  const { arena, view, survey } = await planned();
  runSurvey(arena, view.strings, survey);
  return foundIn(arena, view, survey);
}

test('a survey is the same from another thread, and is left to it once it has taken it', async () => {
  const { arena, view, survey } = await planned();
  const stopwatch = new Stopwatch(1);
  openSurvey(arena, survey);
  await second.companionOn(arena).joinSurvey(view.strings, survey, stopwatch);
  expect(stopwatch.stages).toMatchObject([{ stage: 'waste', thread: 2 }]);
  expect(takeBack(arena, view.strings, survey)).toBe(true);
  const found = foundIn(arena, view, survey);
  expect(found).toEqual(await foundAlone());
  expect(found.examples.filter((node) => node > 0).length).toBeGreaterThan(100);
  expect(found.bare.length).toBeGreaterThan(10);
  expect(found.roomy.length).toBeGreaterThan(10);
  expect(found.numbers.filter((number) => number > 0).length).toBeGreaterThan(100);
});

test('what the first thread has done the other one leaves alone', async () => {
  const { arena, view, survey } = await planned();
  openSurvey(arena, survey);
  expect(takeBack(arena, view.strings, survey)).toBe(false);
  const found = foundIn(arena, view, survey);
  expect(found).toEqual(await foundAlone());
  arena.view(survey.texts.numbers).fill(0);
  await second.companionOn(arena).joinSurvey(view.strings, survey);
  expect(arena.view(survey.texts.numbers).every((number) => number === 0)).toBe(true);
});
