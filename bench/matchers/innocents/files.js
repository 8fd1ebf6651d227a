// A file that is written, read and removed.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function call(n) {
  const file = join(tmpdir(), `heapsleuth-innocent-${process.pid}-${n}`);
  await writeFile(file, `text ${n}`);
  await readFile(file, 'utf8');
  await rm(file);
}
