import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { analysedFile } from '#src/batch/analysed-file.js';
import { threadsFor, threadsForFile } from '#src/batch/cores.js';
import type { PackedResult, TaskResult } from '#src/batch/tasks.js';
import run from '#src/batch/worker.js';
import { expectedBytes } from '#src/read/file.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

const CORPUS = fileURLToPath(new URL('../corpus', import.meta.url));
type Result = TaskResult<PackedResult>;
const folder = scratchFolder();
const FILES = readdirSync(CORPUS).filter((name) => /\.(?:gz|zst)$/.test(name));

// Small files are analysed on one thread wherever the choice is the program's.
it.each(FILES)('one thread and two find the same in %s', async (name) => {
  const file = `${CORPUS}/${name}`;
  const work = { mode: 'memory', budget: 0, folder: tmpdir(), text: 0 } as const;
  const task = {
    kind: 'analyse',
    file,
    top: Infinity,
    timings: false,
    series: 'infer',
    memory: 'normal',
    work,
  } as const;
  const [one, two] = [
    await run({ ...task, threads: 1, progress: undefined }),
    await run({ ...task, threads: 2, progress: undefined }),
  ];
  expect(one).toMatchObject({ ok: true, value: { report: { ok: true, file } } });
  // Packed lists may be spelled differently and mean the same.
  expect(analysedFile(file, two as Result)).toEqual(analysedFile(file, one as Result));
});

it('a second thread is for files that take longer than its start', () => {
  const plain = writeIn(folder, 'plain', `{${' '.repeat(9 << 20)}`);
  const short = writeIn(folder, 'short', '{"snapshot":');
  const compressed = writeIn(
    folder,
    'compressed',
    Uint8Array.from({ length: 2 << 20 }, (_, i) => [0x1f, 0x8b][i] ?? 0),
  );
  expect(threadsForFile(plain)).toBe(threadsFor(1));
  expect(threadsForFile(compressed)).toBe(threadsFor(1));
  for (const file of [short, folder, `${folder}/nothing`]) expect(threadsForFile(file)).toBe(1);
  expect(expectedBytes(plain)).toBe((9 << 20) + 1);
  expect(expectedBytes(compressed)).toBe(8 * (2 << 20));
});
