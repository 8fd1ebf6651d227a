import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnalysisInput, ReportInput, ScanReportInput } from '#src/report/reporter.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { demoAnalysis, demoScan } from './demo-inputs.js';
import { hostileAnalysis, hostileScan, PAYLOADS } from './hostile-inputs.js';
import { TERMINAL_ACTIVE } from './hostile-names.js';
import { queryParquet, readParquet } from './readers/parquet.js';
import { readPprof } from './readers/pprof.js';
import { rendered, renderedBytes } from './rendered.js';

const PARQUET = ['parquet', 'parquet-growth', 'parquet-findings'] as const;
const GOLDEN = fileURLToPath(new URL('golden', import.meta.url));
const folder = scratchFolder();
let analysis: AnalysisInput;
let scan: ScanReportInput;

beforeAll(async () => {
  analysis = await demoAnalysis();
  scan = await demoScan(join(folder, 'demo'));
});

/** What was read, a line each: `UPDATE_GOLDEN=1` writes what is expected from now on. */
function expectGolden(name: string, content: readonly unknown[]): void {
  const file = join(GOLDEN, name);
  const text = content.map((one) => `${JSON.stringify(one)}\n`).join('');
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(existsSync(file), file).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** Bytes by stack as folded stacks have it; what ends a frame there is what it is here. */
async function foldedOf(input: ReportInput): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const line of (await rendered('folded', input)).split('\n').filter((line) => line !== '')) {
    const [, stack, bytes] = /^(.*) (\d+)$/.exec(line) ?? [];
    sums.set(stack, (sums.get(stack) ?? 0) + Number(bytes));
  }
  return sums;
}

describe('pprof', () => {
  test('has the stacks of folded, with their bytes, and objects where they are known', async () => {
    for (const input of [analysis, scan, hostileAnalysis(PAYLOADS), hostileScan(PAYLOADS)]) {
      const { types, defaultType, stacks } = readPprof(await renderedBytes('pprof', input));
      expect([types, defaultType]).toEqual([['objects/count', 'space/bytes'], 'space']);
      const sums = new Map<string, number>();
      for (const { frames, values, labels } of stacks) {
        expect(labels.group).toBe(frames[0].name);
        const stack = frames.map(({ name }) => name.replaceAll(';', '\\x3b')).join(';');
        sums.set(stack, (sums.get(stack) ?? 0) + values[1]);
      }
      expect(sums).toEqual(await foldedOf(input));
      expect(sums.size).toBeGreaterThan(1);
    }
  });

  test('of the demo is what it was', async () => {
    const bytes = await renderedBytes('pprof', analysis);
    expect(await renderedBytes('pprof', analysis)).toEqual(bytes);
    const { stacks } = readPprof(bytes);
    expectGolden('analysis.pprof', stacks);
    expect(stacks[0]).toMatchObject({ values: [500, 8_523_592], labels: { group: 'suspects' } });
    expect(
      stacks.flatMap(({ frames }) => frames).some(({ file, line }) => file.endsWith('server.cjs') && line > 0),
    ).toBe(true);
  });

  test('is a profile without stacks where there is nothing', async () => {
    const empty: AnalysisInput = { ...analysis, analysis: { schemaVersion: 1, snapshots: [] } };
    expect(readPprof(await renderedBytes('pprof', empty)).stacks).toEqual([]);
  });

  test('names of a heap stay names: on one line, nothing that a terminal acts on', async () => {
    for (const input of [hostileAnalysis(PAYLOADS), hostileScan(PAYLOADS)]) {
      const names = readPprof(await renderedBytes('pprof', input)).stacks.flatMap(({ frames }) => frames);
      expect(names.length).toBeGreaterThan(3 * PAYLOADS.length);
      for (const { name, file } of names) expect(`${name}${file}`).not.toMatch(/\n|\t/);
      for (const { name, file } of names) expect(`${name}${file}`).not.toMatch(TERMINAL_ACTIVE);
    }
  });
});

