import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from './generator/random.js';

const preload = fileURLToPath(new URL('report-usage.cjs', import.meta.url));
const OUTPUT_LIMIT = 1 << 20;

/**
 * @typedef {{name: string, command: string, args: string[], prepare?: () => void | Promise<void>, runs?: number}} Contender
 *   `runs`: at most so many, however many the others have
 * @typedef {{wallMs: number, cpuMs: number, peakBytes: number, majorFaults: number, output: string}} Run
 * @typedef {{name: string, runs: Run[], error?: string}} Measured
 */

/**
 * Runs every contender `runs` times as a whole process, in rounds, so that a slow minute of the machine hits all of them, and each
 * round in another order: what follows a process that has just given back a gigabyte finds colder memory. The order is the same
 * in every run of the benchmark. One that fails is not run again.
 * @param {Contender[]} contenders
 * @param {{runs: number, timeoutMs: number, onRun?: (name: string, round: number) => void}} options
 * @returns {Promise<Measured[]>}
 */
export async function measureInTurn(contenders, { runs, timeoutMs, onRun }) {
  const measured = contenders.map(({ name }) => ({ name, runs: [] }));
  const random = new Random(1);
  for (let round = 0; round < runs; round++) {
    for (const index of shuffled(contenders.keys(), random)) {
      const contender = contenders[index];
      if (measured[index].error || round >= (contender.runs ?? runs)) continue;
      onRun?.(contender.name, round);
      const result = await runOnce(contender, timeoutMs);
      if (result.error) measured[index].error = result.error;
      else measured[index].runs.push(result);
    }
  }
  return measured;
}

function shuffled(items, random) {
  return [...items]
    .map((item) => [random.next(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** @param {Measured} measured */
export function medians({ runs }) {
  const of = (field) => median(runs.map((run) => run[field]));
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs'), peakBytes: of('peakBytes'), majorFaults: of('majorFaults') };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {Contender} contender */
async function runOnce({ command, args }, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'heapsleuth-bench-'));
  const usageFile = join(folder, 'usage');
  const env = {
    ...plainEnvironment(),
    NODE_OPTIONS: `--require=${JSON.stringify(preload)}`,
    HEAPSLEUTH_BENCH_USAGE: usageFile,
  };
  try {
    const started = performance.now();
    const { code, signal, output, talk } = await finished(
      spawn(command, args, { env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    const wallMs = performance.now() - started;
    if (code !== 0) return { error: firstErrorLine(talk) ?? (signal ? `ended by ${signal}` : `exit code ${code}`) };
    return { wallMs, output, ...sumUsage(readFileSync(usageFile, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Without what the caller's shell tells Node: extra certificates alone add 55 ms to every start. */
export function plainEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_')));
}

function finished(child) {
  return new Promise((resolve, reject) => {
    const collected = { output: '', talk: '' };
    const collect = (stream, field) => {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        collected[field] = (collected[field] + text).slice(-OUTPUT_LIMIT);
      });
    };
    collect(child.stdout, 'output');
    collect(child.stderr, 'talk');
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...collected }));
  });
}

/** One line a process. Peaks are added up: an upper bound for a program that starts children, exact for all others. */
function sumUsage(lines) {
  const processes = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const sum = (field) => processes.reduce((total, usage) => total + usage[field], 0);
  return { cpuMs: sum('cpuMs'), peakBytes: sum('peakBytes'), majorFaults: sum('majorFaults') };
}

function firstErrorLine(talk) {
  const lines = talk
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return (
    lines.find((line) => /^\S*(error|fatal|panick|abort)/i.test(line)) ??
    lines.find((line) => /error/i.test(line)) ??
    lines[0]
  )?.slice(0, 200);
}

/** Ticks a second in /proc, which Linux fixes for programs. */
const TICKS = 100;

/** User and system time of all children that have ended, and of theirs: the command waits for each of its own. Of Linux only. */
export function childrenCpuMs() {
  const [, fields] = readFileSync('/proc/self/stat', 'latin1').split(') ');
  const [user, system] = fields.split(' ').slice(13, 15).map(Number);
  return ((user + system) * 1000) / TICKS;
}
