import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import { NodeMarks } from './node-marks.js';

/** What a mark says of a node: nothing; a member; above members, below none; below a member, or a member that has been counted. */
const UNMARKED = 0;
const MEMBER = 1;
const ABOVE = 2;
const BELOW = 3;

/** All of them `UNMARKED` between two uses. */
const ofViews = new WeakMap<HeapView, NodeMarks>();

/**
 * Those of some nodes that lie below no other of them in the dominator tree, each once, in order. What these retain does not overlap.
 * Cost: the nodes and their dominators, each twice; two bits a node that all uses of a view share.
 */
export function topmostOf(view: HeapView, nodes: ArrayLike<Ordinal>): Ordinal[] {
  const marks = ofViews.get(view) ?? new NodeMarks(view);
  ofViews.set(view, marks);
  for (let at = 0; at < nodes.length; at++) marks.set(nodes[at], MEMBER);
  const topmost: Ordinal[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    if (marks.of(node) !== MEMBER) continue;
    marks.set(node, BELOW);
    if (node === view.root || !isBelowMember(view, marks, node)) topmost.push(node);
  }
  for (let at = 0; at < nodes.length; at++) clear(view, marks, nodes[at]);
  return topmost;
}

/** What several nodes retain together, if each is dropped. What only two or more of them reach is not in it. */
export function retainedTogether(view: HeapView, nodes: ArrayLike<Ordinal>): Bytes {
  return topmostOf(view, nodes).reduce((sum, node) => sum + view.retainedSize[node], 0);
}

function isBelowMember({ dominator, root }: HeapView, marks: NodeMarks, node: Ordinal): boolean {
  const first = dominator[node];
  let last = first;
  while (marks.of(last) === UNMARKED && last !== root) last = dominator[last];
  const isBelow = marks.of(last) === MEMBER || marks.of(last) === BELOW;
  // The answer is left on the way, so that the next one stops where this one came along.
  for (let above = first; above !== last; above = dominator[above]) marks.set(above, isBelow ? BELOW : ABOVE);
  return isBelow;
}

/** Marks lie without gaps from each node upwards, up to where another one's have been cleared. */
function clear({ dominator }: HeapView, marks: NodeMarks, node: Ordinal): void {
  for (let above = node; marks.of(above) !== UNMARKED; above = dominator[above]) marks.set(above, UNMARKED);
}

/**
 * Calls `visit` for each topmost node of those with a mark, with the positions of its subtree in the dominator tree's preorder: from its
 * own up to, not including, `end`. Cost: one pass over the nodes.
 */
export function eachSubtree(
  { treeOrder, treeSize, nodeCount }: HeapView,
  marks: NodeMarks,
  visit: (node: Ordinal, from: number, end: number) => void,
): void {
  for (let position = 0; position < nodeCount; ) {
    const node = treeOrder[position];
    const isMarked = marks.of(node) !== 0;
    const end = position + (isMarked ? treeSize[position] : 1);
    if (isMarked) visit(node, position, end);
    position = end;
  }
}
