import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
