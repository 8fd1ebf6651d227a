import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { SnapshotError } from '#src/base/errors.js';
import { SecondThread } from '#src/batch/beside.js';
import type { FillBeside } from '#src/read/fill-ring.js';
import { randomGraph } from '../build/random-graph.js';
import { randomJsonOptions } from '../build/random-text.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes } from '../engine/engine.js';
import { copyColumns } from './columns.js';

const second = new SecondThread();
afterAll(() => second.stop());

/** Does not go on before the other thread has taken the ring, so that it is that thread which fills. */
const fillAwaited: FillBeside = (request) => {
  second.fill(request);
  while (Atomics.load(request.control, 0) === 0) Atomics.wait(request.control, 0, 0, 5);
};

async function columnsOf(bytes: Uint8Array, fillBeside?: FillBeside, pieces?: readonly number[]) {
  const { arena, raw } = await readBytes(bytes, pieces, { fillBeside });
  return copyColumns(arena, raw);
}

describe('columns filled by a second thread', () => {
  test('equal those filled in place', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const bytes = toJson(randomGraph(seed, 60), randomJsonOptions(seed));
      expect(await columnsOf(bytes, fillAwaited, [700]), `seed ${seed}`).toEqual(await columnsOf(bytes));
    }
  });

  test('equal those filled in place for more batches than the ring has slots', async () => {
    const bytes = gunzipSync(readFileSync(new URL('../corpus/node26.heapsnapshot.gz', import.meta.url)));
    const inPlace = await columnsOf(bytes);
    expect(inPlace.edgeTo.length).toBe(276_069);
    expect(await columnsOf(bytes, fillAwaited)).toEqual(inPlace);
    expect(await columnsOf(bytes, second.fill)).toEqual(inPlace);
  });

  test('a value that does not fit is the same error', async () => {
    const text = Buffer.from(toJson(randomGraph(4, 40), { style: 'compact' })).toString('utf8');
    const edges = text.indexOf('"edges":[') + '"edges":['.length;
    for (let at = edges; at < edges + 60; at++) {
      if (!/\d/.test(text[at])) continue;
      const wrong = Buffer.from(`${text.slice(0, at)}99999${text.slice(at)}`);
      expect(await refusal(wrong, fillAwaited)).toEqual(await refusal(wrong));
    }
  });
});

async function refusal(bytes: Uint8Array, fillBeside?: FillBeside) {
  try {
    const { raw } = await readBytes(bytes, undefined, { fillBeside });
    return raw.header.edgeCount;
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    return (error as SnapshotError).toData();
  }
}
