import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze, redactSnapshot } from 'heapsleuth';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SnapshotPicture } from '#src/base/report-types.js';
import type { Analysis } from '#src/base/types.js';
import { scanFolder } from '#src/batch/scan-folder.js';
import { judgeAnalysis } from '#src/gate/judge.js';
import { ReportRedaction } from '#src/report/redact-report.js';
import { TextRedaction } from '#src/report/redact-text.js';
import { OWN_WORDS } from '#src/report/redact-words.js';
import type { AnalysisInput, ReportInput, ScanReportInput } from '#src/report/reporter.js';
import { REPORTERS } from '#src/report/reporters.js';
import { createScreen } from '#src/report/screen.js';
import { run } from '../cli/run-cli.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { hostileAnalysis, hostileScan } from './hostile-inputs.js';
import { rendered } from './rendered.js';

const PROGRAM = fileURLToPath(new URL('programs/canaries.cjs', import.meta.url));
const DETECTORS = fileURLToPath(new URL('../../src/detect', import.meta.url));
const KEY = Buffer.from('a key of more than sixteen bytes');
const root = scratchFolder();
const folder = join(root, 'canary-folder');
const VIEW = { screen: createScreen(100, false), rows: 1000, root: '' };
const NAMES = Object.keys(REPORTERS);
/** Values, names that look like data, and all. */
const VALUES = /canary-(?:value|key|error)-[^"]{0,12}/gi;
const ODD = /canary-odd-\d+|canaryToken123456_\d+|canary-(?:value|key|error)-/gi;
const ANY = /.{0,20}canary.{0,20}/gi;

let analysis: AnalysisInput;
let scan: ScanReportInput;

beforeAll(async () => {
  mkdirSync(folder);
  const script = join(folder, 'canary-script.cjs');
  copyFileSync(PROGRAM, script);
  execFileSync(process.execPath, [script, folder]);
  writeIn(folder, 'canary-9.heapsnapshot', '{"snapshot":');
  writeIn(folder, 'canary.jsonl', '{"ts":1795410000000,"pid":7,"heapUsed":1}\n{"ts":"canary-broken"');
  const scanned = await scanFolder(folder, { top: 2000 }, { picture: true, drawsCharts: true });
  const found = scanned.analysis as Analysis;
  const budgets = { classes: { 'CanaryClass*': { count: 0 } }, suspects: { retainedSize: 0 } };
  const suppressions = [
    { signature: found.suspects?.[0].signature ?? '', reason: 'canary reason', expires: '2030-01-01' },
  ];
  const judged = judgeAnalysis(found, { failOn: 'high', today: '2026-12-01', budgets, suppressions });
  analysis = { kind: 'analysis', analysis: judged.result, gate: judged.report, ...VIEW };
  const evidence = { report: scanned.report, analysis: judged.result, telemetry: scanned.charts?.charts };
  scan = { kind: 'scan', ...evidence, gate: judged.report, extras: {}, ...VIEW };
}, 60_000);

/** An input as a command shows it. */
function hidden<Input extends ReportInput>(input: Input, level: 'names' | 'full'): Input {
  const redaction = new ReportRedaction(level, KEY);
  const shown =
    input.kind === 'scan'
      ? redaction.scan(input.report, input.analysis)
      : { analysis: redaction.analysis(input.analysis) };
  return {
    ...{ ...input, ...shown, ...(input.gate && { gate: redaction.gate(input.gate) }) },
    ...(input.telemetry && { telemetry: redaction.charts(input.telemetry) }),
  };
}

/** All that any form says of an input, and what it appends to files. */
async function allForms(input: ReportInput): Promise<[string, string][]> {
  return Promise.all(
    NAMES.map(async (name): Promise<[string, string]> => {
      const { appendix } = (await REPORTERS[name]()).reporter;
      return [name, (await rendered(name, input)) + (appendix?.render(input, 1e7) ?? '')];
    }),
  );
}

describe('a program of secrets', () => {
  test('has a thousand of them, and its report hundreds of names', async () => {
    const file = readFileSync(join(folder, 'canary-3.heapsnapshot'), 'latin1');
    expect(new Set(file.match(/canary[\w-]{3,}/gi)).size).toBeGreaterThan(1000);
    const json = await rendered('json', analysis);
    expect(new Set(json.match(/canary[\w-]{3,}/gi)).size).toBeGreaterThan(300);
    expect(analysis.analysis.suspects?.length).toBeGreaterThan(5);
    for (const [name, text] of await allForms(analysis)) expect(text.match(ANY) ?? [], name).not.toEqual([]);
  });

  test('basic: no value in any form', async () => {
    for (const input of [analysis, scan])
      for (const [name, text] of await allForms(input)) expect(text.match(VALUES) ?? [], name).toEqual([]);
  });

  test('names: no name that looks like data either; others stay', async () => {
    for (const input of [analysis, scan]) {
      for (const [name, text] of await allForms(hidden(input, 'names'))) {
        expect(text.match(ODD) ?? [], name).toEqual([]);
        expect(text.match(ANY) ?? [], name).not.toEqual([]);
      }
    }
    expect(await rendered('json', analysis)).toMatch(ODD);
  });

  test('full: none of a thousand in any form', async () => {
    for (const input of [analysis, scan])
      for (const [name, text] of await allForms(hidden(input, 'full'))) expect(text.match(ANY) ?? [], name).toEqual([]);
  });

  test('figures, signatures and the order stay', () => {
    const before = analysis.analysis;
    const after = hidden(analysis, 'full').analysis;
    const figures = ({ suspects = [], growth }: Analysis) => [
      suspects.map(({ signature, confidence, growth: rise, retainedSize }) => [
        signature,
        confidence,
        rise,
        retainedSize,
      ]),
      growth?.classes.map(({ count, trend }) => [count, trend]),
    ];
    expect(figures(after)).toEqual(figures(before));
    const names = (all: Analysis) => all.growth?.classes.map(({ name }) => name) ?? [];
    expect(new Set(names(after)).size).toBe(new Set(names(before)).size);
    expect(names(after)).toContain('Object');
    const known = before.suspects?.find(({ title }) => /^CanaryVault\.canaryField\d+\.canaryKey/.test(title));
    const shown = after.suspects?.find(({ signature }) => signature === known?.signature);
    const hashed = '\\[\\d+ chars [0-9a-f]{16}\\]';
    expect(shown?.title).toMatch(new RegExp(`^(?:${hashed}\\.){2}${hashed} keeps`));
    expect(shown?.repair).toMatch(/^Bound|^Cap|^Let go|^[A-Z][a-z]+ /);
  });

  test('the same names have the same placeholders as in a redacted snapshot', async () => {
    const output = join(root, 'redacted.heapsnapshot');
    await redactSnapshot(join(folder, 'canary-3.heapsnapshot'), output, { level: 'full', key: KEY });
    const snapshot = readFileSync(output, 'latin1');
    const after = hidden(analysis, 'full').analysis;
    const at = analysis.analysis.growth?.classes.findIndex(({ name }) => /^CanaryClass\d+$/.test(name)) ?? -1;
    const name = after.growth?.classes[at].name ?? '';
    expect(name).toMatch(/^\[\d+ chars [0-9a-f]{16}\]$/);
    expect(snapshot).toContain(`"${name}"`);
    const redacted = await analyze([output], { top: 5000 });
    const [last] = redacted.snapshots;
    const classes = last.ok ? last.classes.map((row) => row.name) : [];
    const shown = after.growth?.classes.map((row) => row.name).filter((one) => one.startsWith('[')) ?? [];
    expect(shown.length).toBeGreaterThan(140);
    expect(shown.filter((one) => !classes.includes(one))).toEqual([]);
  });
});

test('wherever a name could come from: 1,000 of them, all forms, an analysis and a scan', async () => {
  const secrets = Array.from({ length: 1000 }, (_, at) => {
    const shapes = [
      'Canary',
      'canary name ',
      'canary-',
      '"canary" ',
      '/home/canary/',
      'a (canary b) ',
      'ünicode canary ',
      '{canary, ',
    ];
    return `${shapes[at % shapes.length]}${at}`;
  });
  const own = { signature: 'a'.repeat(40), kind: 'global' };
  const picture = (names: readonly string[]): SnapshotPicture => ({
    classes: names.map((name) => ({ key: `,${name}`, name, count: 1, selfSize: 8, retainedSize: 16, distance: 3 })),
    tree: {
      ...{
        file: names[0],
        nodeCount: 1,
        totalSize: 1,
        leastSize: 0,
        texts: names,
        depth: [0],
        name: [0],
        className: [1],
      },
      ...{ id: [1], selfSize: [1], retainedSize: [1], childCount: [0] },
    },
    waste: {
      ...{ file: names[0], nodeCount: 1, totalSize: 1 },
      kinds: [{ kind: 'array-slack', reclaimable: 1, count: 1, itemCount: 1, items: names.slice(0, 5).map(wasteItem) }],
    },
  });
  const clean = (input: Analysis): Analysis => ({
    ...input,
    snapshots: input.snapshots.map((one, at) =>
      one.ok && !one.mode && at === 0 ? { ...one, picture: picture(one.classes.map(({ name }) => name)) } : one,
    ),
    suspects: input.suspects?.map((one) => ({ ...one, ...own, holder: { ...one.holder, kind: 'global' } })),
    growth: input.growth && {
      ...input.growth,
      paths: input.growth.paths?.map((one) => ({ ...one, holder: { ...one.holder, kind: 'global' } })),
    },
  });
  for (let from = 0; from < secrets.length; from += 25) {
    // Each name stands in a snapshot of every other one.
    const names = secrets.slice(from, from + 25);
    const [first, second] = [hostileAnalysis(names), hostileScan(names)];
    const { report } = second;
    const gate = first.gate && {
      ...first.gate,
      suppressions: first.gate.suppressions?.map((one) => ({ ...one, ...own })),
      comparison: first.gate.comparison && {
        ...first.gate.comparison,
        suspects: first.gate.comparison.suspects.map((one) => ({ ...one, signature: own.signature })),
      },
    };
    const inputs: ReportInput[] = [
      { ...first, gate, analysis: clean(first.analysis) },
      {
        ...second,
        gate,
        telemetry: names.map((name) => ({
          ...{ source: name, process: name, metric: 'v8.heap_used', hasTimes: true },
          ...{ ts: [1, 2], least: [1, 1], most: [2, 2], last: [1, 2], lows: [] },
        })),
        analysis: second.analysis && clean(second.analysis),
        report: {
          ...report,
          findings: report.findings.map((one) => ({
            ...one,
            ...own,
            anchor: 'flame://a',
            holder: { ...one.holder, kind: 'global' },
          })),
          trends: report.trends.map((one) => ({ ...one, metric: 'heapUsed' })),
          layers: report.layers.map((one) => ({ ...one, output: 'manifest' })),
        },
      },
    ];
    for (const input of inputs) {
      for (const [name, text] of await allForms(input)) expect(text.match(ANY) ?? [], name).not.toEqual([]);
      for (const [name, text] of await allForms(hidden(input, 'full'))) expect(text.match(ANY) ?? [], name).toEqual([]);
      expect(JSON.stringify(hidden(input, 'full'), replaceScreen).match(ANY)).toBeNull();
    }
  }
}, 60_000);

const replaceScreen = (key: string, value: unknown) => (key === 'screen' ? undefined : value);

function wasteItem(name: string) {
  return {
    ...{ holder: { expression: name, kind: 'global', place: { script: name, line: 1, column: 1 } }, className: name },
    ...{ count: 1, bytes: 1, reclaimable: 1, note: name, sampleIds: [1] },
    text: { length: name.length, fingerprint: '0123abcd', value: name },
  };
}

describe('what is hidden', () => {
  const full = new TextRedaction('full', KEY);
  const names = new TextRedaction('names', KEY);
  const hash = (text: string) =>
    `[${text.length} chars ${createHmac('sha256', KEY).update(text).digest('hex').slice(0, 16)}]`;

  test.each([
    ['global.cache', `global.${hash('cache')}`],
    ['module-level open in app.cjs', `module-level ${hash('open')} in ${hash('app.cjs')}`],
    ['variable table in makeTax() in tax.js', `variable ${hash('table')} in ${hash('makeTax')}() in ${hash('tax.js')}`],
    ['Cart.items["user 1"][]', `${hash('Cart')}.${hash('items')}["${hash('user 1')}"][]`],
    ['(table) (array)', '(table) (array)'],
    ['(context) system / Context', '(context) system / Context'],
    ['.request function (anonymous)', `.${hash('request')} function (anonymous)`],
    ['block variable (a or b)', `block variable (${hash('a')} or ${hash('b')})`],
  ])('full, who holds it: %s', (text, expected) => {
    expect(full.expression(text)).toBe(expected);
    expect(names.expression(text)).toBe(text.replace('"user 1"', `"${hash('user 1')}"`));
  });

  test.each([
    ['123-45-6789 times', `${hash('123-45-6789')} times`],
    ['4711 entries', `${hash('4711')} entries`],
    ['12 of 345 entries', '12 of 345 entries'],
    [
      'waits for Ünal',
      `waits for [4 chars ${createHmac('sha256', KEY).update('\\u00DCnal').digest('hex').slice(0, 16)}]`,
    ],
    [
      '日本 → x',
      `[2 chars ${createHmac('sha256', KEY).update('\\u65E5\\u672C').digest('hex').slice(0, 16)}] → ${hash('x')}`,
    ],
  ])('full, a sentence: %s', (text, expected) => {
    expect(full.sentence(text)).toBe(expected);
  });

  test('full: compiled code is called by its function; what V8 puts in brackets otherwise stays', () => {
    for (const text of ['(code for payInvoice)', '(code for a b)']) expect(full.name(text)).toBe(hash(text));
    for (const text of ['(BASELINE code)', '(code relocation info)', '(host-defined options)', '(GC roots)'])
      expect(full.name(text)).toBe(text);
    expect(names.name('(code for payInvoice)')).toBe('(code for payInvoice)');
  });

  test('names: what is long, odd, or has many digits', () => {
    const long = 'a'.repeat(41);
    expect(names.expression(`global.${long}`)).toBe(`global.${hash(long)}`);
    expect(names.expression('global.user12345')).toBe(`global.${hash('user12345')}`);
    expect(names.expression('global.user1')).toBe('global.user1');
    expect(names.name('data:text/javascript,alert')).toBe(hash('data:text/javascript,alert'));
  });

  test('the words of detectors are known, or their sentences would say less', () => {
    const labels = readdirSync(DETECTORS).flatMap((file) =>
      [...readFileSync(join(DETECTORS, file), 'utf8').matchAll(/(?:label|repair): ['"]([^'"]+)['"]/g)].map(
        ([, text]) => text,
      ),
    );
    expect(labels.length).toBeGreaterThan(50);
    const words = labels.flatMap((text) => text.replaceAll('{holder}', '').match(/[A-Za-z]{2,}(?:-[a-z]+)*/g) ?? []);
    expect(words.filter((word) => !OWN_WORDS.has(word) && full.sentence(word) !== word)).toEqual([]);
  });

  test('a key that could be guessed is refused', () => {
    expect(() => new ReportRedaction('full', Buffer.from('short'))).toThrow(RangeError);
  });
});

describe('the command', () => {
  const files = () => [0, 1, 2, 3].map((round) => join(folder, `canary-${round}.heapsnapshot`));

  test('hides in documents, text and reports; the same key gives the same bytes', async () => {
    const key = writeIn(root, 'key', KEY);
    const options = ['--redact', 'full', '--key-file', key];
    const [first, second] = [
      await run(['analyze', ...files(), '--json', ...options]),
      await run(['analyze', ...files(), '--json', ...options]),
    ];
    expect(first.code).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    const summary = join(root, 'summary.md');
    const outputs = [
      first,
      await run(['batch', folder, ...options]),
      await run(['batch', folder, ...options, '--reporter', 'github'], { GITHUB_STEP_SUMMARY: summary }),
      await run(['diff', files()[0], files()[1], ...options]),
      await run(['diff', files()[0], files()[1], '--json', ...options]),
      await run(['scan', folder, '--json', '--alerts', join(root, 'alerts'), ...options]),
    ];
    for (const { stdout } of outputs) {
      expect(stdout.length).toBeGreaterThan(100);
      expect(stdout.match(ANY)).toBeNull();
    }
    expect(readFileSync(summary, 'utf8').match(ANY)).toBeNull();
  });

  test('hides in all that a scan leaves behind it', async () => {
    const [alerts, archive, messages] = ['alerts', 'archive', 'messages'].map((name) => join(root, 'kept', name));
    const kept = ['--alerts', alerts, '--archive', archive, '--messages', messages];
    const { code } = await run(['scan', folder, ...kept, '--redact', 'full', '--fail-on', 'never']);
    expect(code).toBe(3);
    const left = readdirSync(join(root, 'kept'), { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => /canary/i.test(name))).toEqual([]);
    const files = left.map((name) => join(root, 'kept', name)).filter((name) => statSync(name).isFile());
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(readFileSync(file, 'latin1').match(ANY), file).toBeNull();
    // The columns are compressed, so they are read as well.
    const views = ['series', 'classes', 'suspects', 'findings', 'alerts'];
    for (const view of views) {
      const { stdout } = await run([
        'query',
        `SELECT * FROM ${view}`,
        '--archive',
        archive,
        '--json',
        '--limit',
        '100000',
      ]);
      expect(JSON.parse(stdout).columns.length).toBeGreaterThan(3);
      expect(stdout.match(ANY), view).toBeNull();
    }
  });

  test.each([
    [['--redact', 'some'], 'Expected none, basic, names or full.'],
    [['--redact', 'full', '--key-file', '/dev/null'], 'found a key of 0 bytes, expected 16 at least'],
  ])('%j is refused', async (options, message) => {
    const { code, stderr } = await run(['analyze', files()[0], ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('basic is what there is without it', async () => {
    const plain = await run(['analyze', ...files(), '--json']);
    expect(await run(['analyze', ...files(), '--json', '--redact', 'basic'])).toEqual(plain);
  });
});
