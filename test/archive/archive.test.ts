import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KeptScan } from '#src/archive/kept-scan.js';
import { listParts, partitionOf, removeBefore } from '#src/archive/partitions.js';
import { TABLES, type TableName } from '#src/archive/tables.js';
import { archiveScan } from '#src/archive/write-archive.js';
import { keepScan } from '#src/batch/keep-scan.js';
import type { FolderScan } from '#src/batch/scan-folder.js';
import { raiseAlerts } from '#src/scan/alerts.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { DAY, evidenceFolder, START, scanned, telemetryLines } from './evidence.js';
import { rowsByDuckDb, rowsOf } from './read-back.js';

const root = scratchFolder();
let folders = 0;
const newFolder = () => join(root, `archive-${folders++}`);

/** A scan of the demo series, and of telemetry of three days. */
async function leakyScan(
  files = { 'a.jsonl': telemetryLines(3).join('\n') },
  snapshots = 7,
): Promise<FolderScan & KeptScan> {
  const folder = evidenceFolder(root, `evidence-${folders++}`, files, snapshots);
  const scan = await scanned(folder);
  const names = { service: 'shop', host: 'a', ts: scan.ts };
  const { alerts } = raiseAlerts(scan.report.findings, scan.report.verdict, names, []);
  return { ...scan, ...names, alerts };
}

const partsOf = (archive: string, table: TableName) => listParts(archive).filter((part) => part.table === table);
const archivedAt = START + 10 * DAY;

