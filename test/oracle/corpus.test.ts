import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type DevtoolsAnalysis, devtoolsFromFile, isFailed } from './devtools.js';
import { analyzePlainly, type PlainAnalysis } from './plain/analysis.js';
import { graphOfColumns } from './plain/graph.js';
import { type ReferenceColumns, readReferenceFile } from './reference-reader.js';

const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
const stems = readdirSync(corpus).flatMap((name) => (name.endsWith('.gz') ? [name.slice(0, -3)] : []));
const [known, unknown] = [true, false].map((isKnown) =>
  stems.filter((stem) => existsSync(expectedPath(stem)) === isKnown),
);

/** What DevTools says about a file of the corpus: figures, and digests of whole columns. */
interface Expected {
  nodeCount: number;
  statistics: PlainAnalysis['statistics'];
  classes: number;
  columns: Record<string, string>;
  topClasses: PlainAnalysis['aggregates'];
}

function expectedPath(stem: string): string {
  return `${corpus}${stem}.expected.json`;
}

function digest(column: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
    .digest('hex');
}

type Figures = Pick<
  DevtoolsAnalysis,
  'id' | 'selfSize' | 'retainedSize' | 'dominator' | 'distance' | 'statistics' | 'aggregates'
>;

function expectExpected(figures: Figures, stem: string): void {
  const expected = JSON.parse(readFileSync(expectedPath(stem), 'utf8')) as Expected;
  const ranks = new Map(expected.topClasses.map(({ key }, rank) => [key, rank]));
  const top = figures.aggregates.filter(({ key }) => ranks.has(key));
  expect(figures.id.length).toBe(expected.nodeCount);
  expect({
    id_f64: digest(figures.id),
    selfSize_f64: digest(figures.selfSize),
    retainedSize_f64: digest(figures.retainedSize),
    dominator_u32: digest(figures.dominator),
    distance_i32: digest(figures.distance),
  }).toEqual({ ...expected.columns, note: undefined });
  expect(figures.statistics).toEqual(expected.statistics);
  expect(figures.aggregates.length).toBe(expected.classes);
  expect(top.sort((a, b) => (ranks.get(a.key) ?? 0) - (ranks.get(b.key) ?? 0))).toEqual(expected.topClasses);
}

function expectEqual(twins: PlainAnalysis, columns: ReferenceColumns, devtools: DevtoolsAnalysis): void {
  expect(columns.edgeCount).toBe(devtools.edgeCount);
  expect(twins.aggregates).toEqual(devtools.aggregates);
  expect(twins.statistics).toEqual(devtools.statistics);
  expect(digest(twins.detachedness)).toBe(digest(devtools.detachedness));
  expect(digest(twins.dominator)).toBe(digest(devtools.dominator));
  expect(digest(twins.retainedSize)).toBe(digest(devtools.retainedSize));
  expect(digest(twins.distance)).toBe(digest(devtools.distance));
  expect(twins.className.filter((text, node) => text !== devtools.className(node))).toEqual([]);
}

describe('corpus', () => {
  it('has ten files with expected figures and one without', () => {
    expect(known.length).toBe(10);
    expect(unknown).toEqual(['timeline.heaptimeline']);
  });

  it.each(known)(
    '%s: DevTools and the twins give the expected figures',
    async (stem) => {
      const devtools = await devtoolsFromFile(`${corpus}${stem}.gz`);
      if (isFailed(devtools)) throw new Error(devtools.failed);
      expectExpected(devtools, stem);
      const columns = await readReferenceFile(`${corpus}${stem}.gz`);
      const twins = analyzePlainly(graphOfColumns(columns));
      expectExpected({ ...twins, id: columns.id }, stem);
      expectEqual(twins, columns, devtools);
    },
    60_000,
  );

  it('timeline.heaptimeline: DevTools fails until the header stops announcing its functions', async () => {
    const path = `${corpus}timeline.heaptimeline.gz`;
    expect(await devtoolsFromFile(path)).toEqual({ failed: expect.stringContaining('addTraceTopNode') });
    const text = gunzipSync(readFileSync(path)).toString('latin1');
    const quiet = Buffer.from(text.replace(/"trace_function_count":\d+/, '"trace_function_count":0'), 'latin1');
    const devtools = await devtoolsFromFile(quiet);
    if (isFailed(devtools)) throw new Error(devtools.failed);
    const columns = await readReferenceFile(path);
    expectEqual(analyzePlainly(graphOfColumns(columns)), columns, devtools);
  }, 60_000);
});
