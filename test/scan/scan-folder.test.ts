import { copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scan } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { scanJson } from '#src/report/scan-json.js';
import { scanText } from '#src/report/scan-text.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { createScreen } from '#src/report/screen.js';
import type { SignedLayer } from '#src/scan/context.js';
import { validateChain } from '#src/scan/context.js';
import { scratchFolder } from '../api/snapshot-files.js';
import { schemaViolations } from '../report/schema-check.js';

const SNAPSHOTS = [2, 3, 4, 5, 6, 7, 8].map((step) =>
  fileURLToPath(new URL(`../../snapshots/server-${step}.heapsnapshot.gz`, import.meta.url)),
);
const root = scratchFolder();
let folders = 0;

function folderWith(files: Readonly<Record<string, string>>, snapshots: readonly string[] = []): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (const [at, file] of snapshots.entries()) copyFileSync(file, join(folder, `s-${at}.heapsnapshot.gz`));
  return folder;
}

/** A heap that is collected every ten samples, and keeps so much more each time. */
function telemetry(growth: number): string {
  const lines = Array.from({ length: 400 }, (_, at) => {
    const used = 2e7 + Math.floor(at / 10) * growth + (at % 10) * 2e6;
    return JSON.stringify({ ts: 1_795_410_000_000 + 10_000 * at, pid: 7, heapUsed: used, heapTotal: 9e7, rss: 2e8 });
  });
  return lines.join('\n');
}

const seen = (trail: readonly { level: number }[]) => trail.map(({ level }) => level);

