import { afterAll, expect, test } from 'vitest';
import { HeapView } from '#src/analysis/heap-view.js';
import { analyseOnTwoThreads } from '#src/analysis/two-threads.js';
import { Stopwatch } from '#src/base/stopwatch.js';
import { SecondThread } from '#src/batch/beside.js';
import type { Graph } from '#src/graph/graph.js';
import { findPaths, type PathRequest, type Paths } from '#src/paths/find-paths.js';
import { findGlobals } from '#src/paths/globals.js';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { BytesSource, type OpenSource } from '#src/read/source.js';
import { Arena } from '#src/wasm/arena.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { seriesFile } from '../cli/run-cli.js';

const second = new SecondThread();
afterAll(() => second.stop());

const FILES: Readonly<Record<string, OpenSource>> = {
  'of a server': sourceOf(seriesFile(1)),
  random: () => new BytesSource(toJson(randomGraph(1, 20_000))),
};

function nodeColumn(arena: Arena, { header }: Pick<Graph, 'header'>) {
  return arena.allocate('u32', header.nodeCount);
}

function copyOf(arena: Arena, { labels, order, keys, parentOf }: Paths) {
  return {
    keys: new Uint32Array(arena.memory.buffer, keys.offset, 2 * keys.length).slice(),
    parentOf: arena.view(parentOf).slice(),
    order: arena.view(order.order).slice(),
    skipped: order.skipped,
    labels: arena.view(labels.ofStrings).slice(),
  };
}

test.each(Object.entries(FILES))('paths of a snapshot %s are the same from either thread', async (_, open) => {
  const arena = await Arena.create();
  const companion = second.companionOn(arena, { paths: true, picture: false });
  const stopwatch = new Stopwatch(1);
  const raw = await readSnapshot(open, arena, {
    onColumns: (header, strings) => companion.ready({ header, strings }),
  });
  const snapshot = await analyseOnTwoThreads(arena, raw, companion, { keepRawSizes: true });
  const { graph, distance, spare } = snapshot;
  const globals = findGlobals(new HeapView(arena, snapshot));
  const [parentOf, steps] = [nodeColumn(arena, graph), nodeColumn(arena, graph)];
  const request: PathRequest = { graph, distance, globals, keys: spare, parentOf, steps };
  const there = copyOf(arena, await companion.findPaths(request, stopwatch));
  expect(stopwatch.stages).toMatchObject([{ stage: 'paths', thread: 2 }]);
  arena.view(parentOf).fill(0);
  expect(there).toEqual(copyOf(arena, findPaths(arena, request)));
  expect(there.keys.some((half) => half !== 0)).toBe(true);
});

test('a companion that has begun none leaves paths to its caller', async () => {
  const arena = await Arena.create();
  const companion = second.companionOn(arena);
  const raw = await readSnapshot(() => new BytesSource(toJson(randomGraph(2, 500))), arena);
  const { graph, distance, spare } = await analyseOnTwoThreads(arena, raw, companion, { keepRawSizes: true });
  const [parentOf, steps] = [nodeColumn(arena, graph), nodeColumn(arena, graph)];
  const stopwatch = new Stopwatch(1);
  const request = { graph, distance, globals: [], keys: spare, parentOf, steps };
  const found = copyOf(arena, await companion.findPaths(request, stopwatch));
  expect(stopwatch.stages).toEqual([]);
  expect(found).toEqual(copyOf(arena, findPaths(arena, request)));
});
