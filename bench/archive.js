// How small an archive is and how soon it answers: the scan of a watched service, kept as so many services have it.
//   node bench/archive.js [--series 1000] [--seconds 60] [--folder FOLDER] [--keep FOLDER]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { messagesOf } from '../dist/archive/messages.js';
import { listParts } from '../dist/archive/partitions.js';
import { archiveScan } from '../dist/archive/write-archive.js';
import { scanFolder } from '../dist/batch/scan-folder.js';
import { analysisJson } from '../dist/report/json.js';
import { scanJson } from '../dist/report/scan-json.js';
import { raiseAlerts } from '../dist/scan/alerts.js';
import { plainEnvironment } from './measure.js';
import { formatTable } from './table.js';
import { watchService } from './watch/service.js';

/** Of a thousand series. */
const GOALS = { share: 0.1, seconds: 1 };
/** As many as of a working day, a sample every ten seconds. */
const SAMPLES = 2880;
const SNAPSHOTS = 8;
const QUERIES = {
  'newest suspects': 'SELECT service, title, confidence, first_seen FROM top_suspects LIMIT 20',
  'growth by class':
    'SELECT class, sum(count_delta), avg(bytes_per_interval) FROM growth_by_class GROUP BY class ORDER BY 2 DESC LIMIT 20',
  'one series': "SELECT ts, value FROM series WHERE service = 'shop-7' AND metric = 'v8.heap_used' ORDER BY ts",
  'all series':
    "SELECT service, max(most), max(anomaly_score) FROM series WHERE metric = 'v8.heap_used' GROUP BY service ORDER BY 2 DESC LIMIT 20",
};

const options = {
  series: { type: 'string' },
  seconds: { type: 'string' },
  folder: { type: 'string' },
  keep: { type: 'string' },
};
const { values } = parseArgs({ options });
const count = Number(values.series ?? 1000);
const seconds = Number(values.seconds ?? 60);
const scratch = mkdtempSync(join(tmpdir(), 'heapsleuth-archive-'));
const archive = values.keep ?? join(scratch, 'archive');
try {
  const folder = values.folder ?? (await watched());
  const scan = await scanFolder(folder, {}, { keepsSeries: true });
  const json = await jsonBytes(folder, scan);
  const written = await writeAll(scan);
  const answers = Object.entries(QUERIES).map(([name, sql]) => [name, ...ask(sql)]);
  report(json, written, answers);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function watched() {
  const folder = join(scratch, 'evidence');
  console.error(`a service, ${seconds} s …`);
  await watchService('leaking', folder, { seconds, samples: SAMPLES, snapshots: SNAPSHOTS });
  return folder;
}

/** What the same would take as JSON: the telemetry as it was collected, and the documents that commands print. */
async function jsonBytes(folder, scan) {
  const telemetry = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const documents =
    Buffer.byteLength(scanJson(scan.report)) + (scan.analysis ? Buffer.byteLength(analysisJson(scan.analysis)) : 0);
  let messages = 0;
  for await (const line of messagesOf({ ...scan, service: 'shop-0', host: 'a', alerts: [] }))
    messages += Buffer.byteLength(line);
  return { telemetry: count * telemetry, documents: count * documents, messages: count * messages };
}

async function writeAll(scan) {
  const began = performance.now();
  let [rows, bytes] = [0, 0];
  for (let at = 0; at < count; at++) {
    const names = { service: `shop-${at}`, host: 'a', ts: scan.ts };
    const { alerts } = raiseAlerts(scan.report.findings, scan.report.verdict, names, []);
    const receipt = await archiveScan(archive, { ...scan, ...names, alerts });
    rows += receipt.rows;
    bytes += receipt.bytes;
  }
  const parts = listParts(archive);
  const series = parts
    .filter(({ table }) => table === 'series')
    .reduce((sum, { path }) => sum + statSync(path).size, 0);
  return { rows, bytes, series, files: parts.length, ms: performance.now() - began };
}

/** Seconds of the whole command, and rows. */
function ask(sql) {
  const command = fileURLToPath(new URL('../dist/bin/heapsleuth.js', import.meta.url));
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, 'query', sql, '--archive', archive, '--json'],
    {
      ...{ encoding: 'utf8', env: plainEnvironment(), maxBuffer: 1 << 28 },
    },
  );
  if (status !== 0) throw new Error(stderr);
  return [(performance.now() - began) / 1000, JSON.parse(stdout).rows.length];
}

function report(json, { rows, bytes, series, files, ms }, answers) {
  const megabytes = (size) => `${(size / 1e6).toFixed(1)} MB`;
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  const all = json.telemetry + json.documents;
  console.log(
    `${count} series, ${rows.toLocaleString('en-US')} rows in ${files.toLocaleString('en-US')} files, ${(ms / count).toFixed(0)} ms each\n`,
  );
  console.log(
    formatTable([
      ['', 'JSON', 'archive', 'share'],
      ['telemetry as collected', megabytes(json.telemetry), megabytes(series), percent(series, json.telemetry)],
      ['telemetry as messages', megabytes(json.messages), megabytes(series), percent(series, json.messages)],
      [
        'documents of scan and batch',
        megabytes(json.documents),
        megabytes(bytes - series),
        percent(bytes - series, json.documents),
      ],
      ['telemetry and documents', megabytes(all), megabytes(bytes), percent(bytes, all)],
    ]),
  );
  console.log(
    `\n${formatTable([['query, the whole command', 'seconds', 'rows'], ...answers.map(([name, time, found]) => [name, time.toFixed(2), String(found)])])}`,
  );
  const slowest = Math.max(...answers.map(([, time]) => time));
  const isMet = bytes / all <= GOALS.share && slowest < GOALS.seconds;
  console.log(`\ngoal: ${100 * GOALS.share} % and ${GOALS.seconds} s: ${isMet ? 'met' : 'missed'}`);
}
