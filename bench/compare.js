// heapsleuth and its peers on one file, whole processes, in one run.
//   node bench/compare.js [--file F | --generated | --small] [--runs N] [--only a,b] [--timeout MINUTES] [--json]
import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseContenders, contendersFor, prepareContenders } from './contenders.js';
import { measureInTurn } from './measure.js';
import {
  GENERATED_100_MB,
  prepareGenerated,
  preparePeers,
  preparePlainHeap,
  prepareSyntaxTrees,
  SYNTAX_TREES,
  warmPageCache,
} from './prepare.js';
import { describeMachine, machine, resultTable, summarize } from './results.js';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    generated: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    runs: { type: 'string' },
    only: { type: 'string' },
    timeout: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
  },
});
/** What takes a tenth of a second is measured more often than what takes seconds. */
const runs = Number(values.runs ?? (values.small ? 15 : 3));

const file = await chooseFile();
const fileBytes = statSync(file).size;
const contenders = choose(contendersFor(file, fileBytes));
await prepareContenders(contenders);
warmPageCache(file);

const measured = await measureInTurn(contenders, {
  runs,
  timeoutMs: Number(values.timeout) * 60_000,
  onRun: (name, round) => console.error(`run ${round + 1} of ${runs}: ${name}`),
});
const results = summarize(measured);
console.log(values.json ? JSON.stringify(report(), null, 2) : `${describeRun()}\n\n${resultTable(results)}`);
if (results.some(({ error }) => error)) process.exitCode = 1;

/** By default a real heap; the peers bring the program that makes it. */
async function chooseFile() {
  if (values.file) return resolve(values.file);
  if (values.generated) return prepareGenerated(GENERATED_100_MB);
  if (values.small) return preparePlainHeap();
  await preparePeers();
  return prepareSyntaxTrees(SYNTAX_TREES);
}

/** On a small file the start of a process is what counts, so that of Node alone stands beside it. */
function choose(all) {
  const usual = values.small ? ['heapsleuth', 'devtools', 'node'] : names(all).filter((name) => name !== 'node');
  try {
    return chooseContenders(all, values.only?.split(',') ?? usual);
  } catch (error) {
    console.error(`--only: ${error.message}`);
    process.exit(2);
  }
}

function names(contenders) {
  return contenders.map(({ name }) => name);
}

function describeRun() {
  return `${relative('', file)}: ${(fileBytes / 1e6).toFixed(1)} MB; medians of ${runs}; ${describeMachine()}`;
}

function report() {
  return { schemaVersion: 1, file, fileBytes, runs, ...machine, results };
}