describe('an archive', () => {
  test('has every sample, as two readers of Parquet see it', async () => {
    const scan = await leakyScan();
    const archive = newFolder();
    await archiveScan(archive, scan, { archivedAt });
    const parts = partsOf(archive, 'series');
    expect(parts.map(({ day }) => day)).toEqual([0, 1, 2, 3].map((more) => Math.floor(START / DAY) + more));
    const rows = await rowsOf(parts);
    expect(Object.keys(rows[0])).toEqual(TABLES.series.map(({ name }) => name));
    expect(await rowsByDuckDb(parts)).toEqual(rows);
    const used = rows.filter(({ metric }) => metric === 'v8.heap_used');
    const expected = telemetryLines(3).map((line) => JSON.parse(line));
    expect(used.map(({ ts, value }) => ({ ts, heapUsed: value }))).toEqual(
      expected.map(({ ts, heapUsed }) => ({ ts, heapUsed })),
    );
    const [trend] = scan.report.trends;
    for (const row of used) {
      const date = new Date(row.ts as number);
      expect(row).toMatchObject({
        ...{ service: 'shop', host: 'a', source: 'a.jsonl', process: '7', samples: 1, ts_estimated: false },
        ...{ least: null, most: null, trend_p: trend.pValue, slope: trend.slope?.median },
        hour_of_day: date.getUTCHours(),
        is_weekend: [0, 6].includes(date.getUTCDay()),
        _archive_ts: archivedAt,
      });
      expect(JSON.parse(row.tags as string)).toEqual({ host: 'a', service: 'shop', pid: '7', source: 'a.jsonl' });
    }
    for (const [at, { value, period_ratio, year_ratio, anomaly_score }] of used.entries()) {
      // The first sample is near enough to the day before for one that is ten minutes short of it.
      const before = at < 143 ? undefined : (used[Math.max(0, at - 144)].value as number);
      expect(period_ratio).toBe(before === undefined ? null : (value as number) / before);
      expect(year_ratio).toBeNull();
      expect(anomaly_score).toBeGreaterThan(0.3);
      expect(anomaly_score).toBeLessThan(1);
    }
    expect(rows.filter(({ metric }) => metric === 'v8.rss').every((row) => row.slope === null)).toBe(true);
  });

  test('has what the scan has come to', async () => {
    const scan = await leakyScan();
    const archive = newFolder();
    await archiveScan(archive, scan, { archivedAt });
    const read = async (table: TableName) => {
      const rows = await rowsOf(partsOf(archive, table));
      expect(await rowsByDuckDb(partsOf(archive, table))).toEqual(rows);
      return rows;
    };
    const [suspect] = scan.analysis?.suspects ?? [];
    const [finding] = scan.report.findings;
    const [alert] = scan.alerts;
    expect((await read('suspects'))[0]).toMatchObject({
      ...{ ts: scan.judgedTs, title: suspect.title, confidence: suspect.confidence, seed_score: suspect.seedScore },
      ...{ path: JSON.stringify(suspect.path), line: suspect.holder.place?.line },
      bytes_per_interval: suspect.growth?.bytesPerInterval,
    });
    const findings = await read('findings');
    expect(findings.map(({ layer, saw }) => ({ level: layer, saw }))).toEqual(finding.trail);
    for (const row of findings)
      expect(row).toMatchObject({
        alert_id: alert.alert_id,
        layer_signature: scan.report.layers[(row.layer as number) - 1].signature_hash,
      });
    expect(await read('alerts')).toMatchObject([{ alert_id: alert.alert_id, trail: JSON.stringify(alert.trail) }]);
    const growth = scan.analysis?.growth;
    const classes = await read('classes');
    const [first] = growth?.classes ?? [];
    const ofFirst = classes.filter(({ class_key }) => class_key === first.key);
    expect(ofFirst.map(({ count }) => count)).toEqual(first.count);
    expect(ofFirst.map(({ retained_size }) => retained_size)).toEqual(first.retainedSize);
    expect(new Set(ofFirst.map(({ rank }) => rank))).toEqual(new Set([1]));
    expect(ofFirst.map(({ snapshot }) => snapshot)).toEqual(
      [2, 3, 4, 5, 6, 7, 8].map((step) => `server-${step}.heapsnapshot.gz`),
    );
  });

  test('is the same, byte for byte, when a scan is repeated', async () => {
    const scan = await leakyScan();
    const archive = newFolder();
    const bytes = () => listParts(archive).map(({ path }) => [path, readFileSync(path).toString('base64')]);
    await archiveScan(archive, scan, { archivedAt });
    const first = bytes();
    expect(first.length).toBe(8);
    await archiveScan(archive, scan, { archivedAt });
    expect(bytes()).toEqual(first);
  });

  test('replaces what there is more of, keeps what others have written, and drops what is no longer so', async () => {
    const archive = newFolder();
    const [early, late] = [telemetryLines(2), telemetryLines(3)].map((lines) => ({ 'a.jsonl': lines.join('\n') }));
    const first = await leakyScan(early);
    await archiveScan(archive, first);
    const others = first.alerts.map((alert) => ({ ...alert, service: 'other' }));
    await archiveScan(archive, { ...first, service: 'other', alerts: others });
    await archiveScan(archive, await leakyScan(late, 0));
    const used = (await rowsOf(partsOf(archive, 'series'))).filter(({ metric }) => metric === 'v8.heap_used');
    expect(used.filter(({ service }) => service === 'shop')).toHaveLength(3 * 144);
    expect(used.filter(({ service }) => service === 'other')).toHaveLength(2 * 144);
    expect(await rowsOf(partsOf(archive, 'alerts'))).toHaveLength(2);
    await archiveScan(archive, { ...first, alerts: [] });
    expect(await rowsOf(partsOf(archive, 'alerts'))).toMatchObject([{ service: 'other' }]);
  });

  test('dates what has no dates by when its file was last written', async () => {
    const line = (ms: number, used: number) =>
      `[99:0x1]   ${ms} ms: Mark-Compact ${used + 1}.0 (50.0) -> ${used}.0 (50.0) MB, 2.50 / 0.00 ms  (average mu = 0.9)`;
    const folder = evidenceFolder(root, 'undated', { 'gc.log': [line(1000, 10), line(61_000, 11)].join('\n') });
    utimesSync(join(folder, 'gc.log'), START / 1000, START / 1000);
    const scan = await scanned(folder);
    expect(scan.ts).toBe(START);
    const archive = newFolder();
    await archiveScan(archive, { ...scan, service: 's', host: 'h', alerts: [] });
    const live = (await rowsOf(partsOf(archive, 'series'))).filter(({ metric }) => metric === 'v8.live');
    expect(live).toMatchObject([
      { ts: START - 60_000, value: 10 * 2 ** 20, ts_estimated: true },
      { ts: START, value: 11 * 2 ** 20, ts_estimated: true },
    ]);
  });

  test.each([
    ['what is dated by the time of its file', [100, 150], (at: number) => ({ pid: 7, heapUsed: 2e7 + at })],
    [
      'samples that have become one with those of another day',
      [4001, 4501],
      (at: number) => ({ ts: START + (at === 0 ? -3 * DAY : at * 60_000), pid: 7, heapUsed: 2e7 + at }),
    ],
  ])('has no sample twice: %s', async (_, counts, sample) => {
    const folder = evidenceFolder(root, `grown-${folders++}`, {});
    const archive = newFolder();
    for (const [day, count] of counts.entries()) {
      const file = join(folder, 'a.jsonl');
      writeFileSync(file, Array.from({ length: count }, (_, at) => JSON.stringify(sample(at))).join('\n'));
      utimesSync(file, START / 1000 + day * 86_400, START / 1000 + day * 86_400);
      await archiveScan(archive, { ...(await scanned(folder)), service: 's', host: 'h', alerts: [] });
      const rows = await rowsOf(partsOf(archive, 'series'));
      expect(rows.reduce((sum, { samples }) => sum + (samples as number), 0)).toBe(count);
    }
  });

  test('keeps one judgement of the same snapshots, however much more telemetry there is', async () => {
    const folder = evidenceFolder(root, `growing-${folders++}`, { 'a.jsonl': telemetryLines(1).join('\n') }, 4);
    const archive = newFolder();
    const keep = async () => archiveScan(archive, { ...(await scanned(folder)), service: 's', host: 'h', alerts: [] });
    await keep();
    const files = () => listParts(archive).filter(({ table }) => table !== 'series');
    const before = files().map(({ path }) => path);
    expect(before.length).toBeGreaterThan(1);
    writeFileSync(join(folder, 'a.jsonl'), telemetryLines(2).join('\n'));
    await keep();
    expect(files().map(({ path }) => path)).toEqual(before);
  });

  test('forgets nothing because of one file that says it is of the year 9000', async () => {
    const archive = newFolder();
    const keep = (scan: FolderScan) => keepScan('x', scan, { archive, archiveDays: 30, archivedAt });
    await keep(await leakyScan(undefined, 0));
    const before = listParts(archive).length;
    const line = JSON.stringify({ ts: Date.UTC(9000, 0), pid: 8, heapUsed: 1 });
    const { notes } = await keep(await leakyScan({ 'a.jsonl': line }, 0));
    expect(notes).toHaveLength(1);
    expect(listParts(archive)).toHaveLength(before + 1);
  });

  test('has null for a ratio to next to nothing', async () => {
    const odd = [5e-324, 9e15, 0, 8e15, 1e-300].map((heapUsed, day) =>
      JSON.stringify({ ts: START + (day + 2) * DAY, pid: 7, heapUsed }),
    );
    const archive = newFolder();
    await archiveScan(archive, await leakyScan({ 'a.jsonl': [...telemetryLines(2), ...odd].join('\n') }, 0));
    const used = (await rowsOf(partsOf(archive, 'series'))).filter(({ metric }) => metric === 'v8.heap_used');
    expect(used).toHaveLength(2 * 144 + 5);
    expect(used.slice(-4).map(({ period_ratio }) => period_ratio)).toEqual([null, 0, null, expect.any(Number)]);
    expect(used.every(({ anomaly_score }) => Number.isFinite(anomaly_score))).toBe(true);
  });

  test('leaves out times that no calendar has, and says so', async () => {
    const lines = [...telemetryLines(1), '{"ts":8e15,"pid":8,"heapUsed":1,"heapTotal":1,"rss":1}'];
    const scan = await leakyScan({ 'a.jsonl': lines.join('\n') }, 0);
    const archive = newFolder();
    expect(new Date(scan.ts).getUTCFullYear()).toBeLessThan(9999);
    const { notes } = await archiveScan(archive, scan);
    expect(notes).toEqual(['a.jsonl: samples with times outside of 1970 to 9999 left out']);
    expect((await rowsOf(partsOf(archive, 'series'))).every(({ process }) => process === '7')).toBe(true);
  });

  test('keeps so many days, and nothing but what is its own is removed', async () => {
    const archive = newFolder();
    await archiveScan(archive, await leakyScan());
    const day = Math.floor(START / DAY);
    writeFileSync(join(archive, 'series', partitionOf(day), 'notes.txt'), 'mine');
    expect(removeBefore(archive, day + 2)).toBe(2);
    expect(partsOf(archive, 'series').map((part) => part.day)).toEqual([day + 2, day + 3]);
    expect(readdirSync(join(archive, 'series', partitionOf(day)))).toEqual(['notes.txt']);
    expect(() => readdirSync(join(archive, 'series', partitionOf(day + 1)))).toThrow('ENOENT');
  });

  test('is listed without links and without what is not named as its files are', async () => {
    const archive = newFolder();
    await archiveScan(archive, await leakyScan(undefined, 0));
    const parts = listParts(archive);
    const folder = join(archive, 'series', partitionOf(parts[0].day));
    symlinkSync('/etc/passwd', join(folder, 'part-0123456789abcdef.parquet'));
    writeFileSync(join(folder, 'other.parquet'), 'x');
    mkdirSync(join(archive, 'series', 'year=2026', 'month=11', 'day=31'));
    expect(listParts(archive)).toEqual(parts);
    expect(listParts(newFolder())).toEqual([]);
  });

  test.each(['series', join('series', 'year=2026', 'month=11')])('is not written through a link: %s', async (link) => {
    const [archive, elsewhere] = [newFolder(), newFolder()];
    mkdirSync(elsewhere);
    mkdirSync(join(archive, link, '..'), { recursive: true });
    symlinkSync(elsewhere, join(archive, link));
    await expect(archiveScan(archive, await leakyScan(undefined, 0))).rejects.toThrow(
      `found a link ${join(archive, link)}, expected a folder`,
    );
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('ends with the reason of an abort', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const scan = await leakyScan(undefined, 0);
    await expect(archiveScan(newFolder(), scan, { signal })).rejects.toThrow('enough');
  });
});
