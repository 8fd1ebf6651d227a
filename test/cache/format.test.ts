import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, openSnapshot } from 'heapsleuth';
import { expect, test } from 'vitest';
import { CacheFile } from '#src/cache/cache-file.js';
import { FORMAT } from '#src/cache/format.js';
import { ALIGNMENT } from '#src/wasm/region.js';
import { corpusFile, scratchFolder, writeSnapshot } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';

/** Names and kinds of columns, as caches of format 2 have them. Another list is another format: raise FORMAT. */
const GRAPH_2 = `strings.ends u32, strings.0 u8, firstRetainer u32, retainers u32, id f64, rawSelfSize f64, selfSize f64,
  retainedSize f64, dominator u32, distance i32, classOf u32, treeOrder u32, treeSize u32, treePosition u32,
  graph.columns.nodeType u8, graph.columns.nodeName u32, graph.columns.firstEdge u32, graph.columns.edgeType u8,
  graph.columns.edgeName u32, graph.columns.edgeTo u32, graph.tags u8, graph.detachedness u8,
  class names u8, class keys u8, findings u8, layout u8`;

function opened(path: string): CacheFile {
  const cache = CacheFile.open(path);
  if (cache === undefined) throw new Error(`expected a cache ${path}`);
  return cache;
}

const FINDINGS_2 = ['classes', 'edgeCount', 'interfaces', 'nodeCount', 'statistics'];

test('the cache of an opened snapshot consists of what its format says', async () => {
  const file = writeSnapshot(scratchFolder(), 'app', randomGraph(1, 60));
  (await openSnapshot(file, { cache: true })).close();
  const cache = opened(`${file}.heapidx`);
  expect(FORMAT).toBe(2);
  const listed = cache.header.columns.map(({ name, kind }) => `${name} ${kind}`);
  expect(listed.toSorted()).toEqual(GRAPH_2.split(/,\s*/).toSorted());
  for (const { offset } of cache.header.columns) expect(offset % ALIGNMENT).toBe(0);
  expect(Object.keys(cache.document('findings')).sort()).toEqual(FINDINGS_2);
  cache.close();
});

test('the caches of reports consist of what their format says', async () => {
  const folder = scratchFolder();
  await analyze([corpusFile('node18'), corpusFile('node22')], { cache: folder });
  const reports = readdirSync(folder).map((name) => opened(join(folder, name)));
  expect(FORMAT).toBe(2);
  // Only the first was seen under interfaces that are not its own.
  expect(reports.map(({ header }) => header.columns.map(({ name }) => name).join()).sort()).toEqual([
    'findings,evidence',
    'findings,view,evidence',
  ]);
  for (const report of reports) {
    expect(Object.keys(report.document('findings')).sort()).toEqual(FINDINGS_2);
    expect(Object.keys(report.document('evidence')).sort()).toEqual(['document', 'isTold', 'under']);
    if (report.has('view')) expect(Object.keys(report.document('view')).sort()).toEqual(['classes', 'under']);
    report.close();
  }
});
