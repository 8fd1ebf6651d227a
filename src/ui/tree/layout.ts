import { type HierarchyNode, hierarchy, partition, treemap } from 'd3-hierarchy';
import type { TreeModel, TreeNode } from './tree-model.js';

export type TreeView = 'treemap' | 'icicle';

/** Where a node is drawn, in CSS pixels. Boxes come in preorder: what is drawn later lies on top. */
export interface Box {
  readonly node: TreeNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether boxes lie in it, so that its label has a line of its own. */
  readonly isFrame: boolean;
}

export const ROW = 22;
const HEADER = 18;
/** A frame that is lower or narrower has no line for its label, or nothing would fit into it. */
const LEAST_FRAME = { width: 34, height: 46 };
/** Smaller boxes are not drawn. */
const LEAST = 0.3;
/** Nor do narrower ones make an icicle any taller. */
const LEAST_SEEN = 0.45;
/** Levels of a treemap: further ones are frames around frames. */
const LEVELS = 24;

/** The part of the tree that lies below `root`, as boxes whose areas or widths are retained sizes. What is blank is not listed. */
export function layOut(model: TreeModel, root: TreeNode, view: TreeView, width: number, height: number): Box[] {
  const levels = view === 'icicle' ? Math.max(1, Math.floor(height / ROW)) : LEVELS;
  const deepest = model.tree.depth[root] + levels - 1;
  const nodes = hierarchy<TreeNode>(root, (node) => (model.tree.depth[node] < deepest ? model.children(node) : []));
  nodes.each((one) => {
    // Not the sum of what is listed below it: there is more, and its own.
    (one as { value?: number }).value = model.tree.retainedSize[one.data];
  });
  return view === 'icicle' ? icicle(nodes, width) : nested(nodes, width, height);
}

/** Of the picture: as far down as there is something to see. */
export function heightOf(boxes: readonly Box[], view: TreeView, most: number): number {
  if (view === 'treemap') return most;
  const bottoms = boxes.filter(({ width }) => width >= LEAST_SEEN).map(({ y, height }) => y + height);
  return Math.min(most, Math.max(ROW, ...bottoms));
}

function icicle(nodes: HierarchyNode<TreeNode>, width: number): Box[] {
  const laid = partition<TreeNode>().size([width, (nodes.height + 1) * ROW])(nodes);
  const boxes: Box[] = [];
  laid.eachBefore(({ data, x0, x1, y0, y1 }) => {
    if (x1 - x0 >= LEAST) boxes.push({ node: data, x: x0, y: y0, width: x1 - x0, height: y1 - y0, isFrame: false });
  });
  return boxes;
}

function nested(nodes: HierarchyNode<TreeNode>, width: number, height: number): Box[] {
  const laid = treemap<TreeNode>()
    .size([width, height])
    .paddingOuter((one) => (isFrame(one) ? 2 : 0.5))
    .paddingTop((one) => (isFrame(one) ? HEADER : 0.5))
    .paddingInner((one) => (isFrame(one) ? 1 : 0))(nodes);
  const boxes: Box[] = [];
  laid.eachBefore(({ data, x0, x1, y0, y1, children }) => {
    const box = { node: data, x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
    if (box.width < LEAST || box.height < LEAST) return;
    boxes.push({ ...box, isFrame: children !== undefined && isFrame({ x0, x1, y0, y1 }) });
  });
  return boxes;
}

function isFrame({ x0, x1, y0, y1 }: { x0: number; x1: number; y0: number; y1: number }): boolean {
  return x1 - x0 >= LEAST_FRAME.width && y1 - y0 >= LEAST_FRAME.height;
}

/** The topmost box at a point. */
export function boxAt(boxes: readonly Box[], x: number, y: number): Box | undefined {
  return boxes.findLast((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height);
}
