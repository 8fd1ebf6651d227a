// A batch of 50 snapshots of mixed sizes, as one command with its children: how busy the cores are, and how much memory is taken.
//   node bench/batch.js [--folder DIR] [--runs N] [--concurrency N] [--max-memory SIZE] [--json]

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultBudget } from '../dist/batch/work-plan.js';
import { byteSize } from '../dist/cli/options.js';
import { childrenCpuMs, median, plainEnvironment } from './measure.js';
import { prepareGenerated, warmPageCache } from './prepare.js';
import { machine } from './results.js';
import { formatTable } from './table.js';

const SNAPSHOTS = 50;
/** Nodes, with 5.5 edges each: 3 to 19 MB of file. */
const [SMALLEST, LARGEST] = [20_000, 180_000];
/** Coprime to the count: sizes come in no order, and each comes once. */
const STRIDE = 37;
const SAMPLE_MS = 20;

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: fileURLToPath(new URL('data/batch', import.meta.url)) },
    runs: { type: 'string', default: '3' },
    concurrency: { type: 'string' },
    'max-memory': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
if (process.platform !== 'linux') {
  console.error('bench:batch reads the times of processes from /proc, which only Linux has');
  process.exit(2);
}

const main = fileURLToPath(new URL('../dist/bin/heapsleuth.js', import.meta.url));
const cores = availableParallelism();
const bytes = prepare(values.folder);
const budget = values['max-memory'] ? byteSize(values['max-memory']) : defaultBudget();
const runs = [];
while (runs.length < Number(values.runs)) runs.push(await run());
const busy = median(runs.map(busyShare));
console.log(values.json ? JSON.stringify({ schemaVersion: 1, ...machine, bytes, budget, busy, runs }) : describe());

function describe() {
  return [
    `${SNAPSHOTS} snapshots, ${mega(bytes)}; Node ${process.versions.node}, ${cores} cores`,
    formatTable([['', 'wall', 'CPU', 'ideal', 'busy', 'peak memory', 'output'], ...runs.map(row)]),
    `median: ${percent(busy)} of the ideal; memory allowed: ${mega(budget)}`,
  ].join('\n');
}

function prepare(folder) {
  mkdirSync(folder, { recursive: true });
  for (let at = 0; at < SNAPSHOTS; at++) {
    const nodeCount = SMALLEST + ((at * STRIDE) % SNAPSHOTS) * ((LARGEST - SMALLEST) / SNAPSHOTS);
    const parameters = { nodeCount, edgeCount: 5.5 * nodeCount, seed: at + 1 };
    warmPageCache(prepareGenerated({ file: join(folder, `batch-${at + 1}.heapsnapshot`), parameters }));
  }
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

async function run() {
  const limits = ['concurrency', 'max-memory'].flatMap((name) => (values[name] ? [`--${name}`, values[name]] : []));
  const before = childrenCpuMs();
  const started = performance.now();
  const child = spawn(process.execPath, [main, 'batch', values.folder, '--json', ...limits], {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakBytes = 0;
  const sampling = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(child.pid));
  }, SAMPLE_MS);
  const hash = createHash('sha256');
  child.stdout.on('data', (chunk) => hash.update(chunk));
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  const wallMs = performance.now() - started;
  clearInterval(sampling);
  if (exitCode !== 0 && !values['max-memory']) throw new Error(`the batch ended with exit code ${exitCode}`);
  return { wallMs, cpuMs: childrenCpuMs() - before, peakBytes, digest: hash.digest('hex').slice(0, 8) };
}

/** Of the command and its children together. Pages they share, such as Node's own, count once for each. */
function residentBytes(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean);
    return [pid, ...children].reduce((sum, each) => sum + residentOf(each), 0);
  } catch {
    return 0;
  }
}

function residentOf(pid) {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function busyShare({ wallMs, cpuMs }) {
  return cpuMs / (wallMs * cores);
}

function row(run, index) {
  const { wallMs, cpuMs, peakBytes, digest } = run;
  const times = [wallMs, cpuMs, cpuMs / cores].map((ms) => `${(ms / 1000).toFixed(2)} s`);
  return [`run ${index + 1}`, ...times, percent(busyShare(run)), mega(peakBytes), digest];
}

function percent(share) {
  return `${(100 * share).toFixed(0)} %`;
}

function mega(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
