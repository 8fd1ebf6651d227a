import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { engineVersion } from '#src/base/engine-version.js';
import type { AnalysisInput, ReportInput, ScanReportInput } from '#src/report/reporter.js';
import { REPORTERS } from '#src/report/reporters.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { demoAnalysis, demoScan } from './demo-inputs.js';
import { gated } from './gated-inputs.js';
import { readCsv } from './readers/csv.js';
import { readIsland } from './readers/island.js';
import { tableCells } from './readers/markdown.js';
import { readOpenMetrics } from './readers/openmetrics.js';
import { SARIF, SPEEDSCOPE } from './readers/schemas.js';
import { readXml } from './readers/xml.js';
import { rendered, TEXT_REPORTERS } from './rendered.js';
import { schemaViolations } from './schema-check.js';

const GOLDEN = fileURLToPath(new URL('golden', import.meta.url));
/** Formats of a scan whose goldens add something to those of an analysis, and have no hash of the version in them. */
const OF_SCANS = ['terminal', 'markdown', 'csv', 'junit', 'github', 'sarif', 'openmetrics', 'speedscope', 'folded'];
const folder = scratchFolder();
let analysis: AnalysisInput;
let scan: ScanReportInput;

beforeAll(async () => {
  analysis = await demoAnalysis();
  scan = await demoScan(join(folder, 'demo'));
});

/** `UPDATE_GOLDEN=1` writes what is expected from now on. */
function expectGolden(name: string, text: string): void {
  const file = join(GOLDEN, name);
  const found = text.replaceAll(`${engineVersion()}"`, 'VERSION"');
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, found);
  expect(existsSync(file), file).toBe(true);
  expect(found).toBe(readFileSync(file, 'utf8'));
}

/** Of the page what it shows: script and style are the build's. */
function readableIsland(page: string): string {
  return `${JSON.stringify(readIsland(page), null, 2)}\n`;
}

describe('the demo series', () => {
  test.each(TEXT_REPORTERS)('as %s', async (name) => {
    const text = await rendered(name, analysis);
    expectGolden(`analysis.${name}`, name === 'html' ? readableIsland(text) : text);
    expect(await rendered(name, analysis)).toBe(text);
  });

  test('scanned, as html', async () => {
    const { scan: report, analysis: ofSnapshots } = readIsland(await rendered('html', scan));
    expect([report?.verdict, report?.layers.length, ofSnapshots?.suspects?.length]).toEqual(['leak', 5, 1]);
    expect(report?.layers.every(({ payload }) => payload === null)).toBe(true);
  });

  test.each(OF_SCANS)('scanned, as %s', async (name) => {
    // Hashes are signed with the version.
    expectGolden(`scan.${name}`, (await rendered(name, scan)).replace(/^( {2}L\d .{28}) \w{12}/gm, '$1 (signature)'));
  });
});

/** Forms that say what a result was held against. */
const GATED = ['terminal', 'json', 'ndjson', 'markdown', 'junit', 'github', 'sarif', 'openmetrics'];

describe('held against budgets, a baseline and suppressions', () => {
  test.each(GATED)('as %s', async (name) => {
    expectGolden(`gated.${name}`, await rendered(name, gated(analysis, false)));
    expectGolden(`suppressed.${name}`, await rendered(name, gated(analysis, true)));
  });

  test('as html', async () => {
    for (const [name, isSuppressed] of [['gated', false] as const, ['suppressed', true] as const]) {
      const { gate, analysis: shown } = readIsland(await rendered('html', gated(analysis, isSuppressed)));
      // All else is as without a gate.
      const marks = shown?.suspects?.map(({ title, suppressed, baseline }) => ({ title, suppressed, baseline }));
      expectGolden(`${name}.html`, `${JSON.stringify({ gate, marks }, null, 2)}\n`);
    }
  });

  test('what readers take is taken', async () => {
    for (const input of [gated(analysis, false), gated(analysis, true)]) {
      expect(schemaViolations(SARIF, JSON.parse(await rendered('sarif', input)))).toEqual([]);
      expect(schemaViolations(SCHEMAS.analysis, JSON.parse(await rendered('json', input)))).toEqual([]);
      expect(readXml(await rendered('junit', input)).children.map(({ attributes }) => attributes.name)).toEqual([
        'files',
        'suspects',
        'budgets',
        'baseline',
      ]);
      readOpenMetrics(await rendered('openmetrics', input));
    }
  });
});

