// What writing every form adds to an analysis: the demo series, and a large file.
//   node bench/reporters.js [--file FILE] [--runs N] [--json]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { REPORTERS } from '../dist/report/reporters.js';
import { childrenCpuMs, median, plainEnvironment } from './measure.js';
import { prepareRecords, warmPageCache } from './prepare.js';
import { describeMachine, machine, megabytes } from './results.js';
import { formatTable } from './table.js';

/** What all of them may add to an analysis that writes its document. */
const GOAL = 0.2;
const TIMEOUT_MS = 30 * 60_000;

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    runs: { type: 'string', default: '11' },
    json: { type: 'boolean', default: false },
  },
});
if (process.platform !== 'linux') {
  console.error('bench:reporters reads the times of processes from /proc, which only Linux has');
  process.exit(2);
}
const file = values.file ?? prepareRecords(300_000);
const main = fileURLToPath(new URL('../dist/bin/heapsleuth.js', import.meta.url));
const series = fileURLToPath(new URL('../snapshots', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'heapsleuth-reports-'));

/** `--reporter` and its file, for each of these. */
const written = (...names) =>
  names.flatMap((name) => ['--reporter', name, `--output-file.${name}=${join(folder, `report.${name}`)}`]);

const SETS = {
  document: ['json'],
  ...(Object.hasOwn(REPORTERS, 'html') && { 'document and html': ['json', 'html'] }),
  everything: Object.keys(REPORTERS),
};

const subjects = [
  {
    name: `the demo series, ${readdirSync(series).filter((name) => name.endsWith('.gz')).length} snapshots`,
    command: ['batch', series],
  },
  { name: `one file of ${megabytes(statSync(file).size)}`, command: ['analyze', file] },
];

warmPageCache(file);
try {
  const results = [];
  for (const { name, command } of subjects) results.push(measureSubject(name, command));
  report(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measureSubject(name, command) {
  const sets = Object.keys(SETS);
  const runs = Object.fromEntries(sets.map((set) => [set, []]));
  for (let run = 0; run < Number(values.runs); run++) {
    console.error(`${name}, run ${run + 1} of ${values.runs}`);
    // Who comes first takes turns.
    for (const at of sets.keys()) {
      const set = sets[(at + run) % sets.length];
      runs[set].push(runOnce([...command, ...written(...SETS[set])]));
    }
  }
  const of = (set, field) => median(runs[set].map((run) => run[field]));
  const [base, ...others] = sets.map((set) => ({ set, wallMs: of(set, 'wallMs'), cpuMs: of(set, 'cpuMs') }));
  const added = others.map((one) => {
    const wall = one.wallMs / base.wallMs - 1;
    return { ...one, wall, cpu: one.cpuMs / base.cpuMs - 1, holds: wall <= GOAL };
  });
  return { name, base, added };
}

function runOnce(args) {
  const before = childrenCpuMs();
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], {
    env: plainEnvironment(),
    timeout: TIMEOUT_MS,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: exit code ${status}: ${stderr}`);
  return { wallMs: performance.now() - started, cpuMs: childrenCpuMs() - before };
}

function report(results) {
  const reports = readdirSync(folder).map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
  const document = { schemaVersion: 1, ...machine, runs: Number(values.runs), goal: GOAL, results, reports };
  const folderUrl = new URL('results/', import.meta.url);
  mkdirSync(folderUrl, { recursive: true });
  writeFileSync(new URL('reporters.json', folderUrl), `${JSON.stringify(document, null, 2)}\n`);
  if (results.some(({ added }) => added.some(({ holds }) => !holds))) process.exitCode = 1;
  if (values.json) {
    console.log(JSON.stringify(document, null, 2));
    return;
  }
  const share = (value) => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(0)} %`;
  const rows = results.flatMap(({ name, base, added }) => [
    [name, base.set, `${base.wallMs.toFixed(0)} ms`, '', `${base.cpuMs.toFixed(0)} ms`, '', ''],
    ...added.map(({ set, wallMs, wall, cpuMs, cpu, holds }) => [
      ...['', set, `${wallMs.toFixed(0)} ms`, share(wall), `${cpuMs.toFixed(0)} ms`, share(cpu)],
      holds ? 'holds' : 'MISSED',
    ]),
  ]);
  const heading = ['', 'writes', 'wall', '', 'CPU', '', `wall ≤ +${100 * GOAL} %`];
  const sizes = reports
    .map(({ name, bytes }) => `${name.slice('report.'.length)} ${Math.ceil(bytes / 1000)} kB`)
    .join(', ');
  console.log([describeMachine(), `medians of ${values.runs}`, formatTable([heading, ...rows]), sizes].join('\n'));
}
