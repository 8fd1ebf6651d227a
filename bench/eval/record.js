// Has a version of Node run a program and write its series of snapshots.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../measure.js';

const recorder = fileURLToPath(new URL('record-series.cjs', import.meta.url));
const seriesFolder = fileURLToPath(new URL('../data/eval/series/', import.meta.url));

/** The slowest program takes seconds; one that hangs must not hang the evaluation. */
const TIMEOUT_MS = 300_000;

/**
 * The snapshots' files, in order. A series that an earlier run has kept, of the same program and Node (`key`), is used again.
 * @returns {Promise<{folder: string, files: string[]}>}
 */
export async function recordSeries({ node, id, program, key, count }) {
  const folder = join(seriesFolder, id);
  const note = join(folder, 'recorded.txt');
  if (!existsSync(note) || readFileSync(note, 'utf8') !== key) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run(node, ['--expose-gc', recorder, program, folder, String(count)]);
    // Last: a series that was broken off is not taken for a whole one.
    writeFileSync(note, key);
  }
  const files = readdirSync(folder).filter((file) => file.endsWith('.heapsnapshot'));
  if (files.length !== count) throw new Error(`${id}: found ${files.length} snapshots, expected ${count}`);
  return { folder, files: files.sort().map((file) => join(folder, file)) };
}

/** What the program prints is of no interest unless it fails. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: plainEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: TIMEOUT_MS,
    });
    let talk = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      talk = (talk + text).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`recording ended with ${signal ?? `exit code ${code}`}: ${talk.trim().split('\n')[0]}`));
    });
  });
}
