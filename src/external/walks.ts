// The passes that follow edges from node to node and need no dominators: detachedness, shallow-size transfer, distances. Each is
// the pass of its name in src/analysis, over blocks of edges.

import type { U8 } from '../graph/graph.js';
import { openCache, takeU8, takeU32, type Workspace } from './workspace.js';

const UNREACHED = -5;
const SYSTEM = 100_000_000;
/** Words of a walk's state; assembly/walks-over-blocks.ts has their meaning. */
const STATE_WORDS = 8;

/** S10. Scratch: 10 bytes a node, 1 bit and 4 bytes an edge where there is room. */
export function computeDetachedness(workspace: Workspace): void {
  const { arena, shelf, graph } = workspace;
  const { header, nodeTypes, tags } = graph;
  arena.scratch(() => {
    const nodeType = takeU8(workspace, 'nodeType');
    if (graph.renamesDetached) {
      const detachedness = takeU8(workspace, 'detachedness');
      spreadDetachedness(workspace, nodeType, detachedness);
      shelf.put('detachedness', detachedness);
      return;
    }
    const detachedness = arena.allocate('u8', header.nodeCount);
    const nodeName = takeU32(workspace, 'nodeName');
    arena.kernels.detachedByName(
      nodeType.offset,
      nodeName.offset,
      tags.offset,
      header.nodeCount,
      nodeTypes.native,
      detachedness.offset,
    );
    shelf.put('detachedness', detachedness);
  });
}

function spreadDetachedness(workspace: Workspace, nodeType: U8, detachedness: U8): void {
  const { arena, graph } = workspace;
  const { kernels } = arena;
  const { nodeTypes, header } = graph;
  const nodes = header.nodeCount;
  arena.scratch(() => {
    const state = arena.zeroed('u32', STATE_WORDS);
    const settled = arena.zeroed('u8', nodes);
    const stack = arena.allocate('u32', nodes);
    kernels.startDetachedness(
      nodes,
      nodeType.offset,
      nodeTypes.native,
      settled.offset,
      stack.offset,
      detachedness.offset,
      state.offset,
    );
    const [, , attached, detached] = arena.view(state);
    if (attached === 0 && detached === nodes) return;
    const firstEdge = takeU32(workspace, 'firstEdge');
    const visible = takeU32(workspace, 'visible');
    const cache = openCache(workspace, 'detachedness');
    cache.serve(() =>
      kernels.spreadDetachedness(
        nodes,
        state.offset,
        ...cache.arguments,
        firstEdge.offset,
        visible.offset,
        nodeType.offset,
        nodeTypes.native,
        settled.offset,
        stack.offset,
        detachedness.offset,
      ),
    );
  });
}

/** S5: turns the file's self sizes into those after the transfer. Scratch: 16 bytes a node, edges as above. */
export function transferSelfSizes(workspace: Workspace): void {
  const { arena, shelf, graph } = workspace;
  const { header, nodeTypes } = graph;
  if (!shelf.view('userRoots', 'u32').some((word) => word !== 0)) return;
  arena.scratch(() => {
    const ownable = arena.allocate('u32', Math.ceil(header.nodeCount / 32));
    const owner = arena.allocate('u32', header.nodeCount);
    findOwners(workspace, ownable.offset, owner.offset);
    const nodeType = takeU8(workspace, 'nodeType');
    const low = shelf.move('selfSize', 'u32');
    const high = shelf.takeIf('selfSizeHigh', 'u32');
    arena.kernels.transferSizes(
      ownable.offset,
      owner.offset,
      nodeType.offset,
      header.nodeCount,
      header.root,
      nodeTypes.synthetic,
      low.offset,
      high?.offset ?? 0,
    );
    shelf.put('selfSize', low);
    if (high) shelf.put('selfSizeHigh', high);
  });
}

function findOwners(workspace: Workspace, ownable: number, owner: number): void {
  const { arena, graph } = workspace;
  const { kernels } = arena;
  const { nodeTypes, tags, header } = graph;
  const nodes = header.nodeCount;
  const ownableCount = arena.scratch(() =>
    kernels.markOwnable(
      nodes,
      takeU8(workspace, 'nodeType').offset,
      takeU32(workspace, 'nodeName').offset,
      tags.offset,
      graph.renamesDetached ? takeU8(workspace, 'detachedness').offset : 0,
      nodeTypes.hidden,
      nodeTypes.array,
      nodeTypes.native,
      ownable,
    ),
  );
  kernels.startOwners(nodes, ownable, owner);
  arena.scratch(() => {
    const state = arena.zeroed('u32', STATE_WORDS);
    const stack = arena.allocate('u32', 2 * ownableCount);
    const firstEdge = takeU32(workspace, 'firstEdge');
    const firm = takeU32(workspace, 'firm');
    const cache = openCache(workspace, 'owners');
    cache.serve(() =>
      kernels.spreadOwners(nodes, state.offset, ...cache.arguments, firstEdge.offset, firm.offset, stack.offset, owner),
    );
  });
}

/** S7. Scratch: 12 bytes a node, 8 an edge of the root and of WeakMap pairs, edges as above. */
export function computeDistances(workspace: Workspace): void {
  const { arena, shelf, graph } = workspace;
  const { header, ephemerons } = graph;
  const nodes = header.nodeCount;
  arena.scratch(() => {
    const distance = arena.allocate('i32', nodes);
    const distances = arena.view(distance).fill(UNREACHED);
    const seen = arena.bits(nodes);
    const pending = arena.bits(ephemerons.pairCount);
    const targets = shelf.view('rootTargets', 'u32');
    const userRoots = shelf.view('userRoots', 'u32');
    const queue = arena.allocate('u32', nodes + targets.length);
    const state = arena.zeroed('u32', STATE_WORDS);
    const firstEdge = takeU32(workspace, 'firstEdge');
    const open = takeU32(workspace, 'open');
    const pairEdges = takeU32(workspace, 'pairEdges');
    const pairNumbers = takeU32(workspace, 'pairNumbers');
    const cache = openCache(workspace, 'distances');
    const [entries, marks] = [arena.view(queue), arena.view(seen)];
    const spread = (next: number, tail: number) => {
      arena.view(state).set([0, 0, next, 0, tail, tail]);
      cache.serve(() =>
        arena.kernels.spreadDistances(
          state.offset,
          ...cache.arguments,
          firstEdge.offset,
          open.offset,
          pairEdges.offset,
          pairNumbers.offset,
          pairEdges.length,
          seen.offset,
          pending.offset,
          queue.offset,
          distance.offset,
        ),
      );
    };
    const reach = (node: number, away: number, at: number) => {
      distances[node] = away;
      marks[node >>> 5] |= 1 << (node & 31);
      entries[at] = node;
    };
    let tail = 0;
    for (const [index, node] of targets.entries()) {
      if (((userRoots[index >>> 5] >>> (index & 31)) & 1) === 1) reach(node, 1, tail++);
    }
    spread(2, tail);
    const system = tail > 0 ? SYSTEM : 0;
    reach(header.root, system, 0);
    spread(system + 1, 1);
    shelf.put('distance', distance);
  });
}
