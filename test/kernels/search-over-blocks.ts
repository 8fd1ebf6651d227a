import { createRandom } from '../build/random.js';
import type { Search } from './dominator-search.js';
import { BlockServer, markEdges, randomRanges } from './edge-blocks.js';
import { junk, unpackBits } from './memory.js';
import type { Sample } from './random-graphs.js';

const STATE_WORDS = 8;
const DONE = 0xffff_ffff;

export interface SearchOverBlocks extends Search {
  /** Predecessors as they came back from buffers. */
  readonly spilled: readonly (readonly number[])[];
  readonly served: number;
}

/** What `searchDominators` does, by the kernels that have edges in blocks and windows. */
export function searchOverBlocks({ arena, columns, seed }: Sample): SearchOverBlocks {
  const { kernels } = arena;
  const { nodes, root, graph } = columns;
  const random = createRandom(seed);
  const bits = markEdges(arena, columns, seed);
  const blocks = new BlockServer(arena, columns, seed);
  const column = (length = nodes) => junk(arena, 'u32', length);
  const rootEdges = graph.firstEdge[root + 1] - graph.firstEdge[root];
  const [pageSeeds, userRoots] = [arena.bits(rootEdges), arena.bits(rootEdges)];
  const rootTargets = columns.edgeTo + 4 * graph.firstEdge[root];
  kernels.markRootEdges(
    rootEdges,
    columns.edgeType + graph.firstEdge[root],
    rootTargets,
    columns.nodeType,
    columns.nodeName,
    columns.tags,
    columns.edge('element'),
    columns.edge('shortcut'),
    columns.node('synthetic'),
    pageSeeds.offset,
    userRoots.offset,
  );
  const [numbers, order, parent, frames] = [column(), column(), column(), column(2 * nodes)];
  const [claimed, held] = [arena.bits(nodes), arena.bits(nodes)];
  const state = arena.zeroed('u32', STATE_WORDS);
  const words = arena.view(state);
  arena.view(numbers).fill(0xffff_ffff)[root] = 0;
  arena.view(order)[0] = root;
  arena.view(parent)[0] = 0;
  words[0] = 1;
  const fromRoot = (onlySeeds: number, owning: number) => {
    words[3] = 0;
    blocks.serve(() =>
      kernels.searchFromRoot(
        onlySeeds,
        owning,
        state.offset,
        ...blocks.arguments,
        columns.firstEdge,
        bits.retaining,
        bits.firm,
        claimed.offset,
        root,
        rootTargets,
        pageSeeds.offset,
        numbers.offset,
        order.offset,
        parent.offset,
        frames.offset,
      ),
    );
    if (!owning) return;
    const depth = kernels.collectClaimed(nodes, numbers.offset, claimed.offset, frames.offset);
    const walk = arena.zeroed('u32', STATE_WORDS);
    arena.view(walk)[0] = depth;
    blocks.serve(() =>
      kernels.spreadClaimed(
        walk.offset,
        ...blocks.arguments,
        columns.firstEdge,
        bits.firm,
        numbers.offset,
        claimed.offset,
        frames.offset,
      ),
    );
    words[1] = words[0];
  };
  fromRoot(1, 1);
  const rootOwned = words[2] !== 0 || unpackBits(arena.view(claimed), nodes)[root] === 1;
  fromRoot(0, Number(rootOwned));
  const walk = arena.zeroed('u32', STATE_WORDS);
  blocks.serve(() =>
    kernels.markHeldNodes(
      nodes,
      walk.offset,
      ...blocks.arguments,
      columns.firstEdge,
      bits.retaining,
      numbers.offset,
      claimed.offset,
      held.offset,
    ),
  );
  words[3] = 0;
  blocks.serve(() =>
    kernels.searchFromOrphans(
      nodes,
      held.offset,
      state.offset,
      ...blocks.arguments,
      columns.firstEdge,
      bits.retaining,
      bits.firm,
      claimed.offset,
      numbers.offset,
      order.offset,
      parent.offset,
      frames.offset,
    ),
  );
  const [reached, owned] = words;
  kernels.numberRest(nodes, reached, numbers.offset, order.offset, parent.offset);
  const isClaimed = unpackBits(arena.view(claimed), nodes);
  const pageOwned = arena.view(numbers).map((at, node) => Number((at > 0 && at < owned) || isClaimed[node] === 1));

  const semi = column();
  arena.view(semi).set(arena.view(parent));
  const first = arena.zeroed('u32', nodes + 1);
  const ranges = randomRanges(nodes, random);
  /** The targets of a range's edges, somewhere else each time. */
  const windowOf = ([from, to]: [number, number]) => {
    const [start, end] = [graph.firstEdge[from], graph.firstEdge[to]];
    const window = junk(arena, 'u32', end - start);
    arena.view(window).set(new Uint32Array(arena.memory.buffer, columns.edgeTo + 4 * start, end - start));
    return window.offset - 4 * start;
  };
  const reach = [claimed.offset, reached, owned, numbers.offset] as const;
  for (const range of ranges) {
    kernels.countPredecessors(
      ...range,
      columns.firstEdge,
      windowOf(range),
      bits.retaining,
      ...reach,
      semi.offset,
      first.offset,
    );
  }
  const [semiSeen, parentSeen] = [arena.view(semi).slice(), arena.view(parent).slice()];
  const count = kernels.prefixSum(first.offset, nodes);
  const list = column(count);
  const places = column(nodes + 1);
  arena.view(places).set(arena.view(first));
  for (const range of ranges) {
    kernels.placeSources(
      ...range,
      columns.firstEdge,
      windowOf(range),
      bits.retaining,
      ...reach,
      places.offset,
      list.offset,
    );
  }

  const pieceSize = 1 + random.int(30);
  const capacity = 1 + random.int(5);
  const pieces = Math.ceil(count / pieceSize);
  const [buffers, fills] = [column(2 * capacity * pieces), arena.zeroed('u32', pieces)];
  const spilledList = column(count);
  const sweep = arena.zeroed('u32', 2);
  const empty = (piece: number) => {
    const at = buffers.offset + 8 * capacity * piece;
    // As if the piece alone were in memory.
    const base = spilledList.offset + 4 * piece * pieceSize;
    kernels.placePairs(at, arena.view(fills)[piece], base - 4 * piece * pieceSize);
    arena.view(fills)[piece] = 0;
  };
  arena.view(places).set(arena.view(first));
  for (const range of ranges) {
    const edgeTo = windowOf(range);
    for (;;) {
      const full =
        kernels.spillSources(
          range[1],
          sweep.offset,
          columns.firstEdge,
          edgeTo,
          bits.retaining,
          ...reach,
          places.offset,
          pieceSize,
          buffers.offset,
          fills.offset,
          capacity,
        ) >>> 0;
      if (full === DONE) break;
      empty(full);
    }
  }
  for (let piece = 0; piece < pieces; piece++) empty(piece);

  const starts = arena.view(first).slice();
  const links = column(2 * nodes);
  kernels.startDominators(reached, parent.offset, links.offset);
  let node = reached - 1;
  let slot = count;
  let lowest = count === 0 ? 0 : Math.floor((count - 1) / pieceSize) * pieceSize;
  for (;;) {
    const piece = column(pieceSize);
    const held = arena.view(spilledList).subarray(lowest, Math.min(count, lowest + pieceSize));
    arena.view(piece).set(held);
    node =
      kernels.linkDominators(
        node,
        lowest,
        slot,
        first.offset,
        piece.offset - 4 * lowest,
        semi.offset,
        links.offset,
        parent.offset,
      ) >>> 0;
    if (node === 0) break;
    slot = lowest;
    lowest -= pieceSize;
  }
  kernels.settleDominators(nodes, reached, semi.offset, parent.offset);
  const dominator = column();
  kernels.dominatorsByOrdinal(order.offset, parent.offset, nodes, dominator.offset);

  const lists = (column: typeof list) =>
    Array.from({ length: reached }, (_, at) => [...arena.view(column).slice(starts[at], starts[at + 1])]);
  return {
    reached,
    pageOwned,
    order: arena.view(order),
    number: arena.view(numbers),
    parent: parentSeen,
    semi: semiSeen,
    predecessors: lists(list),
    spilled: lists(spilledList),
    dominator: arena.view(dominator),
    served: blocks.served,
  };
}
