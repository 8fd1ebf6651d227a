import { expect, it } from 'vitest';
import { analyseSnapshot } from '#src/analysis/index.js';
import type { ObjectsByClass } from '#src/diff/changed-objects.js';
import { diffClasses, diffObjects } from '#src/diff/class-diff.js';
import { readSnapshot } from '#src/read/reader.js';
import { BytesSource } from '#src/read/source.js';
import { Arena } from '#src/wasm/arena.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { analyzePlainly } from '../oracle/plain/analysis.js';
import { plainDiff } from '../oracle/plain/diff.js';
import { graphOfSnapshot } from '../oracle/plain/graph.js';

const PAIRS = 300;
const arenas = [await Arena.create(), await Arena.create()];

async function analysed(arena: Arena, plain: PlainSnapshot) {
  arena.reset();
  const bytes = toJson(plain);
  return analyseSnapshot(arena, await readSnapshot(() => new BytesSource(bytes), arena));
}

/** Without some nodes of the first one, so that there is something to compare. */
function laterOf(seed: number): PlainSnapshot {
  const before = randomGraph(seed, 60);
  return seed % 3 === 0 ? randomGraph(seed + 1, 60) : { ...before, nodes: before.nodes.map(moved(seed)) };
}

const moved = (seed: number) => (node: PlainSnapshot['nodes'][number], at: number) =>
  (at * 7 + seed) % 5 === 0 && at > 0 ? { ...node, id: node.id + 100_000 } : node;

it(`objects that came and went are those that the plain twin finds, on ${PAIRS} pairs of random graphs`, async () => {
  let changes = 0;
  for (let seed = 0; seed < PAIRS; seed++) {
    const [before, after] = [randomGraph(seed, 60), laterOf(seed)];
    const [base, current] = [await analysed(arenas[0], before), await analysed(arenas[1], after)];
    const { diffs, created, deleted } = diffObjects(arenas[0], base, arenas[1], current);
    expect(diffs).toEqual(diffClasses(arenas[0], base, arenas[1], current));
    const idsOf = ({ starts, nodes }: ObjectsByClass, plain: PlainSnapshot, place: number) =>
      Array.from(nodes.subarray(starts[place], starts[place + 1]), (node) => plain.nodes[node].id).sort(
        (a, b) => a - b,
      );
    const rows = diffs.map(({ key }, place) => ({
      ...{ key, addedIds: idsOf(created, after, place), removedIds: idsOf(deleted, before, place) },
    }));
    const expected = plainDiff(analyzePlainly(graphOfSnapshot(before)), analyzePlainly(graphOfSnapshot(after)));
    expect(
      rows.sort((a, b) => (a.key < b.key ? -1 : 1)),
      `seed ${seed}`,
    ).toEqual(
      expected.map(({ key, addedIds, removedIds }) => ({
        ...{ key, addedIds: addedIds.toSorted((a, b) => a - b), removedIds: removedIds.toSorted((a, b) => a - b) },
      })),
    );
    changes += created.nodes.length + deleted.nodes.length;
  }
  expect(changes).toBeGreaterThan(PAIRS * 5);
});
