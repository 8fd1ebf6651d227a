import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { SnapshotError } from '#src/base/errors.js';
import { sourceOf } from '#src/read/file.js';
import { readBytes, readWith } from '../engine/engine.js';
import { copyColumns } from './columns.js';

const corpus = (name: string) => new URL(`../corpus/${name}`, import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'heapsleuth-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function columnsOfFile(file: string) {
  const { arena, raw } = await readWith(sourceOf(file));
  return copyColumns(arena, raw);
}

async function refusal(name: string, bytes: Uint8Array): Promise<SnapshotError> {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const error = await readWith(sourceOf(file)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SnapshotError) return error;
  throw new Error(`found ${String(error)} for ${name}, expected a SnapshotError`);
}

describe('a compressed snapshot', () => {
  test('has the columns of the plain one, as gzip and as Zstandard', async () => {
    const { arena, raw } = await readBytes(gunzipSync(readFileSync(corpus('node12.heapsnapshot.gz'))));
    const plain = copyColumns(arena, raw);
    expect(plain.id.length).toBe(34_101);
    expect(await columnsOfFile(corpus('node12.heapsnapshot.gz'))).toEqual(plain);
    expect(await columnsOfFile(corpus('node12.heapsnapshot.zst'))).toEqual(plain);
  });

  test('is known by its first bytes, whatever its name', async () => {
    const file = join(folder, 'misleading.heapsnapshot');
    writeFileSync(file, readFileSync(corpus('node12.heapsnapshot.zst')));
    expect((await columnsOfFile(file)).id.length).toBe(34_101);
  });

  test.each(['node12.heapsnapshot.gz', 'node12.heapsnapshot.zst'])(
    '%s, cut anywhere, is refused with its place',
    async (name) => {
      const bytes = readFileSync(corpus(name));
      for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.999]) {
        const error = await refusal('cut', bytes.subarray(0, Math.max(20, Math.floor(bytes.length * share))));
        expect(['COMPRESSION', 'TRUNCATED'], `${share}`).toContain(error.code);
        expect(error.byteOffset, `${share}`).toBeGreaterThanOrEqual(0);
        expect(error.message).toMatch(/found .*, expected/);
      }
    },
  );

  test.each(['node12.heapsnapshot.gz', 'node12.heapsnapshot.zst'])(
    '%s with a damaged byte is refused',
    async (name) => {
      const bytes = readFileSync(corpus(name));
      bytes[Math.floor(bytes.length / 2)] ^= 0xff;
      bytes[Math.floor(bytes.length / 2) + 1] ^= 0xff;
      const error = await refusal('damaged', bytes);
      expect(['COMPRESSION', 'SYNTAX', 'TRUNCATED', 'NUMBER', 'OUT_OF_RANGE', 'COUNT_MISMATCH']).toContain(error.code);
      expect(error.byteOffset).toBeGreaterThan(0);
    },
  );
});
