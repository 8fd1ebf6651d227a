// Runs MemLab, and heapsleuth beside it, as whole processes on one series.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureInTurn } from '../measure.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const TIMEOUT_MS = 10 * 60_000;

/** Not a baseline: what its own process takes. */
export const OWN = 'heapsleuth analyze()';

export const MEMLAB = ['MemLab find-leaks', 'MemLab find-leaks, all objects', 'MemLab unbound-collection'];

/**
 * Time, memory and answers of each. MemLab's `find-leaks` takes three snapshots: the first, the middle and the last.
 * @returns {Promise<Record<string, {error?: string, answers?: string[], wallMs?: number, cpuMs?: number, peakBytes?: number}>>}
 */
export async function runPeers(folder, files) {
  const work = `${folder}-memlab`;
  const three = [files[0], files[files.length >> 1], files[files.length - 1]];
  const node = (name, ...args) => ({ name, command: process.execPath, args });
  const contenders = [
    node(OWN, at('own-process.js'), ...files),
    node(MEMLAB[0], at('../peers/memlab-leaks.js'), ...three, work),
    node(MEMLAB[1], at('../peers/memlab-leaks.js'), ...three, work, '--trace-all-objects'),
    node(MEMLAB[2], at('../peers/memlab-collections.js'), folder, work),
  ];
  try {
    const measured = await measureInTurn(contenders, { runs: 1, timeoutMs: TIMEOUT_MS });
    return Object.fromEntries(measured.map((each) => [each.name, outcomeOf(each)]));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A peer that fails has found nothing. */
function outcomeOf({ name, runs, error }) {
  if (error) return { error, answers: [] };
  const [{ wallMs, cpuMs, peakBytes, output }] = runs;
  const cost = { wallMs, cpuMs, peakBytes };
  return name === OWN ? cost : { ...cost, answers: answersIn(output) };
}

/** The last line; what MemLab draws on a terminal may stand before it. */
function answersIn(output) {
  const line = output.trim().split('\n').at(-1) ?? '';
  return JSON.parse(line.slice(Math.max(0, line.indexOf('{')))).answers;
}
