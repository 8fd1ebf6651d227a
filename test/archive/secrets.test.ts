import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from 'heapsleuth';
import { expect, test } from 'vitest';
import { listParts } from '#src/archive/partitions.js';
import type { FolderScan } from '#src/batch/scan-folder.js';
import { REPORTERS } from '#src/report/reporters.js';
import { createScreen } from '#src/report/screen.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { rendered } from '../report/rendered.js';
import { keepAll, scanned, telemetryLines } from './evidence.js';
import { rowsOf } from './read-back.js';

const root = scratchFolder();
const CANARIES = 1000;

/** Secrets as values of strings, as keys of a Map, and as names of properties in a table of users: more and more of all of them. */
const PROGRAM = `
const { writeHeapSnapshot } = require('node:v8');
// Texts that are put together stay in parts, and their whole is in no heap.
const secret = (kind, at) => Buffer.from('canary-' + kind + '-' + at).toString();
class Session { constructor(at) { this.token = secret('token', at); } }
globalThis.sessions = new Map();
globalThis.users = {};
globalThis.log = [];
let at = 0;
for (let step = 0; step < 11; step++) {
  for (const end = at + ${CANARIES / 10}; at < end; at++) {
    sessions.set(secret('key', at), new Session(at));
    users[secret('user', at) + '@example.com'] = { mail: secret('mail', at) };
    log.push(secret('line', at));
  }
  writeHeapSnapshot(process.argv[1] + '/s-' + step + '.heapsnapshot');
}
`;

test('no value of a string, key of a Map or name in a table leaves the heap', async () => {
  const folder = join(root, 'evidence');
  mkdirSync(folder);
  execFileSync(process.execPath, ['-e', PROGRAM, folder]);
  writeFileSync(join(folder, 'a.jsonl'), telemetryLines(1).join('\n'));
  const snapshot = readFileSync(join(folder, 's-10.heapsnapshot'), 'latin1');
  for (const kind of ['token', 'key', 'user', 'mail', 'line'])
    expect(snapshot.includes(`canary-${kind}-999`), kind).toBe(true);
  const scan = await scanned(folder);
  expect(scan.report.findings.length).toBeGreaterThan(1);
  const out = join(root, 'out');
  const options = { alerts: join(out, 'alerts'), archive: join(out, 'archive'), messages: join(out, 'messages.jsonl') };
  // Sure enough for an alert of each.
  const findings = scan.report.findings.map((finding) => ({ ...finding, confidence: 0.95 }));
  const { isLost, alerts } = await keepAll(folder, { ...scan, report: { ...scan.report, findings } }, options);
  expect(isLost).toBe(false);
  expect(alerts).toHaveLength(findings.length);
  const parts = listParts(options.archive);
  expect(new Set(parts.map(({ table }) => table)).size).toBe(5);
  const kept = [
    JSON.stringify(await rowsOf(parts)),
    readFileSync(options.messages, 'utf8'),
    ...readdirSync(options.alerts).map((name) => readFileSync(join(options.alerts, name), 'utf8')),
  ].join('\n');
  expect(kept).toContain('Session');
  expect(kept.match(/canary[^"]{0,40}/g) ?? []).toEqual([]);
  await expectNoneReported(scan);
  await expectNoneShown(join(folder, 's-10.heapsnapshot'));
});

/** Neither in the dominator tree nor among the waste, whatever their number. */
async function expectNoneShown(file: string): Promise<void> {
  const { snapshots } = await analyze([file], { picture: { nodes: 1_000_000, wasteItems: 1_000_000 } });
  const [outcome] = snapshots;
  const picture = outcome.ok && outcome.mode === undefined ? outcome.picture : undefined;
  expect(picture?.tree.id.length).toBe(picture?.tree.nodeCount);
  const text = JSON.stringify(picture);
  expect(text).toContain('Session');
  expect(text.match(/canary[^"]{0,40}/g) ?? []).toEqual([]);
}

async function expectNoneReported({ report, analysis }: Pick<FolderScan, 'report' | 'analysis'>): Promise<void> {
  if (analysis === undefined) throw new Error('expected snapshots');
  const view = { screen: createScreen(100, false), rows: 1000, root: '' };
  for (const name of Object.keys(REPORTERS)) {
    const texts = [
      await rendered(name, { kind: 'scan', report, analysis, extras: {}, ...view }),
      await rendered(name, { kind: 'analysis', analysis, ...view }),
    ];
    for (const text of texts) {
      // SARIF tells only what has a place.
      if (name !== 'sarif') expect(text, name).toContain('Session');
      expect(text.match(/canary[^"]{0,40}/g) ?? [], name).toEqual([]);
    }
  }
}
