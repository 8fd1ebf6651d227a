import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { SnapshotError } from '#src/base/errors.js';
import { SecondThread } from '#src/batch/beside.js';
import { sourceOf } from '#src/read/file.js';
import type { ReadOptions } from '#src/read/reader.js';
import { BytesSource } from '#src/read/source.js';
import { type ReadTail, readTail, type TailReply } from '#src/read/tail.js';
import { Arena } from '#src/wasm/arena.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { randomJsonOptions } from '../build/random-text.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes, readWith } from '../engine/engine.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { copyColumns } from './columns.js';

/** What became of a request, besides the columns. */
interface Outcome {
  reply?: TailReply;
  start?: Promise<unknown>;
}

/** The second reader on the thread of the first: both take turns wherever one of them waits. */
function tailHere(bytes: Uint8Array, from: number, outcome: Outcome = {}): ReadOptions {
  const read: ReadTail = async (request) => {
    const arena = Arena.over(request.part);
    outcome.start = arena;
    outcome.reply = await readTail(request, () => new BytesSource(bytes), await arena);
    return outcome.reply;
  };
  // The first reader lets the second one come along.
  const onProgress = async () => {
    await outcome.start;
    await setImmediate();
  };
  return { readTail: read, tailStart: () => from, onProgress };
}

/** Columns, or the error, as plain data. */
async function readingOf(bytes: Uint8Array, options?: ReadOptions) {
  try {
    const { arena, raw } = await readBytes(bytes, [700], options);
    return copyColumns(arena, raw);
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    return (error as SnapshotError).toData();
  }
}

describe('a file read from two places at a time', () => {
  test('gives the same columns, wherever the second reader begins', async () => {
    let takenOver = 0;
    for (let seed = 0; seed < 40; seed++) {
      const bytes = toJson(randomGraph(seed, 60), randomJsonOptions(seed));
      const whole = await readingOf(bytes);
      const random = createRandom(seed);
      for (let round = 0; round < 25; round++) {
        const outcome: Outcome = {};
        const from = random.int(bytes.length + 1);
        expect(await readingOf(bytes, tailHere(bytes, from, outcome)), `seed ${seed}, from ${from}`).toEqual(whole);
        if (outcome.reply?.ok) takenOver++;
      }
    }
    expect(takenOver).toBeGreaterThan(100);
  });

  test('gives the same error for a wrong byte, wherever it is', async () => {
    const random = createRandom(7);
    const codes = new Set<string>();
    for (let round = 0; round < 600; round++) {
      const seed = round % 20;
      const right = Buffer.from(toJson(randomGraph(seed, 40), { style: random.pick(['compact', 'v8']) }));
      const at = random.int(right.length);
      const bytes = random.chance(0.3) ? right.subarray(0, at) : Buffer.from(right);
      if (bytes.length === right.length) bytes[at] = random.pick([0x20, 0x2c, 0x5d, 0x39, 0x22, 0x2d, 0x7d]);
      const alone = await readingOf(bytes);
      const from = random.int(bytes.length + 1);
      expect(await readingOf(bytes, tailHere(bytes, from)), `round ${round}, from ${from}`).toEqual(alone);
      if ('code' in alone) codes.add(alone.code as string);
    }
    expect(codes.size).toBeGreaterThan(4);
  });
});

describe('a second thread', () => {
  const second = new SecondThread();
  const folder = scratchFolder();
  afterAll(() => second.stop());

  test('reads most of the edges and the strings of a real file', async () => {
    const bytes = gunzipSync(readFileSync(new URL('../corpus/node26.heapsnapshot.gz', import.meta.url)));
    const file = `${folder}/real.heapsnapshot`;
    writeFileSync(file, bytes);
    const whole = await readingOf(bytes);
    const replies: boolean[] = [];
    const tail: ReadTail = async (request) => {
      const reply = await second.tailOf(file)(request);
      replies.push(reply.ok);
      return reply;
    };
    for (let round = 0; round < 3; round++) {
      const { arena, raw } = await readWith(sourceOf(file), {
        readTail: tail,
        tailStart: (_, at) => at + Math.floor((0.5 + 0.1 * round) * (bytes.length - at)),
      });
      expect(copyColumns(arena, raw)).toEqual(whole);
    }
    expect(replies).toHaveLength(3);
  });
});
