// From a running service to the name of its leak: a shop that leaks and the same one mended, watched by the collector under the same load,
// then scanned.
//   node bench/watch/run.js [--seconds 120] [--keep FOLDER]

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatTable } from '../table.js';
import { endAll, root, startNode } from './children.js';
import { watchService } from './service.js';

const PROGRAMS = ['leaking', 'fixed'];
const HOLDER = 'SessionStore.sessions';
const LAYERS = [1, 2, 3, 4];
/** From this confidence on a finding is reported as a leak. */
const REPORTED = 0.75;
/** Of each program: a sample a second and eight snapshots in two minutes, the last of them well before the end. */
const SAMPLES = 120;
const SNAPSHOTS = 8;
const LEAST_SECONDS = 60;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '120' }, keep: { type: 'string' } } });
const seconds = Number(values.seconds);
if (!(seconds >= LEAST_SECONDS)) fail(2, `--seconds: found ${values.seconds}, expected ${LEAST_SECONDS} or more`);
const folder = values.keep === undefined ? mkdtempSync(join(tmpdir(), 'heapsleuth-watch-')) : emptyFolder(values.keep);
let interruptedBy;
for (const name of ['SIGINT', 'SIGTERM']) {
  // Whoever waits for a child learns of its end, and so of this.
  process.on(name, () => {
    interruptedBy = name;
    endAll();
  });
}

try {
  console.error(`two services, ${seconds} s …`);
  const visits = await Promise.all(PROGRAMS.map(watch));
  const scans = [];
  for (const program of PROGRAMS) scans.push(await scan(program));
  report(scans, visits);
} catch (error) {
  if (interruptedBy === undefined) throw error;
  process.exitCode = 128 + constants.signals[interruptedBy];
} finally {
  await endAll();
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

/** Others' snapshots would be taken for earlier ones of this run. */
function emptyFolder(path) {
  mkdirSync(path, { recursive: true });
  if (readdirSync(path).length > 0) fail(2, `--keep: found files in ${path}, expected a folder that is new or empty`);
  return resolve(path);
}

function fail(code, message) {
  console.error(message);
  process.exit(code);
}

function watch(program) {
  return watchService(program, join(folder, program), { seconds, samples: SAMPLES, snapshots: SNAPSHOTS });
}

async function scan(program) {
  const args = [join('dist', 'bin', 'heapsleuth.js'), 'scan', join(folder, program), '--json', '--fail-on', 'medium'];
  const { child, closed } = startNode(args);
  const output = await text(child.stdout);
  const exitCode = await closed;
  if (output === '') throw new Error(`the scan of ${program} ended with exit code ${exitCode} and said nothing`);
  return { program, exitCode, ...JSON.parse(output) };
}

function report(scans, visits) {
  const columns = scans.map((each, at) => [each.program, ...Object.values(figuresOf(each)), String(visits[at])]);
  const names = ['', ...Object.keys(figuresOf(scans[0])), 'visits'];
  console.log(formatTable(names.map((name, row) => [name, ...columns.map((column) => column[row])])));
  const [leaking, fixed] = scans;
  const wrong = [...wrongOfLeaking(leaking), ...wrongOfFixed(fixed)];
  for (const each of wrong) console.error(each);
  if (wrong.length > 0) process.exitCode = 1;
}

function figuresOf({ exitCode, verdict, findings, inputs }) {
  const [first] = findings;
  const place = first?.holder.place;
  return {
    'exit code': String(exitCode),
    verdict,
    'first finding': first?.title ?? '–',
    confidence: first?.confidence.toFixed(2) ?? '–',
    place: place === undefined ? '–' : placeText(place),
    layers: layersOf(first).join(', ') || '–',
    snapshots: String(inputs.filter(({ kind }) => kind === 'snapshot').length),
    telemetry: `${inputs.reduce((sum, { used = 0 }) => sum + used, 0)} lines`,
  };
}

/** An ES module's name is a URL. */
function placeText({ script, line }) {
  const file = script.startsWith('file:') ? fileURLToPath(script) : script;
  return `${relative(root, file)}:${line}`;
}

function layersOf(finding) {
  return (finding?.trail ?? []).map(({ level }) => level);
}

function wrongOfLeaking({ exitCode, findings: [first] }) {
  const layers = layersOf(first);
  return [
    ...(exitCode === 1 ? [] : [`leaking: found exit code ${exitCode}, expected 1`]),
    ...(first?.holder.expression.includes(HOLDER)
      ? []
      : [`leaking: found ${first?.holder.expression ?? 'nothing'} first, expected ${HOLDER}`]),
    ...(LAYERS.every((level) => layers.includes(level))
      ? []
      : [`leaking: found the layers ${layers.join(', ') || 'none'} in the trail, expected ${LAYERS.join(', ')}`]),
  ];
}

function wrongOfFixed({ exitCode, findings }) {
  const reported = findings.filter(({ confidence }) => confidence >= REPORTED);
  return [
    ...(exitCode === 0 ? [] : [`fixed: found exit code ${exitCode}, expected 0`]),
    ...reported.map(({ title, confidence }) => `fixed: found ${title} (${confidence}), expected nothing`),
  ];
}
