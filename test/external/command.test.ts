import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { schemaViolation } from '#src/report/schema-check.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { createRandom } from '../build/random.js';
import { finished, MAIN, run, SERIES, seriesFile, start } from '../cli/run-cli.js';
import { canFindProcesses, newMark, waitForMarked } from '../promises/marked-processes.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

/** Moments at which the command is killed: `KILLS=200 npx vitest run test/external` for all of them. */
const KILLS = Number(process.env.KILLS ?? 8);
const PROMISED_MS = 5000;

const external = (folder: string) => ['--mode', 'external', '--temp', folder, '--progress', 'never'];

describe('the report with edges in files is that of the mode in memory, byte for byte', () => {
  test.each(['', '--json'])('analyze %s', async (format) => {
    const folder = scratchFolder();
    const words = ['analyze', seriesFile(8), '--no-suspects', '--top', '100', ...(format ? [format] : [])];
    const [expected, found] = await Promise.all([run(words), run([...words, ...external(folder)])]);
    expect(expected.code).toBe(0);
    expect(found).toMatchObject({ code: 0, stdout: expected.stdout });
    expect(found.stderr).toMatch(
      /^heapsleuth: .*server-8\S+: [\d,]+ nodes, [\d,]+ edges: mode external, about .* of memory, .* at least \(.* may be used\), .* of temporary files\n$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('batch, whose classes take the names of the last snapshot', async () => {
    const folder = scratchFolder();
    const [expected, found] = await Promise.all([
      run(['batch', SERIES, '--json', '--no-suspects']),
      run(['batch', SERIES, '--json', '--no-suspects', ...external(folder)]),
    ]);
    expect(found).toMatchObject({ code: 0, stdout: expected.stdout });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('suspects are not sought there, and the talk on stderr says so', async () => {
  const folder = scratchFolder();
  const { code, stdout, stderr } = await run(['analyze', seriesFile(8), '--json', ...external(folder)]);
  expect({ code, sought: 'suspects' in JSON.parse(stdout) }).toEqual({ code: 0, sought: false });
  expect(stderr).toContain('no suspects were sought: that needs edges in memory');
});

describe('no temporary file is left', () => {
  test('by a snapshot that is bad, or cut', async () => {
    const folder = scratchFolder();
    const bad = writeIn(scratchFolder(), 'bad.heapsnapshot', '{"snapshot":{"meta":{}},"nodes":[]}');
    const { code, stdout } = await run(['analyze', bad, ...external(folder)]);
    expect({ code, named: stdout.includes('HEADER') }).toEqual({ code: 3, named: true });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('by a folder that cannot be written to, which is an error of its own', async () => {
    const { code, stdout } = await run(['analyze', seriesFile(1), ...external('/nowhere/at/all')]);
    expect({ code, named: stdout.includes('TEMPORARY') }).toEqual({ code: 3, named: true });
  });

  test.skipIf(process.platform === 'win32')('by a disk without room', async () => {
    const folder = scratchFolder();
    // The system lets no file of this process grow over some kilobytes, as if the disk were full.
    const words = [MAIN, 'analyze', seriesFile(8), ...external(folder)];
    const child = spawn('sh', ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, ...words]);
    const { code, stdout } = await finished(child);
    expect(stdout).toContain('DISK_FULL: found no more disk space for temporary files');
    expect(code).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(!canFindProcesses)('promise 21 with edges in files', () => {
  let whole: string;
  let lasts: number;
  const command = (folder: string) => ['batch', SERIES, '--json', '--mode', 'external', '--temp', folder];

  beforeAll(async () => {
    const started = performance.now();
    const { stdout } = await run(command(scratchFolder()));
    lasts = performance.now() - started;
    whole = stdout;
  });

  test('SIGINT ends the command and its children in time, without a trace', async () => {
    const [folder, mark] = [scratchFolder(), newMark()];
    const child = start([...command(folder), '--progress', 'always'], mark);
    const end = finished(child);
    await once(child.stderr as NonNullable<typeof child.stderr>, 'data');
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130, stdout: '' });
    expect(await waitForMarked(mark, (pids) => pids.length === 0, PROMISED_MS)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test(`SIGKILL at ${KILLS} random moments leaves no file, and the next run gives the same bytes`, {
    timeout: 60_000 + KILLS * 10_000,
  }, async () => {
    const random = createRandom(22);
    const [folder, mark] = [scratchFolder(), newMark()];
    for (let round = 0; round < KILLS; round++) {
      const child = start(command(folder), mark);
      const end = finished(child);
      await pause(random.int(Math.ceil(lasts)));
      child.kill('SIGKILL');
      await end;
      expect(await waitForMarked(mark, (pids) => pids.length === 0, PROMISED_MS)).toEqual([]);
      expect(readdirSync(folder)).toEqual([]);
    }
    const { code, stdout } = await run(command(folder));
    expect({ code, same: stdout === whole }).toEqual({ code: 0, same: true });
  });
});

describe('mode shallow', () => {
  test('says counts and self sizes, and what it does not say', async () => {
    const { code, stdout } = await run(['analyze', seriesFile(8), '--mode', 'shallow', '--progress', 'never']);
    expect(code).toBe(0);
    expect(stdout).toContain('shallow analysis: no retained sizes, no distances');
    expect(stdout).not.toMatch(/retained {2}|distance {2}/);
  });

  test('has documents of their own kind, without the figures it does not know', async () => {
    const words = ['analyze', seriesFile(7), seriesFile(8), '--json', '--top', '1000000'];
    const [full, found] = await Promise.all([run(words), run([...words, '--mode', 'shallow'])]);
    const document = JSON.parse(found.stdout);
    expect(schemaViolation(SCHEMAS.analysis, document)).toBeUndefined();
    expect(document.growth).toBeUndefined();
    for (const [at, snapshot] of document.snapshots.entries()) {
      const whole = JSON.parse(full.stdout).snapshots[at];
      expect(snapshot).toMatchObject({ ok: true, mode: 'shallow', nodeCount: whole.nodeCount });
      expect(Object.keys(snapshot)).not.toContain('totalSize');
      // What ownership moves from one object to another it does not create.
      const sum = (classes: { selfSize: number }[]) => classes.reduce((total, { selfSize }) => total + selfSize, 0);
      expect(sum(snapshot.classes)).toBe(snapshot.selfSize);
      expect(sum(snapshot.classes)).toBe(sum(whole.classes));
      for (const entry of snapshot.classes) {
        expect(Object.keys(entry)).toEqual(['key', 'name', 'count', 'selfSize']);
      }
    }
  });

  test('is refused for a shard, which is about growth', async () => {
    const { code, stderr } = await run(['batch', SERIES, '--shard', '1/2', '--mode', 'shallow']);
    expect(code).toBe(2);
    expect(stderr).toContain('--shard');
  });
});
