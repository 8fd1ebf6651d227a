import type { U32 } from '../graph/graph.js';
import type { BlockCache } from './block-cache.js';
import { openCache, takeU32, type Workspace } from './workspace.js';

const UNVISITED = 0xffff_ffff;
// Words of the search's state; assembly/search-blocks.ts has their meaning.
const STATE_WORDS = 8;
const REACHED = 0;
const OWNED = 1;
const ROOT_HELD = 2;
const SEED = 3;

/** How far the search got, and up to which number the page owns what it found; see assembly/depth-first.ts. */
export interface Reach {
  readonly reached: number;
  readonly owned: number;
}

/**
 * The depth-first search of S4 with page ownership (S2), over blocks of edges. Puts on the shelf: `order`, preorder number → ordinal;
 * `numbers`, the way back; `idom`, the depth-first parents in preorder numbers; `claimed`, a bit for each node that the page owns
 * besides the numbers from 1 to below `owned`. Scratch: 24 bytes a node, 4 an edge of the root, 2 bits an edge and 4 bytes where
 * there is room.
 */
export function searchDepthFirst(workspace: Workspace): Reach {
  const { arena, shelf, graph } = workspace;
  const { nodeCount: nodes, root } = graph.header;
  return arena.scratch(() => {
    const numbers = arena.allocate('u32', nodes);
    const parent = arena.allocate('u32', nodes);
    const order = arena.allocate('u32', nodes);
    const claimed = arena.bits(nodes);
    arena.view(numbers).fill(UNVISITED)[root] = 0;
    arena.view(order)[0] = root;
    arena.view(parent)[0] = 0;
    const reach = arena.scratch(() => new DepthFirstSearch(workspace, numbers, parent, order, claimed).run());
    arena.kernels.numberRest(nodes, reach.reached, numbers.offset, order.offset, parent.offset);
    shelf.put('numbers', numbers);
    shelf.put('idom', parent);
    shelf.put('order', order);
    shelf.put('claimed', claimed);
    return reach;
  });
}

class DepthFirstSearch {
  readonly #workspace: Workspace;
  readonly #numbers: U32;
  readonly #claimed: U32;
  readonly #order: U32;
  readonly #parent: U32;
  readonly #frames: U32;
  readonly #state: U32;
  readonly #words: Uint32Array;
  readonly #firstEdge: U32;
  readonly #retaining: U32;
  readonly #firm: U32;
  readonly #held: U32;
  readonly #cache: BlockCache;
  readonly #rootTargets: U32;
  readonly #pageSeeds: U32;

  constructor(workspace: Workspace, numbers: U32, parent: U32, order: U32, claimed: U32) {
    const { arena, graph } = workspace;
    this.#workspace = workspace;
    this.#numbers = numbers;
    this.#parent = parent;
    this.#order = order;
    this.#claimed = claimed;
    this.#frames = arena.allocate('u32', 2 * graph.header.nodeCount);
    this.#state = arena.zeroed('u32', STATE_WORDS);
    this.#words = arena.view(this.#state);
    this.#held = arena.bits(graph.header.nodeCount);
    this.#firstEdge = takeU32(workspace, 'firstEdge');
    this.#retaining = takeU32(workspace, 'retaining');
    this.#firm = takeU32(workspace, 'firm');
    this.#rootTargets = takeU32(workspace, 'rootTargets');
    this.#pageSeeds = takeU32(workspace, 'pageSeeds');
    this.#cache = openCache(workspace, 'dominators');
  }

  /** What depth-first.ts does in its main function. */
  run(): Reach {
    const words = this.#words;
    const { header } = this.#workspace.graph;
    words[REACHED] = 1;
    this.#fromRoot(true, true);
    // Where the page holds the root, it owns all that the root holds.
    const rootOwned = words[ROOT_HELD] !== 0 || this.#bitOfRoot();
    this.#fromRoot(false, rootOwned);
    if (words[REACHED] < header.nodeCount) this.#fromOrphans();
    return { reached: words[REACHED], owned: words[OWNED] };
  }

  #bitOfRoot(): boolean {
    const { root } = this.#workspace.graph.header;
    return ((this.#workspace.arena.view(this.#claimed)[root >>> 5] >>> (root & 31)) & 1) === 1;
  }

  #fromRoot(onlySeeds: boolean, owning: boolean): void {
    const { kernels } = this.#workspace.arena;
    const { root } = this.#workspace.graph.header;
    this.#words[SEED] = 0;
    this.#cache.serve(() =>
      kernels.searchFromRoot(
        Number(onlySeeds),
        Number(owning),
        this.#state.offset,
        ...this.#cache.arguments,
        this.#firstEdge.offset,
        this.#retaining.offset,
        this.#firm.offset,
        this.#claimed.offset,
        root,
        this.#rootTargets.offset,
        this.#pageSeeds.offset,
        this.#numbers.offset,
        this.#order.offset,
        this.#parent.offset,
        this.#frames.offset,
      ),
    );
    if (!owning) return;
    this.#spreadClaims();
    this.#words[OWNED] = this.#words[REACHED];
  }

  /** The stack takes the frames' place. */
  #spreadClaims(): void {
    const { arena, graph } = this.#workspace;
    const { kernels } = arena;
    const [numbers, claimed, stack] = [this.#numbers.offset, this.#claimed.offset, this.#frames.offset];
    const depth = kernels.collectClaimed(graph.header.nodeCount, numbers, claimed, stack) >>> 0;
    if (depth === 0) return;
    this.#walk(depth, (state) =>
      kernels.spreadClaimed(
        state,
        ...this.#cache.arguments,
        this.#firstEdge.offset,
        this.#firm.offset,
        numbers,
        claimed,
        stack,
      ),
    );
  }

  #fromOrphans(): void {
    const { kernels } = this.#workspace.arena;
    const nodes = this.#workspace.graph.header.nodeCount;
    this.#walk(0, (state) =>
      kernels.markHeldNodes(
        nodes,
        state,
        ...this.#cache.arguments,
        this.#firstEdge.offset,
        this.#retaining.offset,
        this.#numbers.offset,
        this.#claimed.offset,
        this.#held.offset,
      ),
    );
    this.#words[SEED] = 0;
    this.#cache.serve(() =>
      kernels.searchFromOrphans(
        nodes,
        this.#held.offset,
        this.#state.offset,
        ...this.#cache.arguments,
        this.#firstEdge.offset,
        this.#retaining.offset,
        this.#firm.offset,
        this.#claimed.offset,
        this.#numbers.offset,
        this.#order.offset,
        this.#parent.offset,
        this.#frames.offset,
      ),
    );
  }

  /** A walk with a state of its own, of which the first word is given. */
  #walk(first: number, kernel: (state: number) => number): void {
    const { arena } = this.#workspace;
    arena.scratch(() => {
      const state = arena.zeroed('u32', STATE_WORDS);
      arena.view(state)[0] = first;
      this.#cache.serve(() => kernel(state.offset));
    });
  }
}
