import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { Arena } from '#src/wasm/arena.js';
import { wholeNumbers } from '#src/wasm/region.js';
// @ts-expect-error: the benchmarks are plain JavaScript
import { Plan } from '../../bench/generator/plan.js';
// @ts-expect-error: see above
import { writeSnapshot } from '../../bench/generator/snapshot.js';
// @ts-expect-error: see above
import { FreshTexts } from '../../bench/generator/texts.js';
// @ts-expect-error: see above
import { FileWriter } from '../../bench/generator/writer.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const folder = scratchFolder();

interface Block {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodes: { readonly degree: Uint32Array };
  readonly edges: { readonly to: Uint32Array };
}

describe('a generated snapshot', () => {
  test.each([
    [20_000, 60_000, 1],
    [20_000, 400_000, 2],
    [60_000, 330_000, 3],
    [100_000, 320_000, 4],
  ])('of %i nodes and %i edges, seed %i, is valid and has exactly these counts', async (nodeCount, edgeCount, seed) => {
    const file = join(folder, `${nodeCount}-${edgeCount}.heapsnapshot`);
    const bytes = writeSnapshot(file, { nodeCount, edgeCount, seed });
    const content = readFileSync(file);
    expect(bytes).toBe(content.length);
    const arena = await Arena.create();
    const { header, columns } = await readSnapshot(sourceOf(file), arena);
    expect([header.nodeCount, header.edgeCount]).toEqual([nodeCount, edgeCount]);
    const ids = wholeNumbers(arena.memory.buffer, columns.nodeId, new Float64Array(nodeCount));
    expect(ids.findIndex((id, ordinal) => ordinal > 0 && id <= ids[ordinal - 1])).toBe(-1);
    const { strings } = JSON.parse(content.toString('latin1'));
    expect(new Set(strings).size).toBe(strings.length);
  });

  test('is built of the same blocks in every pass, the last ones included', () => {
    const plan = new Plan({ nodeCount: 40_000, edgeCount: 160_000, seed: 5 });
    const passes = ['nodes', 'edges', 'once more'].map(() =>
      Array.from(plan.blocks() as Iterable<Block>, ({ nodeCount, edgeCount, nodes, edges }) => ({
        degrees: [...nodes.degree.subarray(0, nodeCount)],
        targets: [...edges.to.subarray(0, edgeCount)],
      })),
    );
    expect(passes[0].length).toBeGreaterThan(10);
    expect(passes[1]).toEqual(passes[0]);
    expect(passes[2]).toEqual(passes[0]);
  });

  test('is the same to the last byte with the same parameters, and another with another seed', () => {
    const written = [7, 7, 8].map((seed, index) => {
      const file = join(folder, `${index}.heapsnapshot`);
      writeSnapshot(file, { nodeCount: 20_000, edgeCount: 80_000, seed });
      return readFileSync(file);
    });
    expect(written[0].equals(written[1])).toBe(true);
    expect(written[0].equals(written[2])).toBe(false);
  });

  test('leaves no other file behind', () => {
    expect(readdirSync(folder).filter((name) => !name.endsWith('.heapsnapshot'))).toEqual([]);
  });

  test('that cannot have so few edges is refused with the number it needs', () => {
    const parameters = { nodeCount: 20_000, edgeCount: 20_000, seed: 1 };
    expect(() => writeSnapshot(join(folder, 'few.heapsnapshot'), parameters)).toThrow(
      /^edges: 20000, these 20000 nodes need \d{5}$/,
    );
  });
});

describe('the writer', () => {
  function written(write: (writer: typeof FileWriter) => void): string {
    const writer = new FileWriter(join(folder, 'written.json'));
    write(writer);
    writer.close();
    return readFileSync(join(folder, 'written.json'), 'latin1');
  }

  test('writes the digits of numbers of any size', () => {
    const numbers = [0, 9, 10, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 700_000_000 * 6, Number.MAX_SAFE_INTEGER];
    const text = written((writer) => {
      writer.beginList();
      for (const number of numbers) writer.number(number);
      writer.endList();
    });
    expect(text).toBe(JSON.stringify(numbers));
  });

  test('writes an empty list, and lists longer than its buffer', () => {
    const numbers = Array.from({ length: 300_000 }, (_, index) => index * 977);
    const text = written((writer) => {
      for (const list of [[], numbers]) {
        writer.beginList();
        for (const number of list) writer.number(number);
        writer.endList();
      }
    });
    expect(text).toBe(`[]${JSON.stringify(numbers)}`);
  });

  test('writes fresh texts as JSON, every one once and none longer than what V8 keeps', () => {
    const text = written((writer) => {
      const texts = new FreshTexts(writer, 1);
      writer.beginList();
      for (let index = 0; index < 50_000; index++) texts.write(index);
      writer.endList();
    });
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    const texts: string[] = JSON.parse(text);
    expect(new Set(texts).size).toBe(50_000);
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(1024);
  });
});