describe.each(PARQUET)('%s', (name) => {
  test('is read alike by two readers, and has what it had', async () => {
    for (const [at, input] of [analysis, scan].entries()) {
      const bytes = await renderedBytes(name, input);
      expect(await renderedBytes(name, input)).toEqual(bytes);
      const rows = await readParquet(bytes);
      expect(rows.length).toBeGreaterThan(0);
      expect(await queryParquet(writeIn(folder, `${name}-${at}.parquet`, bytes))).toEqual(rows);
      if (input === analysis) expectGolden(`analysis.${name}`, rows);
    }
  });

  test('keeps hostile names on one line, and every row', async () => {
    for (const input of [hostileAnalysis(PAYLOADS), hostileScan(PAYLOADS)]) {
      const bytes = await renderedBytes(name, input);
      const rows = await readParquet(bytes);
      expect(rows.length).toBeGreaterThanOrEqual(PAYLOADS.length);
      expect(await queryParquet(writeIn(folder, `${name}-hostile.parquet`, bytes))).toEqual(rows);
      const texts = rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string');
      for (const text of texts) expect(text).not.toMatch(TERMINAL_ACTIVE);
      for (const text of texts) expect(text).not.toMatch(/\n|\t/);
    }
  });

  test('has its columns where there are no rows', async () => {
    const empty: AnalysisInput = { ...analysis, analysis: { schemaVersion: 1, snapshots: [] } };
    const bytes = await renderedBytes(name, empty);
    expect(await readParquet(bytes)).toEqual([]);
    expect(await queryParquet(writeIn(folder, `${name}-empty.parquet`, bytes), 'count(*) AS rows')).toEqual([
      { rows: 0 },
    ]);
  });
});

describe('the rows', () => {
  test('of classes are each class in each snapshot, with its change', async () => {
    const rows = await readParquet(await renderedBytes('parquet', analysis));
    const { growth, snapshots } = analysis.analysis;
    const grown = growth?.classes.find((row) => row.name === 'RequestContext');
    const own = rows.filter((row) => row.class === 'RequestContext');
    expect(own.map(({ count }) => count)).toEqual(grown?.count);
    expect(own.map(({ retained_size }) => retained_size)).toEqual(grown?.retainedSize);
    expect(own.map(({ count_delta }) => count_delta)).toEqual([null, ...(grown?.countDeltas ?? [])]);
    expect(own.map(({ position }) => position)).toEqual([...snapshots.keys()]);
    const changed = new Set(growth?.classes.map(({ key }) => key));
    for (const [position, outcome] of snapshots.entries()) {
      const keys = rows.filter((row) => row.position === position).map(({ class_key }) => class_key);
      expect(new Set(keys).size).toBe(keys.length);
      const listed = outcome.ok ? outcome.classes.filter(({ key }) => !changed.has(key)) : [];
      expect(keys).toHaveLength(changed.size + listed.length);
    }
  });

  test('of growth are each group in each snapshot that was compared', async () => {
    const rows = await readParquet(await renderedBytes('parquet-growth', analysis));
    const { growth, series } = analysis.analysis;
    const groups = (growth?.paths?.length ?? 0) + (growth?.dominated?.length ?? 0);
    expect(rows).toHaveLength(groups * (series?.compared.length ?? 0));
    expect(rows.slice(0, series?.compared.length).map(({ count }) => count)).toEqual(growth?.paths?.[0].count);
    expect(rows.slice(0, series?.compared.length).map(({ position }) => position)).toEqual(series?.compared);
  });

  test('of findings are what other reporters tell', async () => {
    const [row, ...others] = await readParquet(await renderedBytes('parquet-findings', scan));
    expect(others).toEqual([]);
    const [finding] = scan.report.findings;
    expect(row).toMatchObject({ signature: finding.signature, holder: 'InvoiceServer.inFlight', count: 500 });
    expect(JSON.parse(String(row.path))).toEqual(finding.path);
  });
});
