import type { HeapView } from '../analysis/heap-view.js';
import { type Ordinal, UNREACHED } from '../base/types.js';
import { NO_PARENT } from '../paths/holder-types.js';
import type { Scene } from './detector.js';
import { NodeMarks, positionIn } from './node-marks.js';

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
 * `dom`: ascending, what is held from outside; the detached tree itself is all of the browser's that is detached with it. Cost: one pass
 * over the edges. A retainer whose own path leads through a detached tree would explain nothing and is left out.
 */
export function findDomRetainers({ view, candidates, parentOf: paths }: Scene, dom: readonly Ordinal[]): DomRetainers {
  const { nodeCount, firstEdge, edgeTo, edgeType, edgeTypes, distance } = view;
  const isDom = new NodeMarks(view, dom);
  const isInside = new NodeMarks(view, candidates.detached());
  const inside = new PathsInside(view, paths, isInside);
  const ranks = new Uint8Array(dom.length);
  const best = new Uint32Array(dom.length);
  for (let from = 0; from < nodeCount; from++) {
    if (isInside.of(from) === 1 || distance[from] === UNREACHED) continue;
    for (let edge = firstEdge[from]; edge < firstEdge[from + 1]; edge++) {
      if (isDom.of(edgeTo[edge]) === 0 || edgeType[edge] === edgeTypes.weak || inside.leadsThrough(from)) continue;
      const to = positionIn(dom, edgeTo[edge]);
      const rank = rankOf(view, from);
      const isNearer = rank === ranks[to] && distance[from] < distance[best[to]];
      if (rank < ranks[to] || (rank === ranks[to] && !isNearer)) continue;
      ranks[to] = rank;
      best[to] = from;
    }
  }
  const parentOf = paths.slice();
  const held = dom.filter((_, at) => ranks[at] !== RANK.none);
  for (const node of held) parentOf[node] = best[positionIn(dom, node)];
  return { parentOf, held, isConsoleOnly: (node) => ranks[positionIn(dom, node)] === RANK.console };
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
  readonly #isInside: NodeMarks;
  readonly #known: NodeMarks;

  constructor(view: HeapView, parentOf: Uint32Array, isInside: NodeMarks) {
    this.#parentOf = parentOf;
    this.#isInside = isInside;
    this.#known = new NodeMarks(view);
  }

  leadsThrough(start: Ordinal): boolean {
    const steps: Ordinal[] = [];
    let node = start;
    while (this.#known.of(node) === UNKNOWN) {
      // A path that bites its tail leads nowhere; it has been marked by the time it comes round.
      this.#known.set(node, this.#isInside.of(node) === 1 ? INSIDE : OUTSIDE);
      steps.push(node);
      const parent = this.#parentOf[node];
      if (this.#known.of(node) === INSIDE || parent === NO_PARENT) break;
      node = parent;
    }
    const end = this.#known.of(node);
    for (const step of steps) this.#known.set(step, end);
    return end === INSIDE;
  }
}
