import type { HeapView } from '../analysis/heap-view.js';
import type { DominatorTree } from '../base/report-types.js';
import type { Ordinal } from '../base/types.js';
import type { Arena } from '../wasm/arena.js';
import { largestNodes } from './largest-nodes.js';
import { ShownNames } from './shown-names.js';

/** What a tree is cut to. */
export interface TreeCut {
  readonly nodes: number;
  readonly showValues: boolean;
}

const NONE = -1;

/** The largest nodes of the dominator tree. The analysis must have kept ids. Cost: their children, and an object for none of them. */
export function cutTree(arena: Arena, view: HeapView, { nodes, showValues }: TreeCut): Omit<DominatorTree, 'file'> {
  const { treeOrder, retainedSize, snapshot } = view;
  const { positions, childCounts, leastSize } = largestNodes(arena, snapshot, nodes);
  const { order, depths } = largestFirst(view, positions);
  const ordinals = Array.from(order, (at) => treeOrder[positions[at]]);
  const texts = new TextList();
  const names = new ShownNames(view, showValues);
  const classNumbers = new Map<number, number>();
  const classNumber = (node: Ordinal) => {
    const known = classNumbers.get(view.classOf[node]) ?? texts.numberOf(view.className(node));
    classNumbers.set(view.classOf[node], known);
    return known;
  };
  return {
    nodeCount: view.nodeCount,
    totalSize: snapshot.statistics.total,
    leastSize,
    depth: [...depths],
    name: ordinals.map((node) => texts.numberOf(names.of(node))),
    className: ordinals.map(classNumber),
    id: ordinals.map((node) => view.id(node)),
    selfSize: ordinals.map((node) => view.selfSize(node)),
    retainedSize: ordinals.map((node) => retainedSize[node]),
    childCount: Array.from(order, (at) => childCounts[at]),
    texts: texts.all,
  };
}

/** All of `positions` in preorder, and how deep each lies; children in the order of their retained sizes, equal ones as they come. */
function largestFirst({ treeOrder, treeSize, retainedSize }: HeapView, positions: Uint32Array) {
  const parents = parentsOf(treeSize, positions);
  const sizes = Float64Array.from(positions, (position) => retainedSize[treeOrder[position]]);
  // Smallest and last ones first: who comes last in a list of children is on top of the stack.
  const byParent = Uint32Array.from(positions.keys()).sort((a, b) => sizes[a] - sizes[b] || b - a);
  const firstChild = new Int32Array(positions.length).fill(NONE);
  const next = new Int32Array(positions.length).fill(NONE);
  for (const at of byParent) {
    if (at === 0) continue;
    next[at] = firstChild[parents[at]];
    firstChild[parents[at]] = at;
  }
  const [order, depths] = [new Uint32Array(positions.length), new Uint32Array(positions.length)];
  let count = 0;
  let depth = 0;
  for (let at = positions.length > 0 ? 0 : NONE; at !== NONE; ) {
    order[count] = at;
    depths[count++] = depth;
    if (firstChild[at] !== NONE) {
      at = firstChild[at];
      depth++;
      continue;
    }
    while (at !== 0 && next[at] === NONE) {
      at = parents[at];
      depth--;
    }
    at = at === 0 ? NONE : next[at];
  }
  return { order, depths };
}

/** By position in the list: that of the immediate dominator. */
function parentsOf(treeSize: Uint32Array, positions: Uint32Array): Int32Array {
  const parents = new Int32Array(positions.length).fill(NONE);
  for (let at = 1; at < positions.length; at++) {
    let parent = at - 1;
    while (positions[parent] + treeSize[positions[parent]] <= positions[at]) parent = parents[parent];
    parents[at] = parent;
  }
  return parents;
}

/** Texts by number, each once. */
class TextList {
  readonly #numbers = new Map<string, number>();

  get all(): string[] {
    return [...this.#numbers.keys()];
  }

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
