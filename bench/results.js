import { cpus } from 'node:os';
import { medians } from './measure.js';
import { formatTable } from './table.js';

/**
 * @typedef {{name: string, error: string}} Failed
 * @typedef {{name: string, wallMs: number, cpuMs: number, peakBytes: number, majorFaults: number, wallRatio: number,
 *   peakRatio: number, nodeCount: number}} Finished ratios are to the first contender that did not fail
 * @typedef {Failed | Finished} Result
 */

/**
 * @param {import('./measure.js').Measured[]} measured
 * @returns {Result[]}
 */
export function summarize(measured) {
  const first = measured.find(({ error }) => !error);
  const base = first && medians(first);
  return measured.map((contender) => {
    if (contender.error) return { name: contender.name, error: contender.error };
    const own = medians(contender);
    return {
      name: contender.name,
      ...own,
      wallRatio: own.wallMs / base.wallMs,
      peakRatio: own.peakBytes / base.peakBytes,
      nodeCount: nodeCountIn(contender.runs[0].output),
    };
  });
}

/** That every contender has read the whole file; heapsleuth's count stands within its report. NaN where there is none. */
function nodeCountIn(output) {
  return Number(/"nodeCount":\s*(\d+)/.exec(output)?.[1] ?? Number.NaN);
}

/** @param {Result[]} results */
export function resultTable(results) {
  const finished = results.filter(({ error }) => !error);
  const rows = finished.map(({ name, wallMs, cpuMs, peakBytes, wallRatio, peakRatio, nodeCount }) => [
    name,
    seconds(wallMs),
    wallRatio.toFixed(2),
    seconds(cpuMs),
    megabytes(peakBytes),
    peakRatio.toFixed(2),
    Number.isNaN(nodeCount) ? '' : String(nodeCount),
  ]);
  const base = `× ${finished[0]?.name}`;
  const table = formatTable([['', 'wall', base, 'CPU', 'peak memory', base, 'nodes'], ...rows]);
  return [...(finished.length > 0 ? [table] : []), ...failureLines(results)].join('\n');
}

/** @param {Result[]} results */
export function failureLines(results) {
  return results.filter(({ error }) => error).map(({ name, error }) => `${name} failed: ${error}`);
}

/** Without it no figure means anything. */
export const machine = { node: process.versions.node, cores: cpus().length };

export const describeMachine = () => `Node ${machine.node}, ${machine.cores} cores`;

export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
