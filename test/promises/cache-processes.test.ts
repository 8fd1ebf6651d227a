import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scratchFolder, writeSnapshot } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';

const PROGRAM = fileURLToPath(new URL('./cache-rounds.js', import.meta.url));
const [PROCESSES, ROUNDS] = [8, 50];

function digestsOf(args: readonly string[]): Promise<{ code: number | null; digests: string[]; talk: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args]);
    let output = '';
    let talk = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (talk += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, digests: output.trim().split('\n'), talk }));
  });
}

test(`promise 24: ${PROCESSES} processes of ${ROUNDS} rounds on one cache say the same bytes, without an error`, {
  timeout: 900_000,
}, async () => {
  const folder = scratchFolder();
  const cache = join(folder, 'cache');
  const file = writeSnapshot(folder, 'app', randomGraph(24, 3000));
  const first = await digestsOf([file, cache, '1', '1']);
  expect(first).toMatchObject({ code: 0, talk: '' });
  const runs = await Promise.all(
    Array.from({ length: PROCESSES }, (_, seed) => digestsOf([file, cache, String(ROUNDS), String(seed)])),
  );
  for (const { code, digests, talk } of runs) {
    expect({ code, talk }).toEqual({ code: 0, talk: '' });
    expect(digests).toEqual(new Array(ROUNDS).fill(first.digests[0]));
  }
  expect(readdirSync(cache).filter((name) => name.endsWith('.partial'))).toEqual([]);
});
