import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { collect } from 'heapsleuth/collect';
import { describe, expect, test } from 'vitest';
import { settingsOf } from '#src/collect/options.js';
import { Snapshots } from '#src/collect/snapshots.js';
import { TelemetryFile } from '#src/collect/telemetry-file.js';
import { readTelemetry } from '#src/telemetry/index.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const root = scratchFolder();
const COLLECT = pathToFileURL(fileURLToPath(new URL('../../dist/collect/index.js', import.meta.url))).href;
let folders = 0;

function newFolder(): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return folder;
}

const settings = (folder: string, options: object = {}) => settingsOf({ folder, onNote: () => {}, ...options });
const named = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .sort();

describe('the collector as a library', () => {
  test('writes a line a sample, and a snapshot once the program has warmed up', async () => {
    const folder = join(newFolder(), 'made', 'for', 'it');
    const collector = collect({ folder, interval: 1e6, onNote: (note) => expect.fail(note) });
    for (let at = 0; at < 5; at++) collector.sample();
    collector.stop();
    const [file, ...others] = named(folder, '.v8.jsonl');
    expect(others).toEqual([]);
    const telemetry = await readTelemetry(join(folder, file));
    expect(telemetry).toMatchObject({ format: 'json lines', lines: 5, used: 5, bad: 0 });
    expect(telemetry.processes[0].name).toBe(String(process.pid));
    const metrics = [...telemetry.processes[0].metrics.keys()];
    expect(metrics).toEqual(expect.arrayContaining(['v8.heap_used', 'v8.heap_limit', 'v8.rss', 'v8.major_gcs']));
    const [snapshot, ...more] = named(folder, '.heapsnapshot');
    expect(more).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder, snapshot), 'utf8')).snapshot.node_count).toBeGreaterThan(10_000);
    expect(named(folder, '.lock')).toEqual([]);
  });

  test('refuses options that are none', () => {
    for (const options of [{ interval: 1 }, { interval: Number.NaN }, { mostSnapshots: -1 }, { growth: -5 }]) {
      expect(() => collect(options)).toThrow(RangeError);
    }
  });

  test('tells each trouble once, and goes on', () => {
    const notes: string[] = [];
    const folder = join(newFolder(), 'file');
    writeFileSync(folder, '');
    const collector = collect({ folder, interval: 1e6, mostSnapshots: 0, onNote: (note) => notes.push(note) });
    for (let at = 0; at < 3; at++) collector.sample();
    collector.stop();
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatch(/^the folder .* cannot be made: EEXIST/);
    expect(notes[1]).toMatch(/^telemetry is lost: ENOTDIR/);
  });
});

