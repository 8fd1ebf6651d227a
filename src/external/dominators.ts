import { timed } from '../analysis/timed.js';
import { countPredecessors, fillPredecessors, type Predecessors, pieceSizeOf } from './predecessors.js';
import { searchDepthFirst } from './search.js';
import type { Workspace } from './workspace.js';

/**
 * S2 to S4: page ownership and immediate dominators. Puts `order` and `idom` on the shelf, as `computeDominators` of src/analysis
 * leaves them. At its worst moment 24 bytes a node, and predecessors in the room that is left.
 */
export function computeDominators(workspace: Workspace): void {
  const { arena, shelf, stopwatch } = workspace;
  const pass = <T>(stage: string, work: () => T) => timed(arena, stopwatch, stage, work);
  const reach = pass('depth-first search', () => searchDepthFirst(workspace));
  shelf.drop('pageSeeds');
  const count = pass('predecessors', () => countPredecessors(workspace, reach));
  arena.scratch(() => {
    const pieceSize = pieceSizeOf(workspace, count);
    const piece = arena.allocate('u32', pieceSize);
    const predecessors = pass('predecessors', () => fillPredecessors(workspace, reach, count, pieceSize, piece.offset));
    try {
      pass('dominators', () => linkDominators(workspace, reach.reached, predecessors, piece.offset));
    } finally {
      predecessors.close();
    }
  });
}

/** Lengauer and Tarjan's main loop, from the last node to the first, and so from the last piece to the first. */
function linkDominators(workspace: Workspace, reached: number, predecessors: Predecessors, at: number): void {
  const { arena, graph, shelf } = workspace;
  const { kernels } = arena;
  const nodes = graph.header.nodeCount;
  arena.scratch(() => {
    const firstPredecessor = shelf.move('firstPredecessor', 'u32');
    const semi = shelf.move('semi', 'u32');
    const idom = shelf.move('idom', 'u32');
    const links = arena.allocate('u32', 2 * nodes);
    kernels.startDominators(reached, idom.offset, links.offset);
    const { count, pieceSize } = predecessors;
    let node = reached - 1;
    let slot = count;
    let lowest = count === 0 ? 0 : Math.floor((count - 1) / pieceSize) * pieceSize;
    for (;;) {
      predecessors.load(lowest);
      node =
        kernels.linkDominators(
          node,
          lowest,
          slot,
          firstPredecessor.offset,
          at - 4 * lowest,
          semi.offset,
          links.offset,
          idom.offset,
        ) >>> 0;
      if (node === 0) break;
      slot = lowest;
      lowest -= pieceSize;
    }
    kernels.settleDominators(nodes, reached, semi.offset, idom.offset);
    shelf.put('idom', idom);
  });
}

/** The tree as columns: dominators by ordinal, its preorder, the size of every subtree. Scratch: 28 bytes a node. */
export function orderDominators({ arena, shelf, graph }: Workspace): void {
  const nodes = graph.header.nodeCount;
  arena.scratch(() => {
    const order = shelf.take('order', 'u32');
    const idom = shelf.move('idom', 'u32');
    arena.scratch(() => {
      const dominator = arena.allocate('u32', nodes);
      arena.kernels.dominatorsByOrdinal(order.offset, idom.offset, nodes, dominator.offset);
      shelf.put('dominator', dominator);
    });
    const [treeOrder, treeSize] = [arena.allocate('u32', nodes), arena.allocate('u32', nodes)];
    const [size, next] = [arena.allocate('u32', nodes), arena.allocate('u32', nodes)];
    arena.kernels.orderTree(
      order.offset,
      idom.offset,
      nodes,
      size.offset,
      next.offset,
      treeOrder.offset,
      treeSize.offset,
    );
    shelf.put('treeOrder', treeOrder);
    shelf.put('treeSize', treeSize);
  });
}

/** S6. Scratch: 20 bytes a node, 24 with large sizes. Only the root's is asked for later but for the sums per class. */
export function computeRetainedSizes({ arena, shelf, graph, keepsAll }: Workspace): void {
  const nodes = graph.header.nodeCount;
  arena.scratch(() => {
    const retainedSize = arena.allocate('f64', nodes);
    arena.kernels.retainedSizes(
      shelf.move('order', 'u32').offset,
      shelf.take('dominator', 'u32').offset,
      shelf.take('selfSize', 'u32').offset,
      shelf.takeIf('selfSizeHigh', 'u32')?.offset ?? 0,
      nodes,
      retainedSize.offset,
    );
    if (!keepsAll) shelf.drop('dominator');
    shelf.put('retainedSize', retainedSize);
  });
}