describe('each format is what its readers take', () => {
  const both = (): readonly ReportInput[] => [analysis, scan];

  test('junit: a case for each file, suspect, heap and layer; sums are those of the cases', async () => {
    const [first, second] = await Promise.all(both().map(async (input) => readXml(await rendered('junit', input))));
    const suites = (root: typeof first) => root.children.map(({ attributes }) => [attributes.name, attributes.tests]);
    expect(suites(first)).toEqual([
      ['files', '7'],
      ['suspects', '1'],
    ]);
    expect(suites(second)).toEqual([
      ['files', '9'],
      ['series', '1'],
      ['layers', '5'],
      ['findings', '1'],
    ]);
    expect(second.attributes).toMatchObject({ tests: '16', failures: '2', errors: '1', skipped: '0' });
    const cases = second.children.flatMap(({ children }) => children);
    const outcomes = (wanted: string) => cases.filter(({ children: [child] }) => child?.name === wanted).length;
    expect([cases.length, outcomes('failure'), outcomes('error')]).toEqual([16, 2, 1]);
    const failure = first.children[1].children[0].children[0];
    expect(failure.attributes.message).toMatch(
      /^\+50 and \+852\.4 kB an interval, 250 → 500, linear, confidence 0\.94/,
    );
  });

  test('csv: classes of the last snapshot compared, with their growth', async () => {
    const [head, ...rows] = readCsv(await rendered('csv', analysis));
    const value = (name: string) => rows.find(([, text]) => text === 'RequestContext')?.[head.indexOf(name)];
    expect([value('count'), value('count_delta'), value('rising_steps'), value('steps')]).toEqual([
      '500',
      '300',
      '6',
      '6',
    ]);
    expect([value('retained_size'), value('bytes_per_interval'), value('shape')]).toEqual([
      '8508384',
      '850848',
      'linear',
    ]);
    expect(value('snapshot')).toBe('server-8.heapsnapshot.gz');
  });

  test('sarif: what has a place in a source, relative to the folder one works in', async () => {
    for (const input of both()) {
      const log = JSON.parse(await rendered('sarif', input));
      expect(schemaViolations(SARIF, log)).toEqual([]);
      const [{ tool, results }] = log.runs;
      expect(results).toHaveLength(1);
      expect(tool.driver.rules[results[0].ruleIndex].id).toBe(results[0].ruleId);
      expect(results[0].locations[0].physicalLocation).toEqual({
        artifactLocation: { uri: 'server.cjs' },
        region: { startLine: 64, startColumn: 14 },
      });
    }
  });

  test('speedscope: profiles whose weights are those of the suspects', async () => {
    for (const input of both()) {
      const file = JSON.parse(await rendered('speedscope', input));
      expect(schemaViolations(SPEEDSCOPE, file)).toEqual([]);
      const [profile, growing] = file.profiles;
      expect([profile.weights, profile.endValue]).toEqual([[8_523_592], 8_523_592]);
      expect(profile.samples[0].map((at: number) => file.shared.frames[at].name).at(-2)).toBe('(table) (array)');
      expect(growing.name).toBe('growing paths');
      expect(growing.samples.flat().every((at: number) => at < file.shared.frames.length)).toBe(true);
    }
  });

  test('folded: the same stacks', async () => {
    const [first, ...more] = (await rendered('folded', analysis)).trimEnd().split('\n');
    expect(first).toMatch(/^suspects;\[\] global;.*;\.inFlight Map;\(table\) \(array\);\[\] RequestContext 8523592$/);
    for (const line of more) expect(line).toMatch(/^growing paths;[^;]+;[^;]+ \d+$/);
  });

  test('openmetrics: gauges by class, suspect, snapshot and heap', async () => {
    const families = readOpenMetrics(await rendered('openmetrics', scan));
    const samples = (name: string) => families.find((family) => family.name === name)?.samples ?? [];
    expect(samples('heapsleuth_failed_inputs')).toEqual([{ labels: {}, value: 1 }]);
    expect(samples('heapsleuth_class_objects')).toContainEqual({ labels: { class: 'RequestContext' }, value: 500 });
    expect(samples('heapsleuth_suspect_growth_bytes')[0].value).toBe(852_448);
    expect(samples('heapsleuth_heap_rising')).toEqual([{ labels: { source: 'a.jsonl', process: '7' }, value: 1 }]);
  });

  test('ndjson: the document in lines', async () => {
    const read = async (name: string, input: ReportInput) => (await rendered(name, input)).trimEnd().split('\n');
    const [head, ...lines] = (await read('ndjson', analysis)).map((line) => JSON.parse(line));
    const document = JSON.parse(await rendered('json', analysis));
    const of = (wanted: string) => lines.filter(({ kind }) => kind === wanted).map(({ kind: _, ...fields }) => fields);
    expect({ ...head.growth, classes: of('class'), paths: of('path'), dominated: of('dominated') }).toEqual(
      document.growth,
    );
    expect({ snapshots: of('snapshot'), suspects: of('suspect') }).toEqual({
      snapshots: document.snapshots,
      suspects: document.suspects,
    });
    const kinds = (await read('ndjson', scan)).map((line) => JSON.parse(line).kind);
    expect(kinds.slice(0, 3)).toEqual(['scan', 'finding', 'trend']);
    expect(kinds.filter((kind) => kind === 'input')).toHaveLength(9);
  });

  test('markdown: tables with as many cells in every line', async () => {
    for (const input of both()) {
      const tables = (await rendered('markdown', input)).split('\n').filter((line) => line.startsWith('|'));
      expect(tables.length).toBeGreaterThan(10);
      const widths = new Set(tables.map((line) => tableCells(line).length));
      expect([...widths].sort()).toEqual(input.kind === 'scan' ? [2, 4, 5, 6] : [4, 6]);
    }
  });

  test('github: an annotation for each suspect and each file that failed, and a summary that is cut at a line', async () => {
    const lines = (await rendered('github', scan)).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^::error file=server\.cjs,line=64,col=14,title=InvoiceServer\.inFlight keeps RequestContext::/,
    );
    expect(lines[1]).toMatch(/^::error title=heapsleuth::s-9\.heapsnapshot: TRUNCATED: /);
    const { appendix } = (await REPORTERS.github()).reporter;
    const whole = appendix?.render(analysis, 1e6) ?? '';
    expect(whole).toBe(await rendered('markdown', analysis));
    for (const room of [0, 10, 100, 300, 600, 1000]) {
      const cut = appendix?.render(analysis, room) ?? '';
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(room);
      const [kept] = cut.split('\n\nMore would not fit.\n');
      expect(whole.startsWith(kept)).toBe(true);
      if (room >= 100) expect(whole.slice(kept.length)).toMatch(/^\n/);
    }
  });
});

