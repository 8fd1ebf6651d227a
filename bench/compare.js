// heapsleuth and its peers on one file, whole processes, in one run.
//   node bench/compare.js [--file F | --generated] [--runs N] [--only a,b] [--timeout MINUTES] [--json]
import { statSync } from 'node:fs';
import { cpus } from 'node:os';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contendersFor } from './contenders.js';
import { measureInTurn, medians } from './measure.js';
import {
  GENERATED_100_MB,
  prepareGenerated,
  preparePeers,
  prepareSyntaxTrees,
  SYNTAX_TREES,
  warmPageCache,
} from './prepare.js';
import { formatTable } from './table.js';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    generated: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    timeout: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
  },
});

const file = await chooseFile();
const fileBytes = statSync(file).size;
const contenders = choose(contendersFor(file, fileBytes), values.only?.split(','));
if (contenders.some(({ name }) => name !== 'heapsleuth')) await preparePeers();
warmPageCache(file);

const measured = await measureInTurn(contenders, {
  runs: Number(values.runs),
  timeoutMs: Number(values.timeout) * 60_000,
  onRun: (name, round) => console.error(`run ${round + 1} of ${values.runs}: ${name}`),
});
const results = measured.map(summarize);
console.log(values.json ? JSON.stringify(report(), null, 2) : `${describeRun()}\n\n${resultTable()}`);
if (results.some(({ error }) => error)) process.exitCode = 1;

/** By default a real heap; the peers bring the program that makes it. */
async function chooseFile() {
  if (values.file) return resolve(values.file);
  if (values.generated) return prepareGenerated(GENERATED_100_MB);
  await preparePeers();
  return prepareSyntaxTrees(SYNTAX_TREES);
}

function choose(all, names) {
  const unknown = names?.filter((name) => !all.some((contender) => contender.name === name)) ?? [];
  if (unknown.length === 0) return names ? all.filter(({ name }) => names.includes(name)) : all;
  console.error(`--only: no contender ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

/** Ratios are against the first contender that ran: heapsleuth, unless it failed or --only leaves it out. */
function summarize(contender, _index, all) {
  if (contender.error) return { name: contender.name, error: contender.error };
  const own = medians(contender);
  const base = medians(all.find(({ error }) => !error));
  return {
    name: contender.name,
    ...own,
    wallRatio: own.wallMs / base.wallMs,
    peakRatio: own.peakBytes / base.peakBytes,
    nodeCount: nodeCountIn(contender.runs[0].output),
  };
}

/** That every contender has read the whole file; heapsleuth's count stands within its report. */
function nodeCountIn(output) {
  return Number(/"nodeCount":\s*(\d+)/.exec(output)?.[1] ?? Number.NaN);
}

function resultTable() {
  const finished = results.filter(({ error }) => !error);
  const rows = finished.map(({ name, wallMs, cpuMs, peakBytes, wallRatio, peakRatio, nodeCount }) => {
    const peak = `${Math.round(peakBytes / 1e6)} MB`;
    return [name, seconds(wallMs), wallRatio.toFixed(2), seconds(cpuMs), peak, peakRatio.toFixed(2), String(nodeCount)];
  });
  const failures = results.filter(({ error }) => error).map(({ name, error }) => `${name} failed: ${error}`);
  const base = `× ${finished[0]?.name}`;
  const table = formatTable([['', 'wall', base, 'CPU', 'peak memory', base, 'nodes'], ...rows]);
  return [...(finished.length > 0 ? [table] : []), ...failures].join('\n');
}

function describeRun() {
  return `${relative('', file)}: ${(fileBytes / 1e6).toFixed(1)} MB; medians of ${values.runs}; Node ${process.versions.node}, ${cpus().length} cores`;
}

function report() {
  return {
    schemaVersion: 1,
    file,
    fileBytes,
    runs: Number(values.runs),
    node: process.versions.node,
    cores: cpus().length,
    results,
  };
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
