// How long the explorer takes to answer: every kind of question, many times, with parameters drawn at random.
//   node bench/serve.js [--file FILE | --star] [--base FILE] [--times N] [--show-values] [--json]
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareRecords, prepareStar, warmPageCache } from './prepare.js';
import { describeMachine, machine, megabytes } from './results.js';
import { Explorer } from './serve/explorer.js';
import { questionsOf } from './serve/questions.js';
import { formatTable } from './table.js';

/** Milliseconds that any answer may take. */
const GOAL_MS = 100;

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    base: { type: 'string' },
    times: { type: 'string', default: '300' },
    star: { type: 'boolean', default: false },
    'show-values': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const file = resolve(values.file ?? (values.star ? prepareStar(1_000_000) : prepareRecords(300_000)));
const base = resolve(values.base ?? prepareRecords(30_000));

for (const path of [base, file]) warmPageCache(path);
// Beside the files, which are linked into it: links do not lead to other file systems.
const folder = mkdtempSync(join(dirname(file), 'serve-'));
try {
  linkSync(base, join(folder, '1.heapsnapshot'));
  linkSync(file, join(folder, '2.heapsnapshot'));
  report(await measure());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const explorer = await Explorer.start(folder, values['show-values'] ? ['--show-values'] : []);
  try {
    const once = await explorer.firstTimes();
    const questions = await questionsOf(explorer);
    const kinds = questions.kinds.map(({ name, next }) => ({ name, next, ms: [] }));
    // In turn, so that a slow minute hits all of them. One round before that, for what V8 compiles first.
    for (let round = -1; round < Number(values.times); round++) {
      for (const { next, ms } of kinds) {
        const question = next();
        const taken = await explorer.time(...question);
        if (round >= 0) ms.push({ taken, question });
      }
    }
    const { nodeCount, edgeCount } = explorer;
    const peakBytes = explorer.peakBytes();
    Object.assign(once, questions.first);
    return { nodeCount, edgeCount, once, peakBytes, kinds: kinds.map(({ name, ms }) => ({ name, ...quantiles(ms) })) };
  } finally {
    await explorer.stop();
  }
}

function quantiles(ms) {
  const sorted = ms.toSorted((a, b) => a.taken - b.taken);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].taken;
  const slowest = sorted[sorted.length - 1];
  return { times: sorted.length, p50: at(0.5), p99: at(0.99), max: slowest.taken, slowest: slowest.question };
}

function report({ nodeCount, edgeCount, once, peakBytes, kinds }) {
  const results = kinds.map((kind) => ({ ...kind, holds: kind.max < GOAL_MS }));
  const document = { schemaVersion: 1, ...machine, nodeCount, edgeCount, goalMs: GOAL_MS, once, peakBytes, results };
  const folderUrl = new URL('results/', import.meta.url);
  mkdirSync(folderUrl, { recursive: true });
  writeFileSync(new URL('serve.json', folderUrl), `${JSON.stringify(document, null, 2)}\n`);
  const ms = (value) => `${value.toFixed(1)} ms`;
  const rows = results.map(({ name, times, p50, p99, max, holds }) => [
    name,
    ...[String(times), ms(p50), ms(p99), ms(max)],
    holds ? 'holds' : 'MISSED',
  ]);
  const lines = [
    describeMachine(),
    `${nodeCount} nodes, ${edgeCount} edges; the server peaks at ${megabytes(peakBytes)}`,
    formatTable([['', 'times', 'p50', 'p99', 'max', `< ${GOAL_MS} ms`], ...rows]),
    formatTable([['once', 'ms'], ...Object.entries(once).map(([what, taken]) => [what, taken.toFixed(0)])]),
  ];
  console.log(values.json ? JSON.stringify(document, null, 2) : lines.join('\n'));
  if (results.some(({ holds }) => !holds)) process.exitCode = 1;
}
