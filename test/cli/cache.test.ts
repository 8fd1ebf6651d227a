import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusFile } from '../api/snapshot-files.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { type Finished, MAIN, run } from './run-cli.js';

const folder = scratchFolder();
let copies = 0;

/** A snapshot in a folder of its own. */
function snapshot(name = 'node18'): string {
  const own = join(folder, `copy-${copies++}`);
  mkdirSync(own);
  const file = join(own, 'app.heapsnapshot.gz');
  copyFileSync(corpusFile(name), file);
  return file;
}

const besides = (file: string) => readdirSync(join(file, '..')).filter((name) => name !== 'app.heapsnapshot.gz');

describe('--cache', () => {
  it.each([
    ['analyze', (file: string) => ['analyze', file], 'app.heapsnapshot.gz.report.heapidx'],
    [
      'analyze --json',
      (file: string) => ['analyze', file, '--json', '--top', '3'],
      'app.heapsnapshot.gz.report.heapidx',
    ],
    [
      'analyze within limits',
      (file: string) => ['analyze', file, '--timeout', '600'],
      'app.heapsnapshot.gz.report.heapidx',
    ],
    ['inspect', (file: string) => ['inspect', file, '--ordinal', '100'], 'app.heapsnapshot.gz.heapidx'],
    [
      'inspect --class',
      (file: string) => ['inspect', file, '--class', 'Object', '--json'],
      'app.heapsnapshot.gz.heapidx',
    ],
  ])('%s says the same the first time and again, from a file beside the snapshot', async (_, command, name) => {
    const file = snapshot();
    const plain = await run(command(file));
    expect(plain).toMatchObject({ code: 0, stderr: '' });
    expect(plain.stdout.length).toBeGreaterThan(100);
    expect(besides(file)).toEqual([]);
    expect(await run([...command(file), '--cache'])).toEqual(plain);
    expect(besides(file)).toEqual([name]);
    expect(await run([...command(file), '--cache'])).toEqual(plain);
  });

  it('keeps what batch and diff have computed in a folder that is named', async () => {
    const [base, current] = [snapshot('node18'), snapshot('node20')];
    const series = join(folder, 'series');
    mkdirSync(series);
    for (const [at, file] of [base, current].entries()) copyFileSync(file, join(series, `${at}.heapsnapshot.gz`));
    const caches = join(folder, 'caches');
    for (const command of [
      ['batch', series, '--json'],
      ['batch', series, '--shard', '1/2'],
      ['diff', base, current],
    ]) {
      const plain = await run(command);
      for (const _ of ['first', 'again']) expect(await run([...command, `--cache=${caches}`])).toEqual(plain);
      expect(plain.code).toBe(0);
    }
    expect(readdirSync(series)).toHaveLength(2);
    // Two reports and a comparison: the shard has found the batch's.
    expect(readdirSync(caches)).toHaveLength(3);
  });

  it('before the files takes one of them for its folder, and says so', async () => {
    const file = snapshot();
    const { code, stderr } = await run(['analyze', '--cache', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('It is a file: put --cache last, or name a folder with --cache=FOLDER.');
    expect((await run(['analyze', file, '--cache='])).code).toBe(2);
  });

  it('is part of the help of every command that analyses', async () => {
    for (const command of ['analyze', 'batch', 'diff', 'inspect']) {
      expect((await run([command, '--help'])).stdout).toContain('--cache [folder]');
    }
    expect((await run(['merge', '--help'])).stdout).not.toContain('--cache');
  });

  it('that breaks while it is read is a note, and the answer is the right one', async () => {
    const file = snapshot();
    const plain = await run(['inspect', file, '--ordinal', '100']);
    await run(['inspect', file, '--ordinal', '100', '--cache']);
    const cache = `${file}.heapidx`;
    const bytes = readFileSync(cache);
    // Every column of the graph, but neither the header nor the documents at the end, without which nothing opens.
    for (let at = 32_768; at < bytes.length / 2; at += 4096) bytes[at] ^= 1;
    writeFileSync(cache, bytes);
    const { stderr, ...rest } = await run(['inspect', file, '--ordinal', '100', '--cache']);
    expect(rest).toEqual({ code: plain.code, signal: null, stdout: plain.stdout });
    expect(stderr).toMatch(/^heapsleuth: analysed afresh: found .* in the cache .*: it is removed/);
  });

  it('that cannot be written is a note, and few of them for many snapshots', async () => {
    const blocked = writeIn(folder, 'blocked', '');
    const series = join(folder, 'many');
    mkdirSync(series);
    const file = snapshot();
    for (let at = 0; at < 5; at++) copyFileSync(file, join(series, `${at}.heapsnapshot.gz`));
    const plain = await run(['batch', series]);
    // Given as --cache=… it is refused as a file; within a file no folder can be made.
    const { stderr, ...rest } = await run(['batch', series, `--cache=${blocked}/caches`]);
    expect(rest).toEqual({ code: 0, signal: null, stdout: plain.stdout });
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines.slice(0, 3)) expect(line).toMatch(/^heapsleuth: cannot write the cache .*blocked/);
    expect(lines[3]).toBe('heapsleuth: and 2 more notes of this kind');
  });
});

/** The command where no file may become longer than so many KiB: what a full disk does, but for one process only. */
function runWithin(kibibytes: number, args: readonly string[], output = '/dev/null'): Promise<Finished> {
  // Blocks of 512 bytes, as POSIX has it.
  const script = 'limit=$1; output=$2; shift 2; ulimit -f "$limit"; exec "$@" > "$output"';
  const command = ['-c', script, 'sh', String(2 * kibibytes), output, process.execPath, MAIN, ...args];
  return new Promise((resolve) => {
    execFile('sh', command, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), signal: error?.signal ?? null, stdout, stderr });
    });
  });
}

describe.skipIf(process.platform === 'win32')('promise 22: a full disk', () => {
  it('costs the cache and a note, and neither the result nor a trace', async () => {
    const file = snapshot();
    const output = join(folder, 'whole.txt');
    const command = ['inspect', file, '--ordinal', '100'];
    const plain = await run(command);
    const { code, stderr } = await runWithin(256, [...command, '--cache'], output);
    expect(code).toBe(0);
    expect(readFileSync(output, 'utf8')).toBe(plain.stdout);
    expect(stderr).toMatch(/^heapsleuth: cannot write the cache .*app\.heapsnapshot\.gz\.heapidx: EFBIG/);
    expect(besides(file)).toEqual([]);
  });

  it('that does not take the output either ends with exit code 4, and what is kept is whole', async () => {
    const file = snapshot();
    const command = ['analyze', file, '--json', '--top', '100000', '--cache'];
    const plain = await run(command.slice(0, -1));
    // Enough for the report's cache, and too little for the document.
    const { code, stderr } = await runWithin(16, command, join(folder, 'cut.json'));
    expect(code).toBe(4);
    expect(stderr).toMatch(/^heapsleuth: cannot write the output: EFBIG/);
    expect(await run(command)).toEqual(plain);
  });
});
