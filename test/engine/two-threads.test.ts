import { describe, expect, test } from 'vitest';
import { sumSpan } from '#src/analysis/class-sums.js';
import { orderTree } from '#src/analysis/dominators.js';
import { type Beside, type BesideOptions, computeBeside } from '#src/analysis/index.js';
import { analyseOnTwoThreads, type Companion } from '#src/analysis/two-threads.js';
import type { Graph } from '#src/graph/graph.js';
import type { Arena } from '#src/wasm/arena.js';
import { openTask, takeTask } from '#src/wasm/open-task.js';
import type { WholeColumn } from '#src/wasm/region.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { analyseBytes, readBytes, testArena } from './engine.js';

const GRAPHS = 200;

const SECOND = 'the second thread comes first';

/** Who adds up the statistics and orders the tree depends on who has time first; here it is decided. */
type RunBeside = (arena: Arena, graph: Graph, selfSize: WholeColumn, options: BesideOptions) => Beside;

const PARTS: Readonly<Record<string, RunBeside>> = {
  [SECOND]: computeBeside,
  'the first thread comes first': (arena, graph, selfSize, { statistics }) => {
    const { sums: _, ...rest } = computeBeside(arena, graph, selfSize);
    if (statistics) openTask(arena.memory, statistics);
    return rest;
  },
};

describe('what two threads find is what one finds', () => {
  for (const [name, beside] of Object.entries(PARTS)) {
    test(name, async () => {
      for (let seed = 0; seed < GRAPHS; seed++) {
        const bytes = toJson(randomGraph(seed));
        const { snapshot: alone } = await analyseBytes(bytes);
        const { statistics, summaries } = alone;
        const { arena, raw } = await readBytes(bytes);
        const companion: Companion = {
          beside: async (graph, selfSize, options) => beside(arena, graph, selfSize, options),
          order: async (ordering, task) => {
            if (name === SECOND && takeTask(arena.memory, task)) orderTree(arena.kernels, ordering);
          },
          // One that is going to be asked for paths takes no sums.
          isBusy: () => seed % 2 === 1,
          sumSpan: async (span) => sumSpan(arena.kernels, span),
        };
        const found = await analyseOnTwoThreads(arena, raw, companion);
        expect(found.statistics, `seed ${seed}`).toEqual(statistics);
        expect(found.summaries, `seed ${seed}`).toEqual(summaries);
      }
    });
  }

  test('work is taken once, and not before it is open', async () => {
    const arena = await testArena();
    const task = arena.zeroed('u32', 1);
    expect(takeTask(arena.memory, task)).toBe(false);
    openTask(arena.memory, task);
    expect([takeTask(arena.memory, task), takeTask(arena.memory, task)]).toEqual([true, false]);
    openTask(arena.memory, task);
    expect(takeTask(arena.memory, task)).toBe(false);
  });
});
