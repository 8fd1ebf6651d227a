import { afterAll, expect, test, vi } from 'vitest';
import { type AnalysedSnapshot, analyseSnapshot } from '#src/analysis/index.js';
import { analyseOnTwoThreads } from '#src/analysis/two-threads.js';
import { SnapshotError } from '#src/base/errors.js';
import { Stopwatch } from '#src/base/stopwatch.js';
import { SecondThread } from '#src/batch/beside.js';
import { readSnapshot } from '#src/read/reader.js';
import { BytesSource } from '#src/read/source.js';
import { Arena } from '#src/wasm/arena.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';

const SIZES = 24;
const NODES = 60_000;
const second = new SecondThread();
afterAll(() => second.stop());

/** Many shapes: what classes take at their worst. */
function plainObjects(): PlainSnapshot {
  const nodes = Array.from({ length: NODES }, (_, at) => ({
    ...(at === 0 ? { type: 'synthetic', name: '' } : { type: 'object', name: 'Object' }),
    ...{ id: 2 * at + 1, selfSize: 16 },
  }));
  const edges = nodes
    .slice(1)
    .map((_, at) => ({ from: at, type: 'property', nameOrIndex: `p${at % 5_000}`, to: at + 1 }));
  return { nodes, edges };
}

/** Many classes: what the sums per class need comes to more than what the order of the tree has given back. */
function manyClasses(): PlainSnapshot {
  const nodes = Array.from({ length: NODES }, (_, at) => ({
    ...(at === 0 ? { type: 'synthetic', name: '' } : { type: 'object', name: at % 6 === 0 ? `C${at}` : 'Object' }),
    ...{ id: 2 * at + 1, selfSize: 16 },
  }));
  const edges = nodes
    .slice(1)
    .map((_, at) => ({ from: at, type: 'property', nameOrIndex: `p${at % 5_000}`, to: at + 1 }));
  return { nodes, edges };
}

function findings({ summaries, statistics }: AnalysedSnapshot) {
  return { summaries, statistics };
}

test('where the arena is tight the part beside gets what is left, or waits, and finds the same', async () => {
  // Where threads were at work: 1 for classes here, 2 for classes there.
  const classesOn = new Set<number>();
  let refused = 0;
  let triedTwice = 0;
  const memory = await Arena.create();
  for (const [graph, plain] of [
    randomGraph(1, NODES),
    randomGraph(2, NODES),
    plainObjects(),
    manyClasses(),
  ].entries()) {
    const bytes = toJson(plain);
    const open = () => new BytesSource(bytes);
    memory.reset();
    const whole = findings(analyseSnapshot(memory, await readSnapshot(open, memory)));
    const { nodeCount } = (await readSnapshot(open, memory)).header;
    for (let step = 0; step < SIZES; step++) {
      memory.reset();
      // From less than one thread needs to enough for the worst case of both.
      const arena = await Arena.over(memory.cut(nodeCount * (50 + 8 * step) + (2 << 20)));
      const joining = vi.spyOn(arena, 'joinAbove');
      const stopwatch = new Stopwatch(1);
      try {
        const raw = await readSnapshot(open, arena);
        const options = { spendIds: true, isLast: true, stopwatch };
        const found = await analyseOnTwoThreads(arena, raw, second.companionOn(arena), options);
        expect(findings(found), `graph ${graph}, size ${step}`).toEqual(whole);
        triedTwice += joining.mock.calls.length;
        classesOn.add(stopwatch.stages.find(({ stage }) => stage === 'classes')?.thread ?? 0);
      } catch (error) {
        expect(SnapshotError.from(error).code).toBe('TOO_LARGE');
        refused++;
      }
    }
  }
  expect([...classesOn].sort()).toEqual([1, 2]);
  expect(triedTwice).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(2 * SIZES);
});