describe('snapshots', () => {
  test('are not taken where they may not be', () => {
    const folder = newFolder();
    const reasonOf = (options: object) => new Snapshots(settings(folder, options), 'a').take();
    expect(reasonOf({ mostSnapshots: 0 })).toEqual({ reason: '0 snapshots have been taken' });
    expect(reasonOf({ mostBytes: 1e6 })).toEqual({ reason: 'the snapshots would take more than they may' });
    expect(new Snapshots(settings(join(folder, 'missing')), 'a').take()).toEqual({
      reason: 'the folder cannot be looked at',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('are taken by one process of a folder at a time, unless that one has gone', () => {
    const folder = newFolder();
    const lock = join(folder, 'snapshot.lock');
    const snapshots = new Snapshots(settings(folder), 'a');
    writeFileSync(lock, String(process.ppid));
    expect(snapshots.take()).toEqual({ reason: 'another process of this folder is writing one' });
    const gone = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' });
    writeFileSync(lock, gone.trim());
    expect(snapshots.take()).toEqual({ file: join(folder, 'a-001.heapsnapshot') });
    expect(readdirSync(folder)).toEqual(['a-001.heapsnapshot']);
  });
});

test('lines that cannot be written are counted, and the next one begins anew', () => {
  const folder = newFolder();
  const reasons: string[] = [];
  const missing = new TelemetryFile(join(folder, 'later'), 'a', (reason) => reasons.push(reason));
  missing.write('{"a":1}');
  mkdirSync(join(folder, 'later'));
  missing.write('{"a":2}');
  missing.close();
  expect(missing.lost).toBe(1);
  expect(reasons[0]).toMatch(/^ENOENT/);
  const [file] = readdirSync(join(folder, 'later'));
  expect(readFileSync(join(folder, 'later', file), 'utf8')).toBe('{"a":2}\n');
});

describe('a program under --import', () => {
  const environment = (folder: string) => ({
    ...process.env,
    ...{ HEAPSLEUTH_FOLDER: folder, HEAPSLEUTH_INTERVAL: '20', HEAPSLEUTH_SNAPSHOTS: '0', NODE_OPTIONS: '' },
  });

  test('is collected from without a change, ends when it would, and says nothing', async () => {
    const folder = newFolder();
    const script = 'setTimeout(() => console.log("done"), 300)';
    const output = execFileSync(process.execPath, ['--import', COLLECT, '-e', script], {
      ...{ encoding: 'utf8', env: environment(folder), stdio: ['ignore', 'pipe', 'inherit'] },
    });
    expect(output).toBe('done\n');
    const { used, bad } = await readTelemetry(join(folder, named(folder, '.v8.jsonl')[0]));
    expect(used).toBeGreaterThan(2);
    expect(bad).toBe(0);
  });

  test('leaves whole lines when it is killed', async () => {
    const folder = newFolder();
    const child = spawn(process.execPath, ['--import', COLLECT, '-e', 'setInterval(() => {}, 1000)'], {
      env: environment(folder),
      stdio: 'ignore',
    });
    const exit = new Promise((resolve) => child.on('exit', resolve));
    for (let lines = 0; lines < 5; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const [file] = named(folder, '.v8.jsonl');
      lines = file === undefined ? 0 : readFileSync(join(folder, file), 'utf8').split('\n').length - 1;
    }
    child.kill('SIGKILL');
    await exit;
    const { used, bad, lines } = await readTelemetry(join(folder, named(folder, '.v8.jsonl')[0]));
    expect([bad, lines - used]).toEqual([0, 0]);
  });

  test('goes on with the usual settings where the environment has none that are', () => {
    const folder = newFolder();
    const env = { ...environment(folder), HEAPSLEUTH_INTERVAL: 'often' };
    const script = `${process.execPath} --import ${COLLECT} -e 0 2>&1`;
    const text = execFileSync('sh', ['-c', script], { encoding: 'utf8', env });
    expect(text).toBe('heapsleuth: found HEAPSLEUTH_INTERVAL="often", expected a whole number: left as it is\n');
  });
});

describe('a program in trouble', () => {
  const run = (folder: string, script: string, variables: object = {}) =>
    execFileSync('sh', ['-c', script], {
      encoding: 'utf8',
      env: {
        ...process.env,
        ...{ NODE: process.execPath, COLLECT, NODE_OPTIONS: '' },
        ...{ HEAPSLEUTH_FOLDER: folder, HEAPSLEUTH_INTERVAL: '20', HEAPSLEUTH_SNAPSHOTS: '0' },
        ...variables,
      },
    });

  test('goes on though it has no file descriptors left', () => {
    const program = `
      const { openSync } = require('node:fs');
      const open = [];
      setTimeout(() => { try { for (;;) open.push(openSync('/dev/null')); } catch {} }, 50);
      setTimeout(() => { console.log('alive'); process.exit(0); }, 400);`;
    const script = 'ulimit -n 64; exec "$NODE" --import "$COLLECT" -e "$PROGRAM" 2>/dev/null';
    expect(run(newFolder(), script, { PROGRAM: program })).toBe('alive\n');
  });

  test('goes on though nobody reads what the collector has to say', async () => {
    const program = 'setTimeout(() => { console.log("alive"); process.exit(0); }, 400)';
    const child = spawn(process.execPath, ['--import', COLLECT, '-e', program], {
      env: { ...process.env, HEAPSLEUTH_FOLDER: '/dev/null/none', HEAPSLEUTH_INTERVAL: '20' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.destroy();
    const output = (await child.stdout.toArray()).join('');
    expect([output, await new Promise((resolve) => child.on('close', resolve))]).toEqual(['alive\n', 0]);
  });

  test('is followed into another working folder', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'other'));
    const script = 'cd "$AT"; exec "$NODE" --import "$COLLECT" -e "$PROGRAM" 2>&1';
    const program = 'process.chdir("other"); setTimeout(() => {}, 200)';
    expect(run('kept', script, { AT: folder, PROGRAM: program })).toBe('');
    expect(named(join(folder, 'kept'), '.v8.jsonl')).toHaveLength(1);
  });

  test('may name the collector by its path, and in quotes', () => {
    for (const words of [`--import ${fileURLToPath(COLLECT)}`, `--import "${COLLECT}"`, `--import="${COLLECT}"`]) {
      const folder = newFolder();
      run(folder, `exec "$NODE" -e 'setTimeout(() => {}, 200)'`, { NODE_OPTIONS: words });
      expect(named(folder, '.v8.jsonl'), words).toHaveLength(1);
    }
  });
});

test('an interval that is none to a timer is refused', () => {
  expect(() => settingsOf({ interval: 2 ** 31 })).toThrow(/^interval: found 2147483648, expected 10 to 2147483647/);
  expect(settingsOf({ interval: 2 ** 31 - 1 }).interval).toBe(2 ** 31 - 1);
});

describe('a folder of several processes', () => {
  test('has snapshots of so many bytes at most, whoever wrote them', () => {
    const folder = newFolder();
    const take = (mostBytes: number) => new Snapshots(settings(folder, { mostBytes }), 'a').take();
    writeFileSync(join(folder, 'earlier-001.heapsnapshot'), Buffer.alloc(1e6));
    const need = 1e9;
    expect(take(need)).toEqual({ file: join(folder, 'a-001.heapsnapshot') });
    expect(take(statSync(join(folder, 'a-001.heapsnapshot')).size + 1e6)).toEqual({
      reason: 'the snapshots would take more than they may',
    });
  });

  test('gets rid of what those have left that were killed, and overwrites nothing', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'b-001.heapsnapshot.partial'), 'half');
    writeFileSync(join(folder, 'a-001.heapsnapshot'), 'whole');
    expect(new Snapshots(settings(folder), 'a').take()).toEqual({ file: join(folder, 'a-002.heapsnapshot') });
    expect(readdirSync(folder)).toEqual(['a-001.heapsnapshot', 'a-002.heapsnapshot']);
    const [one, other] = [1, 2].map(() => new TelemetryFile(folder, 'a', (reason) => expect.fail(reason)));
    for (const [line, file] of [one, other].entries()) file.write(`{"line":${line}}`);
    for (const file of [one, other]) file.close();
    expect(named(folder, '.jsonl').map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
      '{"line":1}\n',
      '{"line":0}\n',
    ]);
  });

  test('says why there is no snapshot, and does not block the program with another try at once', () => {
    const folder = newFolder();
    const snapshots = new Snapshots(settings(folder), `missing${sep}a`);
    expect(snapshots.take()).toMatchObject({ reason: expect.stringMatching(/ENOENT/) });
    expect(snapshots.take()).toEqual({ reason: 'the last one could not be written' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
