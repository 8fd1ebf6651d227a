// How often heapsleuth is right, on programs of which it is known what they leak.
//   node bench/eval/run.js [--only REGEX] [--half A|B] [--nodes 20,22] [--count N] [--prefix 3,4,6] [--without-detectors]
//     [--libraries] [--peers] [--peer-nodes 22] [--jobs N] [--keep] [--json FILE]
import { writeFileSync } from 'node:fs';
import { installedNode, newestMajor, versionOf } from '../nodes.js';
import { preparePeers } from '../prepare.js';
import { machine } from '../results.js';
import { wantedAnalyses } from './analyse.js';
import { readCorpus, readLibraries } from './corpus.js';
import { evaluateSeries } from './evaluate-series.js';
import { figuresOf } from './figures.js';
import { readOptions } from './options.js';
import { buildDigest } from './store.js';
import { tablesOf } from './tables.js';
import { inParallel } from './work.js';

const asked = readOptions();
const build = buildDigest();
const plan = { ...asked, build, wanted: wantedAnalyses(asked.count, asked.prefixes, asked.isWithoutDetectors) };
const nodes = asked.nodes.map(nodeOf);
const samples = (asked.isLibraries ? readLibraries() : readCorpus()).filter(isAsked);
const tasks = nodes.flatMap((node) =>
  samples.map((sample) => ({ sample, node, peers: asked.peers && asked.peerNodes.includes(node.major) })),
);
if (tasks.length === 0) {
  console.error(`--only, --half: found no program of that name in bench/eval`);
  process.exit(2);
}
if (tasks.some(({ peers }) => peers)) await preparePeers();

const results = new Map();
const failures = [];
await inParallel(tasks, asked.jobs, evaluate, (task, error) => {
  failures.push({ series: titleOf(task), error: error.message });
  console.error(`${titleOf(task)} failed: ${error.message}`);
});
// In the order of the corpus, whatever was ready first.
const ordered = tasks.flatMap((task) => results.get(task) ?? []);
const hasPeers = tasks.some(({ peers }) => peers);
const figures = figuresOf(ordered, { ...asked, hasPeers });
console.log([describeRun(), tablesOf(figures), ...failures.map(failureLine)].filter(Boolean).join('\n\n'));
if (asked.json) writeFileSync(asked.json, `${JSON.stringify(documentOf(figures), null, 2)}\n`);
if (failures.length > 0) process.exitCode = 1;

async function evaluate(task) {
  const { isReused, ...stored } = await evaluateSeries(task, plan);
  results.set(task, { ...task.sample, node: task.node.major, ...stored });
  if (!isReused) console.error(`${results.size} of ${tasks.length}: ${titleOf(task)}`);
}

function nodeOf(asked) {
  const version = asked === 'newest' ? newestMajor() : asked;
  const path = installedNode(version);
  return { major: String(Number.parseInt(version, 10)), version: versionOf(path), path };
}

function isAsked({ pattern, variant, half }) {
  return (asked.half === undefined || half === asked.half) && asked.only.test(`${pattern}/${variant}`);
}

function titleOf({ sample, node }) {
  return `Node ${node.version}, ${sample.pattern}, ${sample.variant}`;
}

function failureLine({ series, error }) {
  return `${series} failed: ${error}`;
}

function describeRun() {
  const versions = nodes.map(({ version }) => version).join(', ');
  return `${ordered.length} series of ${asked.count} snapshots; Node ${versions}; build ${build.slice(0, 12)}`;
}

function documentOf(figures) {
  const { count, prefixes } = asked;
  const versions = Object.fromEntries(nodes.map(({ major, version }) => [major, version]));
  return { schemaVersion: 1, ...machine, build, count, prefixes, versions, ...figures, failures };
}
