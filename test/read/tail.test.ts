import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { SnapshotError } from '#src/base/errors.js';
import { SecondThread } from '#src/batch/beside.js';
import { sourceOf } from '#src/read/file.js';
import { Pieces } from '#src/read/pieces.js';
import type { ReadOptions } from '#src/read/reader.js';
import { type ByteSource, BytesSource } from '#src/read/source.js';
import type { ReadTail, TailReply } from '#src/read/tail.js';
import { readTail } from '#src/read/tail-reader.js';
import { Arena } from '#src/wasm/arena.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { randomJsonOptions } from '../build/random-text.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes, readWith } from '../engine/engine.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { copyColumns } from './columns.js';

/** Bytes that a read gives: so that both readers stop often. */
const WINDOW = 300;

/** What became of a request, besides the columns. */
interface Outcome {
  reply?: TailReply;
  start?: Promise<unknown>;
  pieces?: Pieces;
  /** That the second reader has read. */
  read: number;
}

interface Place {
  readonly from: number;
  readonly pieceBytes: number;
}

/** The second reader on the thread of the first: both take turns wherever one of them waits. */
function tailHere(bytes: Uint8Array, { from, pieceBytes }: Place, outcome: Outcome = { read: 0 }): ReadOptions {
  const open = (): ByteSource => {
    const source = new BytesSource(bytes, [WINDOW]);
    return {
      size: source.size,
      async read(into) {
        await setImmediate();
        return source.read(into);
      },
      seek(offset) {
        if (outcome.pieces?.areLaidOut) outcome.read++;
        source.seek(offset);
      },
      close: () => source.close(),
    };
  };
  const read: ReadTail = async (request) => {
    const arena = Arena.over(request.part);
    outcome.start = arena;
    outcome.pieces = new Pieces(request.pieces);
    outcome.reply = await readTail(request, open, await arena, pieceBytes);
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
    const { arena, raw } = await readBytes(bytes, [WINDOW], options);
    return copyColumns(arena, raw);
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    return (error as SnapshotError).toData();
  }
}

describe('a file read from two places at a time', () => {
  test('gives the same columns, wherever the second reader begins', async () => {
    const outcomes = { takenOver: 0, shared: 0, allByTheFirst: 0 };
    for (let seed = 0; seed < 40; seed++) {
      const bytes = toJson(randomGraph(seed, 60), randomJsonOptions(seed));
      const whole = await readingOf(bytes);
      const random = createRandom(seed);
      for (let round = 0; round < 25; round++) {
        const outcome: Outcome = { read: 0 };
        const place = { from: random.int(bytes.length + 1), pieceBytes: random.pick([1, 40, 200, 1000, 1 << 20]) };
        const found = await readingOf(bytes, tailHere(bytes, place, outcome));
        expect(found, `seed ${seed}, ${JSON.stringify(place)}`).toEqual(whole);
        if (!outcome.reply?.ok) continue;
        outcomes.takenOver++;
        if (outcome.read === 0) outcomes.allByTheFirst++;
        else if (outcome.read < (outcome.pieces?.count ?? 0)) outcomes.shared++;
      }
    }
    expect(outcomes.takenOver).toBeGreaterThan(100);
    expect(Math.min(outcomes.shared, outcomes.allByTheFirst)).toBeGreaterThan(10);
  });

  test('gives the same error for a wrong byte, wherever it is', async () => {
    const random = createRandom(7);
    const codes = new Set<string>();
    for (let round = 0; round < 900; round++) {
      const seed = round % 20;
      const right = Buffer.from(toJson(randomGraph(seed, 40), { style: random.pick(['compact', 'v8']) }));
      const at = random.int(right.length);
      const bytes = random.chance(0.3) ? right.subarray(0, at) : Buffer.from(right);
      if (bytes.length === right.length) bytes[at] = random.pick([0x20, 0x2c, 0x5d, 0x39, 0x22, 0x2d, 0x7d]);
      const alone = await readingOf(bytes);
      const place = { from: random.int(bytes.length + 1), pieceBytes: random.pick([1, 40, 200, 1 << 20]) };
      const found = await readingOf(bytes, tailHere(bytes, place));
      expect(found, `round ${round}, ${JSON.stringify(place)}`).toEqual(alone);
      if ('code' in alone) codes.add(alone.code as string);
    }
    expect(codes.size).toBeGreaterThan(4);
  });

  test('gives the same error for a name without its string, wherever it is', async () => {
    const random = createRandom(8);
    let refused = 0;
    for (let round = 0; round < 200; round++) {
      const graph = randomGraph(round % 20, 40);
      const right = Buffer.from(toJson(graph, { style: 'v8' })).toString('latin1');
      const edges = right.indexOf('"edges":[');
      const rows = right.slice(edges, right.indexOf(']', edges)).split('\n');
      const row = random.int(rows.length);
      rows[row] = rows[row].replace(/(\d+,)\d+(,\d+)$/, '$199999$2');
      const bytes = Buffer.from(
        right.slice(0, edges) + rows.join('\n') + right.slice(right.indexOf(']', edges)),
        'latin1',
      );
      const alone = await readingOf(bytes);
      const place = { from: edges + random.int(bytes.length - edges), pieceBytes: random.pick([1, 40, 200]) };
      expect(await readingOf(bytes, tailHere(bytes, place)), `round ${round}`).toEqual(alone);
      if ('code' in alone) refused++;
    }
    expect(refused).toBeGreaterThan(50);
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
      // Of whole columns, which `toEqual` takes seconds for.
      expect(isDeepStrictEqual(copyColumns(arena, raw), whole), `round ${round}`).toBe(true);
    }
    expect(replies).toHaveLength(3);
  });
});
