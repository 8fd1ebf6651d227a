// The large benchmark: one program on files of 1 to 40 (100) million nodes, and the goals they are to meet.
//   node bench/scale.js [--up-to MILLIONS] [--peers] [--runs N] [--timeout MINUTES] [--without cache,batch] [--json]
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseContenders, contendersFor, prepareContenders } from './contenders.js';
import { measureInTurn } from './measure.js';
import { warmPageCache } from './prepare.js';
import { describeMachine, failureLines, machine, megabytes, resultTable, seconds, summarize } from './results.js';
import { drawCurve } from './scale/curve.js';
import { scaleFiles } from './scale/files.js';
import { judge } from './scale/goals.js';
import { runBenchmark } from './scale/others.js';
import { formatTable } from './table.js';

/** Below this a process is over in a moment, and measured more often. */
const SMALL_BYTES = 10e6;
const SMALL_RUNS = 15;
/** Above it a peer takes many minutes and runs once. */
const LARGE_BYTES = 1e9;

const resultsFolder = new URL('results/', import.meta.url);

const { values } = parseArgs({
  options: {
    'up-to': { type: 'string', default: '40' },
    peers: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    timeout: { type: 'string', default: '60' },
    without: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});

const measured = [];
for (const file of scaleFiles.filter(({ millions }) => millions <= Number(values['up-to']))) {
  measured.push(await measureFile(file));
}
const curve = drawCurve(measured.flatMap(pointOf));
const without = values.without.split(',');
const [cache, batch] = ['cache', 'batch'].map((name) => (without.includes(name) ? undefined : runBenchmark(name)));
const goals = judge({ results: new Map(measured.map(({ key, results }) => [key, results])), curve, cache, batch });
const document = { schemaVersion: 1, ...machine, files: measured, curve, cache, batch, goals };
mkdirSync(resultsFolder, { recursive: true });
writeFileSync(new URL('scale.json', resultsFolder), `${JSON.stringify(document, null, 2)}\n`);
console.log(values.json ? JSON.stringify(document, null, 2) : describe());
if (goals.some(({ holds }) => holds === false)) process.exitCode = 1;

async function measureFile({ key, title, prepare, contenders: usual, peers, onCurve = false }) {
  const path = prepare();
  const fileBytes = statSync(path).size;
  const names = [...usual, ...(values.peers ? peers : [])];
  const contenders = chooseContenders(contendersFor(path, fileBytes), names).map((contender) =>
    fileBytes > LARGE_BYTES && peers.includes(contender.name) ? { ...contender, runs: 1 } : contender,
  );
  await prepareContenders(contenders);
  warmPageCache(path);
  const runs = fileBytes < SMALL_BYTES ? SMALL_RUNS : Number(values.runs);
  const results = await measureInTurn(contenders, {
    runs,
    timeoutMs: Number(values.timeout) * 60_000,
    onRun: (name, round) => console.error(`${basename(path)}, run ${round + 1} of ${runs}: ${name}`),
  });
  return { key, title, fileBytes, runs, onCurve, results: summarize(results) };
}

/** A file on which heapsleuth failed has no point; the failure is listed, and no goal that needs it holds. */
function pointOf({ key, title, fileBytes, onCurve, results }) {
  const [own, floor] = ['heapsleuth', 'floor'].map((name) => results.find((result) => result.name === name));
  if (key === 'small' || own.error) return [];
  const { wallMs, peakBytes, nodeCount } = own;
  return [{ title, fileBytes, onCurve, wallMs, peakBytes, nodeCount, floorMs: floor.wallMs }];
}

function describe() {
  const files = measured.map(
    ({ title, fileBytes, runs, results }) =>
      `${title}: ${megabytes(fileBytes)}; medians of ${runs}\n${resultTable(results)}`,
  );
  return [describeMachine(), ...files, `Time and memory a node\n${curveTable()}`, `Goals\n${goalTable()}`].join('\n\n');
}

function curveTable() {
  const heading = ['', 'nodes', 'wall', '× floor', 'peak memory', 'ns a node', '× least', 'bytes a node', '× least'];
  const rows = curve.points.map((point) => [
    point.title,
    String(point.nodeCount),
    seconds(point.wallMs),
    point.floorMs ? (point.wallMs / point.floorMs).toFixed(2) : 'failed',
    megabytes(point.peakBytes),
    point.nsPerNode.toFixed(0),
    point.timeRatio.toFixed(2),
    point.bytesPerNode.toFixed(0),
    point.memoryRatio.toFixed(2),
  ]);
  const failures = measured.flatMap(({ title, results }) =>
    failureLines(results.slice(0, 1)).map((line) => `${title}: ${line}`),
  );
  return [formatTable([heading, ...rows]), ...failures, describeSpread()].join('\n');
}

function describeSpread() {
  if (Number.isNaN(curve.timeSpread)) return 'too few files for a spread';
  return `Within ${curve.timeSpread.toFixed(2)} × in time and ${curve.memorySpread.toFixed(2)} × in memory.`;
}

function goalTable() {
  const verdict = (holds) => (holds === undefined ? '' : holds ? 'holds' : 'MISSED');
  const rows = goals.map(({ name, asked, seen, holds }) => [name, asked, seen, verdict(holds)]);
  return formatTable([['', 'asked', 'seen', ''], ...rows]);
}
