import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '#src/read/file.js';
import { analyseWith } from '../engine/engine.js';
import { AMPLE, analyseInFiles } from './external-engine.js';

const FOLDER = new URL('../corpus/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.gz'));
/** Few blocks of few edges, and predecessors in pieces. */
const SCARCE = { arenaBytes: 0, windowRows: 1000, blockShift: 8, bufferBytes: 4096, pieceLimit: 10_000 } as const;

describe('every file of the corpus gives the same with its edges in files', () => {
  test('the corpus is there', () => {
    expect(FILES.length).toBe(11);
  });

  for (const name of FILES) {
    test.each([
      ['as much memory as it takes', AMPLE],
      ['hardly any', SCARCE],
    ])(`${name}, %s`, async (_, sizes) => {
      const open = sourceOf(new URL(name, FOLDER).pathname);
      const expected = await analyseWith(open);
      await analyseInFiles(open, sizes, (found) => {
        expect(found.selfSize).toEqual(expected.selfSize);
        expect(found.retainedSize).toEqual(expected.retainedSize);
        expect(found.dominator).toEqual(expected.dominator);
        expect(found.distance).toEqual(expected.distance);
        expect(found.detachedness).toEqual(expected.detachedness);
        expect(found.statistics).toEqual(expected.statistics);
        expect(found.summaries).toEqual(expected.snapshot.summaries);
        expect(found.interfaces).toEqual(expected.snapshot.classes.interfaces);
        const [search] = [...found.snapshot.workspace.caches.values()];
        if (sizes === AMPLE) expect(search.reads).toBe(search.blocks);
        else expect(search.slots).toBe(1);
      });
    });
  }
});
