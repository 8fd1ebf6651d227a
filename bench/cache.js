// The same file again: how long it takes without a cache, when one is written, and from it.
//   node bench/cache.js [--file FILE] [--runs N] [--json]
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureInTurn, median } from './measure.js';
import { prepareRecords, warmPageCache } from './prepare.js';
import { describeMachine, machine, megabytes } from './results.js';
import { formatTable } from './table.js';

/** What a call may take again, of what it takes without a cache. */
const GOAL = 1 / 20;
const TIMEOUT_MS = 30 * 60_000;

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const file = values.file ?? prepareRecords(300_000);
const main = fileURLToPath(new URL('../dist/bin/heapsleuth.js', import.meta.url));
const timedCall = fileURLToPath(new URL('cache/timed-call.js', import.meta.url));

/** `argsFor` a folder of caches, or none; a call reports its own time, of a command the whole process counts. */
const subjects = [
  { name: 'analyze()', isCall: true, argsFor: (folder = []) => [timedCall, 'analyze', file, ...folder] },
  { name: 'openSnapshot()', isCall: true, argsFor: (folder = []) => [timedCall, 'openSnapshot', file, ...folder] },
  {
    name: 'heapsleuth analyze',
    argsFor: (folder = []) => [main, 'analyze', file, '--json', ...folder.map(cacheOption)],
  },
  {
    name: 'heapsleuth inspect',
    argsFor: (folder = []) => [main, 'inspect', file, '--ordinal', '100', ...folder.map(cacheOption)],
  },
];

warmPageCache(file);
const folder = mkdtempSync(join(tmpdir(), 'heapsleuth-caches-'));
try {
  const results = [];
  for (const subject of subjects) results.push(await measureSubject(subject));
  report(results, await timeOf(['-e', '0']));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureSubject({ name, isCall = false, argsFor }) {
  const times = { without: [], first: [], again: [] };
  let bytes = 0;
  for (let run = 0; run < Number(values.runs); run++) {
    console.error(`${name}, run ${run + 1} of ${values.runs}`);
    times.without.push(await timeOf(argsFor(), isCall));
    emptyFolder();
    times.first.push(await timeOf(argsFor([folder]), isCall));
    times.again.push(await timeOf(argsFor([folder]), isCall));
    bytes = cacheBytes();
  }
  const [withoutMs, firstMs, againMs] = [times.without, times.first, times.again].map(median);
  const share = againMs / withoutMs;
  return { name, withoutMs, firstMs, againMs, share, bytes, ...(isCall && { holds: share <= GOAL }) };
}

async function timeOf(args, isCall = false) {
  const contender = { name: args.join(' '), command: process.execPath, args };
  const [{ runs, error }] = await measureInTurn([contender], { runs: 1, timeoutMs: TIMEOUT_MS });
  if (error) throw new Error(`${contender.name}: ${error}`);
  return isCall ? JSON.parse(runs[0].output).ms : runs[0].wallMs;
}

function emptyFolder() {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
}

function cacheBytes() {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function report(results, nodeMs) {
  const fileBytes = statSync(file).size;
  const document = { schemaVersion: 1, ...machine, fileBytes, nodeMs, goal: GOAL, results };
  const folderUrl = new URL('results/', import.meta.url);
  mkdirSync(folderUrl, { recursive: true });
  writeFileSync(new URL('cache.json', folderUrl), `${JSON.stringify(document, null, 2)}\n`);
  const rows = results.map(({ name, withoutMs, firstMs, againMs, share, bytes, holds }) => [
    name,
    ...[withoutMs, firstMs, againMs].map((ms) => `${ms.toFixed(ms < 100 ? 1 : 0)} ms`),
    `1/${(1 / share).toFixed(1)}`,
    holds === undefined ? '' : holds ? 'holds' : 'MISSED',
    `${megabytes(bytes)}, ${((100 * bytes) / fileBytes).toFixed(bytes < fileBytes / 100 ? 3 : 0)} %`,
  ]);
  const heading = ['', 'without', 'first time', 'again', 'again/without', `≤ 1/${1 / GOAL}`, 'cache, of the file'];
  const lines = [
    describeMachine(),
    `${megabytes(fileBytes)}; medians of ${values.runs}`,
    formatTable([heading, ...rows]),
  ];
  console.log(
    values.json
      ? JSON.stringify(document, null, 2)
      : [...lines, `A Node that does nothing takes ${nodeMs.toFixed(0)} ms, which the commands have in them.`].join(
          '\n',
        ),
  );
  if (results.some(({ holds }) => holds === false)) process.exitCode = 1;
}

function cacheOption(path) {
  return `--cache=${path}`;
}
