import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '#src/read/file.js';
import { analyseWith } from './engine.js';

const FOLDER = new URL('../corpus/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.gz'));

/** Files that DevTools itself fails on have no expected values; they must be read all the same. */
const WITHOUT_EXPECTATION = ['timeline.heaptimeline.gz'];

interface Expected {
  nodeCount: number;
  statistics: unknown;
  classes: number;
  columns: Record<string, string>;
  topClasses: { key: string }[];
}

function digest({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}

describe('every file of the corpus equals what DevTools computes', () => {
  test('the corpus is there', () => {
    expect(FILES.length).toBe(11);
  });

  for (const name of FILES.filter((file) => !WITHOUT_EXPECTATION.includes(file))) {
    test(name, async () => {
      const expected = JSON.parse(
        readFileSync(new URL(name.replace('.gz', '.expected.json'), FOLDER), 'utf8'),
      ) as Expected;
      const engine = await analyseWith(sourceOf(new URL(name, FOLDER).pathname));
      expect(engine.id.length).toBe(expected.nodeCount);
      expect({
        id_f64: digest(engine.id),
        selfSize_f64: digest(engine.selfSize),
        retainedSize_f64: digest(engine.retainedSize),
        dominator_u32: digest(engine.dominator),
        distance_i32: digest(engine.distance),
      }).toEqual({ ...expected.columns, note: undefined });
      expect(engine.statistics).toEqual(expected.statistics);
      expect(engine.classes.length).toBe(expected.classes);
      for (const row of expected.topClasses) expect(engine.classes.find(({ key }) => key === row.key)).toEqual(row);
    });
  }

  test.each(WITHOUT_EXPECTATION)('%s, which DevTools cannot open, is read', async (name) => {
    const engine = await analyseWith(sourceOf(new URL(name, FOLDER).pathname));
    expect(engine.id.length).toBe(61_173);
    expect(engine.snapshot.graph.lists.get('samples')?.length).toBeGreaterThan(0);
  });
});
