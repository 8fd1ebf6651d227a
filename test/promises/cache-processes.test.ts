import { spawn } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { corpusFile, scratchFolder } from '../api/snapshot-files.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The promise is 8 processes of 50 rounds: a few minutes. Set this to run it in full. */
const FULL = process.env.HEAPSLEUTH_FULL === '1';
const [PROCESSES, ROUNDS] = FULL ? [8, 50] : [4, 6];

/**
 * Rounds of reading and now and then losing the same caches, at the same time as others do. Prints one digest of all answers for
 * each round.
 */
const PROGRAM = `
  import { createHash } from 'node:crypto';
  import { readdirSync, rmSync, utimesSync } from 'node:fs';
  import { analyze, openSnapshot } from 'heapsleuth';
  const [file, cache, rounds, seed] = process.argv.slice(1);
  for (let round = 0; round < Number(rounds); round++) {
    const chance = (round * 7 + Number(seed) * 3) % 11;
    if (chance === 0) for (const name of readdirSync(cache)) if (name.endsWith('.heapidx')) rmSync(cache + '/' + name, { force: true });
    if (chance === 1) utimesSync(file, new Date(), new Date());
    const hash = createHash('sha256');
    const onNote = (note) => { throw new Error(note); };
    hash.update(JSON.stringify(await analyze(file, { cache, onNote })));
    const snapshot = await openSnapshot(file, { cache, onNote });
    for (const column of Object.values(snapshot.columns)) hash.update(column.slice());
    for (let node = 0; node < snapshot.nodeCount; node += 997) {
      hash.update(JSON.stringify([snapshot.nodeName(node), snapshot.pathToRoot(node), [...snapshot.dominated(node)]]));
    }
    snapshot.close();
    console.log(hash.digest('hex'));
  }
`;

function digestsOf(args: readonly string[]): Promise<{ code: number | null; digests: string[]; talk: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, ...args], { cwd: ROOT });
    let output = '';
    let talk = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (talk += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, digests: output.trim().split('\n'), talk }));
  });
}

describe('promise 24: several processes and one cache', () => {
  test(`${PROCESSES} processes of ${ROUNDS} rounds say the same bytes, without an error`, {
    timeout: 900_000,
  }, async () => {
    const folder = scratchFolder();
    const cache = join(folder, 'cache');
    const file = join(folder, 'app.heapsnapshot.gz');
    copyFileSync(corpusFile('node20'), file);
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
});