test('an analysis without suspects, and one of nothing, have their forms too', async () => {
  const { suspects: _, series: __, growth: ___, ...bare } = analysis.analysis;
  const [first] = bare.snapshots;
  for (const snapshots of [[first], []]) {
    const input: AnalysisInput = { ...analysis, analysis: { ...bare, snapshots } };
    for (const name of Object.keys(REPORTERS)) expect(await rendered(name, input), name).toBeTypeOf('string');
    expect(readCsv(await rendered('csv', input)).length).toBe(snapshots.length === 0 ? 1 : 3);
    expect(readXml(await rendered('junit', input)).attributes.tests).toBe(String(snapshots.length));
    expect(JSON.parse(await rendered('speedscope', input)).profiles).toHaveLength(1);
    expect(JSON.parse(await rendered('sarif', input)).runs[0].results).toEqual([]);
    expect(await rendered('folded', input)).toBe('');
    readOpenMetrics(await rendered('openmetrics', input));
  }
});

test('only what is sure fails: the rest is a warning, a pattern a notice, and what is hardly one is left out', async () => {
  const [suspect] = analysis.analysis.suspects ?? [];
  const suspects = [
    { ...suspect, title: 'sure' },
    { ...suspect, title: 'perhaps', confidence: 0.5 },
    { ...suspect, title: 'seen', verdict: 'pattern', growth: null } as const,
    { ...suspect, title: 'hardly', confidence: 0.05 },
  ];
  const input: AnalysisInput = { ...analysis, analysis: { ...analysis.analysis, suspects } };
  const annotations = (await rendered('github', input)).trimEnd().split('\n');
  expect(annotations.map((line) => /^::(\w+) .*title=(\w+)::/.exec(line)?.slice(1))).toEqual([
    ['error', 'sure'],
    ['warning', 'perhaps'],
    ['notice', 'seen'],
  ]);
  const cases = readXml(await rendered('junit', input)).children[1].children;
  expect(cases.map(({ children }) => children[0].name)).toEqual(['failure', 'system-out', 'system-out']);
  const { results } = JSON.parse(await rendered('sarif', input)).runs[0];
  expect(results.map(({ level }: { level: string }) => level)).toEqual(['error', 'warning', 'note']);
  expect(await rendered('markdown', input)).toMatch(
    /^## heapsleuth: 1 leak suspect\.\n.*### 3\. `seen`\n\n- confidence 0\.94: retains 8\.5 MB\n/s,
  );
});

test('a finding stands where the original source has it', async () => {
  const original = { script: 'src/shop.ts', line: 7, column: 1 };
  const findings = scan.report.findings.map((finding) => ({ ...finding, original }));
  const input: ScanReportInput = { ...scan, report: { ...scan.report, findings } };
  expect(await rendered('github', input)).toMatch(/^::error file=src\/shop\.ts,line=7,col=1,/);
});

test('classes of one name are told apart in metrics', async () => {
  const { growth } = analysis.analysis;
  if (growth === undefined) throw new Error('expected a series');
  const classes = [growth.classes[0], growth.classes[0], growth.classes[0]];
  const input: AnalysisInput = { ...analysis, analysis: { ...analysis.analysis, growth: { ...growth, classes } } };
  const families = readOpenMetrics(await rendered('openmetrics', input));
  const samples = families.find(({ name }) => name === 'heapsleuth_class_objects')?.samples ?? [];
  expect(samples.map(({ labels }) => labels.nth)).toEqual([undefined, '2', '3']);
});
