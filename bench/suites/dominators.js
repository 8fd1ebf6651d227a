import { computeDistances } from '#src/analysis/distances.js';
import { computeDominators } from '#src/analysis/dominators.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import { computeRetainedSizes, transferSelfSizes } from '#src/analysis/sizes.js';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { Arena } from '#src/wasm/arena.js';

/** The passes over the graph, each alone on the same columns. */
export default async function dominators(file) {
  const arena = await Arena.create();
  const { graph, dominator, selfSize } = analyseSnapshot(arena, await readSnapshot(sourceOf(file), arena));
  const { nodeCount } = graph.header;
  const tree = { order: arena.allocate('u32', nodeCount), idom: arena.allocate('u32', nodeCount) };
  const retainedSize = arena.allocate('f64', nodeCount);
  const distance = arena.allocate('i32', nodeCount);
  const sizes = () => {
    // What is transferred once stays where it is: the same work on every run.
    transferSelfSizes(arena, graph, selfSize);
    computeRetainedSizes(arena, graph, tree.order, dominator, selfSize, retainedSize);
  };
  // The sizes need the tree's order.
  computeDominators(arena, graph, tree);
  return [
    { name: 'dominators', run: () => computeDominators(arena, graph, tree) },
    { name: 'self and retained sizes', run: sizes },
    { name: 'distances', run: () => computeDistances(arena, graph, distance) },
  ];
}
