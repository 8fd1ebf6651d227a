import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SnapshotError } from '#src/base/errors.js';
import { EdgeWindow, NameCheck } from '#src/read/edge-window.js';
import { type Header, numberedMask } from '#src/read/header.js';
import { type ReadOptions, readSnapshot } from '#src/read/reader.js';
import { BytesSource } from '#src/read/source.js';
import { TemporaryFile } from '#src/read/temporary-file.js';
import { createRandom, type Random } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { testArena } from '../engine/engine.js';

const FILES = 2_000;
const folder = mkdtempSync(join(tmpdir(), 'heapsleuth-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with one thing changed, mostly a digit: many of these still are JSON, with numbers that point somewhere else. */
function garbled(seed: number, random: Random): Uint8Array {
  const bytes = Uint8Array.from(toJson(randomGraph(seed, 30)));
  if (random.chance(0.2)) return bytes.subarray(0, random.int(bytes.length));
  const edges = Buffer.from(bytes).indexOf('"edges"');
  const at = edges + random.int(bytes.length - edges);
  bytes[at] = random.pick([...'0123456789,9999']).charCodeAt(0);
  return bytes;
}

async function outcomeOf(bytes: Uint8Array, options: ReadOptions): Promise<unknown> {
  const arena = await testArena();
  try {
    const { header, strings } = await readSnapshot(() => new BytesSource(bytes, [7, 4096]), arena, options);
    return { header, strings: strings.count };
  } catch (error) {
    return SnapshotError.from(error).toData();
  }
}

describe('a bad file has the same error whether its edges go to memory, to files or nowhere', () => {
  test(`${FILES} garbled files`, async () => {
    const random = createRandom(6);
    const codes = new Map<string, number>();
    const arena = await testArena();
    for (let seed = 0; seed < FILES; seed++) {
      const bytes = garbled(seed, random);
      const expected = await outcomeOf(bytes, {});
      const files = { type: new TemporaryFile(folder), name: new TemporaryFile(folder), to: new TemporaryFile(folder) };
      const toFiles = { planEdges: () => new EdgeWindow(arena, 0, files) };
      expect(await outcomeOf(bytes, toFiles), `seed ${seed}`).toEqual(expected);
      for (const file of Object.values(files)) file.close();
      const nowhere = {
        planEdges: (header: Header) => new EdgeWindow(arena, 0, new NameCheck(numberedMask(header))),
      };
      expect(await outcomeOf(bytes, nowhere), `seed ${seed}`).toEqual(expected);
      const { code = 'right' } = expected as { code?: string };
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    for (const code of ['right', 'OUT_OF_RANGE', 'TRUNCATED', 'COUNT_MISMATCH', 'SYNTAX']) {
      expect(codes.get(code), code).toBeGreaterThan(FILES / 400);
    }
  });

  test('a string index that only the last edge of many has wrong is found in its place', async () => {
    const edges = 50_000;
    const rows = Array.from({ length: edges }, (_, at) => `2,${at === edges - 1 ? 3 : at % 3},0`).join(',');
    const text = `{"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count"],"node_types":[["object"]],"edge_fields":["type","name_or_index","to_node"],"edge_types":[["context","element","property"]]},"node_count":1,"edge_count":${edges}},"nodes":[0,0,1,8,${edges}],"edges":[${rows}],"strings":["a","b","c"]}`;
    const bytes = Buffer.from(text);
    const arena = await testArena();
    const expected = await outcomeOf(bytes, {});
    expect(expected).toMatchObject({ code: 'OUT_OF_RANGE', byteOffset: text.lastIndexOf(',3,0') + 1 });
    const files = { type: new TemporaryFile(folder), name: new TemporaryFile(folder), to: new TemporaryFile(folder) };
    expect(await outcomeOf(bytes, { planEdges: () => new EdgeWindow(arena, 0, files) })).toEqual(expected);
    const nowhere = (header: Header) => new EdgeWindow(arena, 0, new NameCheck(numberedMask(header)));
    expect(await outcomeOf(bytes, { planEdges: nowhere })).toEqual(expected);
    for (const file of Object.values(files)) file.close();
  });
});
