import { afterAll, expect, test } from 'vitest';
import { HeapView } from '#src/analysis/heap-view.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import { analyseOnTwoThreads } from '#src/analysis/two-threads.js';
import { SnapshotError } from '#src/base/errors.js';
import { SecondThread } from '#src/batch/beside.js';
import { cutTree, treeOf } from '#src/picture/dominator-tree.js';
import { PictureMaker } from '#src/picture/index.js';
import { planTree } from '#src/picture/tree-cut.js';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { collectEvidence } from '#src/suspects/collect.js';
import { Arena } from '#src/wasm/arena.js';
import { corpusFile } from '../api/snapshot-files.js';
import { seriesFile } from '../cli/run-cli.js';
import { readWith } from '../engine/engine.js';

const second = new SecondThread();
afterAll(() => second.stop());

const FILE = seriesFile(2);
const SMALL = corpusFile('node14');
const CUT = { nodes: 500, showValues: false };

/** Of a picture's snapshot, with paths begun on the second thread. */
async function analysedOnTwo() {
  const arena = await Arena.create();
  const companion = second.companionOn(arena, { paths: true, picture: true });
  const raw = await readSnapshot(sourceOf(FILE), arena, {
    onColumns: (header, strings) => companion.ready({ header, strings }),
  });
  const snapshot = await analyseOnTwoThreads(arena, raw, companion, { keepRawSizes: true });
  return { arena, companion, snapshot, view: new HeapView(arena, snapshot) };
}

async function analysedAlone() {
  const { arena, raw } = await readWith(sourceOf(FILE));
  const snapshot = analyseSnapshot(arena, raw, { keepRawSizes: true });
  return { arena, snapshot, view: new HeapView(arena, snapshot) };
}

test('a tree is the same from the second thread, which cuts one where it has found the paths', async () => {
  const { companion, view } = await analysedOnTwo();
  const expected = cutTree(view, CUT);
  const nodes = await companion.cutTree(view.strings, planTree(view, CUT));
  expect(nodes && treeOf(view, nodes)).toEqual(expected);
  expect(expected.id).toHaveLength(CUT.nodes);
  expect(await companion.cutTree(view.strings, planTree(view, CUT))).toBeUndefined();
});

test('a picture is the same with a second thread and without', async () => {
  const options = { nodes: 300, classes: 50, wasteItems: 20, showValues: false };
  const alone = await analysedAlone();
  const expected = new PictureMaker(FILE, alone.snapshot.summaries, options);
  expected.lookAlone(alone.arena, alone.snapshot);
  const evidence = { isTold: true };
  const two = await analysedOnTwo();
  const shared = new PictureMaker(FILE, two.snapshot.summaries, options, two.companion.cutTree);
  await collectEvidence(two.arena, two.snapshot, evidence, two.companion.findPaths, shared);
  expect(shared.picture).toEqual(expected.picture);
  const again = await analysedAlone();
  // Nobody but this thread is ever there.
  const own = new PictureMaker(FILE, again.snapshot.summaries, options);
  await collectEvidence(again.arena, again.snapshot, evidence, undefined, own);
  expect(own.picture).toEqual(expected.picture);
  expect(expected.picture?.waste.kinds.length).toBeGreaterThan(3);
});

/** A picture and what else is found, in an arena of so many bytes; undefined where those are too few. */
async function foundWithin(bytes: number) {
  const host = await Arena.create();
  const arena = await Arena.over(host.cut(bytes));
  try {
    const raw = await readSnapshot(sourceOf(SMALL), arena);
    const snapshot = analyseSnapshot(arena, raw, { keepRawSizes: true });
    const maker = new PictureMaker(SMALL, snapshot.summaries, {
      nodes: 300,
      classes: 5,
      wasteItems: 5,
      showValues: false,
    });
    const evidence = await collectEvidence(arena, snapshot, { isTold: true, isAlone: true }, undefined, maker);
    return { evidence, picture: maker.picture };
  } catch (error) {
    if (SnapshotError.from(error).code !== 'TOO_LARGE') throw error;
    return undefined;
  }
}

test('where there is no room for a picture the search for suspects finds what it finds', async () => {
  const roomy = await foundWithin(256 << 20);
  expect(roomy?.picture?.tree.id).toHaveLength(300);
  let [little, enough] = [1 << 20, 256 << 20];
  while (enough - little > 1 << 16) {
    const middle = (little + enough) >>> 1;
    if ((await foundWithin(middle)) === undefined) little = middle;
    else enough = middle;
  }
  const tight = await foundWithin(enough);
  expect(tight?.evidence).toEqual(roomy?.evidence);
  expect(tight?.picture).toBeUndefined();
});
