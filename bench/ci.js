// The short benchmark: every suite as a multiple of a calibration loop, against the committed baseline.
//   node bench/ci.js [--update]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Bench } from 'tinybench';
import { calibrationTasks } from './calibration.js';
import { median } from './measure.js';
import { GENERATED_SMALL, prepareGenerated } from './prepare.js';
import { suites } from './suites/index.js';
import { formatTable } from './table.js';

/** A suite fails above this multiple of its baseline. The README says where it comes from. */
const TOLERANCE = 1.6;
const ROUNDS = 12;
/** Per round; a task that takes longer runs once. */
const TASK_MS = 60;

const baselineFile = new URL('baseline.json', import.meta.url);
const resultsFolder = new URL('results/', import.meta.url);

/** A baseline from one lucky run would make every ordinary one look like a regression. */
const RUNS_FOR_BASELINE = 5;

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });
const prepared = await prepareTasks(prepareGenerated(GENERATED_SMALL));
const ratios = values.update ? await measureBaseline() : toRatios(await measureRounds());
if (values.update) writeBaseline();
const rows = compare(existsSync(baselineFile) ? JSON.parse(readFileSync(baselineFile, 'utf8')).ratios : {});
writeResults();
console.log(formatTable([['', 'ratio', 'baseline', 'change', ''], ...rows.map(describe)]));
const failed = rows.filter(({ ok }) => !ok);
if (failed.length > 0) {
  console.error(`\n${failed.length} of ${rows.length} above ${TOLERANCE} × baseline or without one.`);
  console.error('If that is meant: npm run bench:ci -- --update');
  process.exitCode = 1;
}

/** Calibration before every suite. */
async function prepareTasks(file) {
  const lists = [];
  for (const suite of suites) lists.push(calibrationTasks, await suite(file));
  return lists;
}

/**
 * The least of the rounds' medians for every task. Whatever else the machine does only ever adds time, so the quietest
 * round is nearest to the truth; calibration and suites take turns, so both have had the chance of a quiet one.
 */
async function measureRounds() {
  const least = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const tasks of prepared) {
      for (const [name, ms] of await measureTasks(tasks)) least.set(name, Math.min(ms, least.get(name) ?? ms));
    }
  }
  return least;
}

async function measureBaseline() {
  const runs = [];
  while (runs.length < RUNS_FOR_BASELINE) runs.push(toRatios(await measureRounds()));
  return new Map([...runs[0].keys()].map((name) => [name, median(runs.map((run) => run.get(name)))]));
}

async function measureTasks(tasks) {
  const bench = new Bench({ time: TASK_MS, iterations: 1, warmup: false, throws: true });
  for (const { name, run } of tasks) bench.add(name, run);
  return (await bench.run()).map((task) => [task.name, task.result.latency.p50]);
}

function toRatios(least) {
  const calibration = calibrationTasks.reduce((sum, { name }) => sum + least.get(name), 0);
  const isCalibration = (name) => calibrationTasks.some((task) => task.name === name);
  return new Map([...least].filter(([name]) => !isCalibration(name)).map(([name, ms]) => [name, ms / calibration]));
}

/** A suite that has disappeared fails too: it would never be missed otherwise. */
function compare(baseline) {
  return [...new Set([...ratios.keys(), ...Object.keys(baseline)])].map((name) => {
    const change = ratios.get(name) / baseline[name];
    return { name, ratio: ratios.get(name), baseline: baseline[name], change, ok: change <= TOLERANCE };
  });
}

function describe({ name, ratio, baseline, change, ok }) {
  const figure = (value) => value?.toFixed(3) ?? 'none';
  return [
    name,
    figure(ratio),
    figure(baseline),
    Number.isNaN(change) ? '' : `× ${change.toFixed(2)}`,
    ok ? '' : 'FAILED',
  ];
}

function writeBaseline() {
  const rounded = Object.fromEntries([...ratios].map(([name, ratio]) => [name, Number(ratio.toPrecision(4))]));
  const document = { schemaVersion: 1, snapshot: GENERATED_SMALL.parameters, ratios: rounded };
  writeFileSync(baselineFile, `${JSON.stringify(document, null, 2)}\n`);
}

function writeResults() {
  mkdirSync(resultsFolder, { recursive: true });
  const document = { schemaVersion: 1, node: process.versions.node, tolerance: TOLERANCE, suites: rows };
  writeFileSync(new URL('ci.json', resultsFolder), `${JSON.stringify(document, null, 2)}\n`);
}