describe('the scan of a folder', () => {
  test('brings telemetry and snapshots together: each finding says which layer saw what', async () => {
    const report = await scan(folderWith({ 'a.v8.jsonl': telemetry(900_000) }, SNAPSHOTS));
    expect(report).toMatchObject({ verdict: 'leak', contradictions: [] });
    const [finding, ...others] = report.findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ title: 'InvoiceServer.inFlight keeps RequestContext', severity: 'MEDIUM' });
    expect(seen(finding.trail)).toEqual([1, 2, 3, 4]);
    expect(finding.anchor).toBe(`flame://${finding.signature}#growth`);
    expect(report.layers.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(() => validateChain(report.layers as readonly SignedLayer[], report.engineVersion)).not.toThrow();
    expect(report.inputs.map(({ kind }) => kind)).toEqual(['telemetry', ...SNAPSHOTS.map(() => 'snapshot')]);
  });

  test('goes on without evidence, and signs that there is none', async () => {
    const rising = await scan(folderWith({ 'a.jsonl': telemetry(900_000) }));
    expect(rising).toMatchObject({ verdict: 'leak', findings: [] });
    const reasons = rising.layers.map(({ status, reason }) => [status, reason]);
    expect(reasons).toEqual([['ok', undefined], ...Array(4).fill(['no-evidence', 'no snapshot that could be read'])]);
    const steady = await scan(folderWith({ 'a.jsonl': telemetry(0) }));
    expect(steady).toMatchObject({ verdict: 'clean', findings: [] });
    const snapshots = await scan(folderWith({}, SNAPSHOTS));
    expect(snapshots.layers[0]).toMatchObject({ status: 'no-evidence', reason: 'no telemetry' });
    expect(seen(snapshots.findings[0].trail)).toEqual([2, 3, 4]);
    const one = await scan(folderWith({}, SNAPSHOTS.slice(-1)));
    expect(one).toMatchObject({ verdict: 'no evidence' });
    expect(one.layers[1].reason).toBe('one snapshot: nothing to compare');
  });

  test('says what is wrong with each file, and uses the others', async () => {
    const bad = `${telemetry(900_000)}\n{"ts":\nnonsense\n`;
    const folder = folderWith({ 'a.jsonl': bad, 'b.log': 'hello\n', 'c.heapsnapshot': '{"snapshot":' });
    symlinkSync('/etc/hostname', join(folder, 'd.log'));
    const { inputs, verdict } = await scan(folder);
    expect(verdict).toBe('leak');
    expect(inputs).toMatchObject([
      { file: 'a.jsonl', kind: 'telemetry', used: 400, bad: 2, badLines: [{ line: 401 }, { line: 402 }] },
      { file: 'b.log', kind: 'other', lines: 1 },
      { file: 'c.heapsnapshot', kind: 'snapshot', error: { code: 'TRUNCATED' } },
    ]);
    expect(inputs).toHaveLength(3);
  });

  test('is unverified where the snapshots are not in the order that they say', async () => {
    const report = await scan(folderWith({}, SNAPSHOTS.toReversed()));
    expect(report.verdict).toBe('unverified');
    expect(report.contradictions[0]).toMatch(/^SNAPSHOT_ORDER/);
  });

  test('has the same bytes each time, as its schema says, and none of a terminal’s codes in its text', async () => {
    const folder = folderWith({ 'a.jsonl': telemetry(900_000), 'b\u001b[31m.log': 'x' }, SNAPSHOTS.slice(0, 3));
    const [first, second] = [await scan(folder), await scan(folder)];
    expect(scanJson(second)).toBe(scanJson(first));
    expect(schemaViolations(SCHEMAS.scan, JSON.parse(scanJson(first)))).toEqual([]);
    const text = scanText(first, createScreen(120, false));
    expect(text).toMatch(/^Something leaks\.\n|^Heaps go on growing/);
    for (const character of text) expect(character === '\n' || character >= ' ').toBe(true);
  });

  test('compares with the telemetry of another run, and rejects a baseline that is none', async () => {
    const folder = folderWith({ 'now.jsonl': telemetry(0) });
    const other = folderWith({ 'small.jsonl': telemetry(0).replaceAll('"heapUsed":', '"heapUsed":0'), 'x.txt': 'x' });
    const frozen = async (baseline: string) =>
      (await scan(folder, { baseline })).trends[0].rules.find(({ rule }) => rule === 'frozen');
    expect((await frozen(join(folder, 'now.jsonl')))?.fired).toBe(0);
    writeFileSync(join(other, 'small.jsonl'), telemetry(0).replaceAll(/"heapUsed":\d/g, '"heapUsed":1'));
    expect((await frozen(join(other, 'small.jsonl')))?.fired).toBeGreaterThan(100);
    await expect(frozen(join(other, 'x.txt'))).rejects.toMatchObject({ code: 'UNREADABLE' });
    await expect(frozen(join(other, 'missing'))).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  test('gives a file no more time than it may have', async () => {
    const lines = Array.from({ length: 200 }, () => telemetry(0)).join('\n');
    const { inputs } = await scan(folderWith({ 'a.jsonl': lines, 'b.csv': 'x' }), { fileTimeout: 1 });
    expect(inputs[0]).toMatchObject({
      file: 'a.jsonl',
      error: { code: 'TIMEOUT', message: 'found that reading takes more than 0.001 s, expected less' },
    });
  });

  test('reads heap profiles, and says places in original sources by the maps of a folder', async () => {
    const profile = (bytes: number) => {
      const frame = { functionName: 'fill', scriptId: '1', url: '/app/out.js', lineNumber: 0, columnNumber: 0 };
      const child = { callFrame: frame, selfSize: bytes, id: 2, children: [] };
      const root = { ...frame, functionName: '(root)', url: '' };
      return JSON.stringify({ head: { callFrame: root, selfSize: 0, id: 1, children: [child] }, samples: [] });
    };
    const files = { '1.heapprofile': profile(10), '2.heapprofile': profile(90), '3.heapprofile': '{"head":' };
    const sourceMap = { version: 3, sources: ['src/fill.ts'], names: [], mappings: 'AAKE' };
    const sourceMaps = folderWith({ 'out.js.map': JSON.stringify(sourceMap) });
    const report = await scan(folderWith(files), { sourceMaps });
    expect(report.inputs).toMatchObject([
      { file: '1.heapprofile', kind: 'profile' },
      { file: '2.heapprofile', kind: 'profile' },
      { file: '3.heapprofile', kind: 'profile', error: { code: 'TRUNCATED' } },
    ]);
    expect(report.sites).toMatchObject([
      { function: 'fill', values: [10, 90], original: { script: 'src/fill.ts', line: 6, column: 3 } },
    ]);
    expect(schemaViolations(SCHEMAS.scan, JSON.parse(scanJson(report, { span: 'a', seed: true })))).toEqual([]);
    const text = scanText(report, createScreen(120, false), { span: 'a', seed: true });
    expect(text).toMatch(/^Heap profiles alone are no verdict\./);
    expect(text).toContain('src/fill.ts:6');
    expect(text).toContain('flame://a#cpu+io');
    expect(text).toContain('L5 business logic: converges with 0.45 by the formula, 0.95 by its text');
  });

  test('says when a file has more processes than are told apart', async () => {
    const lines = Array.from({ length: 300 }, (_, pid) =>
      JSON.stringify({ ts: 1_795_410_000_000, pid, heapUsed: 1, heapTotal: 2, rss: 3 }),
    );
    const report = await scan(folderWith({ 'a.jsonl': lines.join('\n') }));
    expect(report.inputs[0]).toMatchObject({ used: 300, left: 44 });
    expect(scanText(report, createScreen(200, false))).toContain('44 samples of more than 256 processes left out');
  });

  test('keeps what it is told to, and nothing otherwise', async () => {
    const folder = folderWith({ 'a.jsonl': telemetry(900_000) }, SNAPSHOTS);
    const before = readdirSync(folder);
    await scan(folder);
    expect(readdirSync(folder)).toEqual(before);
    const kept = folderWith({});
    const notes: string[] = [];
    const options = {
      alerts: join(kept, 'alerts'),
      archive: join(kept, 'archive'),
      onNote: (note: string) => notes.push(note),
    };
    await scan(folder, options);
    expect(notes).toEqual([
      expect.stringMatching(/^alert: .*alert-[0-9a-f-]{36}\.json$/),
      expect.stringMatching(/^archive: [\d,]+ rows in 5 files of /),
    ]);
    expect(readdirSync(join(kept, 'archive'))).toEqual(['alerts', 'classes', 'findings', 'series', 'suspects']);
  });

  test('rejects for a folder that is none, and for an abort', async () => {
    await expect(scan(join(root, 'missing'))).rejects.toMatchObject({ code: 'UNREADABLE' });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(scan(root, { signal })).rejects.toThrow('enough');
  });
});
