import type { HeapView } from '../analysis/heap-view.js';
import { type Ordinal, UNREACHED } from '../base/types.js';

/** As in the scene's `parentOf`. */
const NO_PARENT = 0xffff_ffff;

/** Who holds a DOM node, the most telling last: a reader can change scripts, not the browser, and the console is not part of the page. */
const RANK = { none: 0, console: 1, browser: 2, script: 3 } as const;

/** For nodes of the DOM what keeps them from outside of it. */
export interface DomRetainers {
  /** A copy of the scene's paths, in which the parent of a held node is what holds it from outside. */
  readonly parentOf: Uint32Array;
  /** Ascending: nodes that something holds from outside. */
  readonly held: readonly Ordinal[];
  /** Whether nothing but the console does. */
  isConsoleOnly(node: Ordinal): boolean;
}

/**
 * `isDom`: 1 for nodes to look at; `isInside`: 1 for what counts as the detached tree itself. Cost: one pass over the edges. A retainer
 * whose own path leads through a detached tree would explain nothing and is left out.
 */
export function findDomRetainers(
  view: HeapView,
  paths: Uint32Array,
  isDom: Uint8Array,
  isInside: Uint8Array,
): DomRetainers {
  const { nodeCount, firstEdge, edgeTo, edgeType, edgeTypes, distance } = view;
  const ranks = new Uint8Array(nodeCount);
  const best = new Uint32Array(nodeCount);
  const inside = new PathsInside(paths, isInside);
  for (let from = 0; from < nodeCount; from++) {
    if (isInside[from] === 1 || distance[from] === UNREACHED) continue;
    for (let edge = firstEdge[from]; edge < firstEdge[from + 1]; edge++) {
      const to = edgeTo[edge];
      if (isDom[to] === 0 || edgeType[edge] === edgeTypes.weak || inside.leadsThrough(from)) continue;
      const rank = rankOf(view, from);
      const isNearer = rank === ranks[to] && distance[from] < distance[best[to]];
      if (rank < ranks[to] || (rank === ranks[to] && !isNearer)) continue;
      ranks[to] = rank;
      best[to] = from;
    }
  }
  const parentOf = paths.slice();
  const held: Ordinal[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (ranks[node] === RANK.none) continue;
    parentOf[node] = best[node];
    held.push(node);
  }
  return { parentOf, held, isConsoleOnly: (node) => ranks[node] === RANK.console };
}

function rankOf({ nodeType, nodeTypes }: HeapView, from: Ordinal): number {
  const type = nodeType[from];
  if (type === nodeTypes.synthetic) return RANK.console;
  return type === nodeTypes.object || type === nodeTypes.closure ? RANK.script : RANK.browser;
}

const UNKNOWN = 0;
const OUTSIDE = 1;
const INSIDE = 2;

/** Which paths lead through the trees. Each step is looked at once, however many paths share it. */
class PathsInside {
  readonly #parentOf: Uint32Array;
  readonly #isInside: Uint8Array;
  readonly #known: Uint8Array;

  constructor(parentOf: Uint32Array, isInside: Uint8Array) {
    this.#parentOf = parentOf;
    this.#isInside = isInside;
    this.#known = new Uint8Array(parentOf.length);
  }

  leadsThrough(start: Ordinal): boolean {
    const steps: Ordinal[] = [];
    let node = start;
    while (this.#known[node] === UNKNOWN) {
      // A path that bites its tail leads nowhere; it has been marked by the time it comes round.
      this.#known[node] = this.#isInside[node] === 1 ? INSIDE : OUTSIDE;
      steps.push(node);
      const parent = this.#parentOf[node];
      if (this.#known[node] === INSIDE || parent === NO_PARENT) break;
      node = parent;
    }
    for (const step of steps) this.#known[step] = this.#known[node];
    return this.#known[start] === INSIDE;
  }
}
