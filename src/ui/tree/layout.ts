import { type HierarchyNode, type HierarchyRectangularNode, hierarchy, partition, treemap } from 'd3-hierarchy';
import type { TreeModel, TreeNode } from './tree-model.js';

export type TreeView = 'treemap' | 'icicle';

/** In CSS pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a node is drawn. Boxes come in preorder: what is drawn later lies on top. */
export interface Box extends Area {
  readonly node: TreeNode;
  /** Whether boxes lie in it, so that its label has a line of its own. */
  readonly isFrame: boolean;
  /** Of a frame: where nothing lies in it, as what is there is too small to be listed. */
  readonly blank?: Area;
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
  return view === 'icicle' ? icicle(nodes, width) : nested(nodes, width, height, model);
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

function nested(nodes: HierarchyNode<TreeNode>, width: number, height: number, model: TreeModel): Box[] {
  const laid = treemap<TreeNode>()
    .size([width, height])
    .paddingOuter((one) => (isFrame(one) ? 2 : 0.5))
    .paddingTop((one) => (isFrame(one) ? HEADER : 0.5))
    .paddingInner((one) => (isFrame(one) ? 1 : 0))(nodes);
  const boxes: Box[] = [];
  laid.eachBefore(({ data, x0, x1, y0, y1, children }) => {
    const box = { node: data, x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
    if (box.width < LEAST || box.height < LEAST) return;
    if (children === undefined || !isFrame({ x0, x1, y0, y1 })) boxes.push({ ...box, isFrame: false });
    else if (holdsSmaller(model, data)) boxes.push({ ...box, isFrame: true, blank: blankOf({ x1, y1, children }) });
    else boxes.push({ ...box, isFrame: true });
  });
  return boxes;
}

function isFrame({ x0, x1, y0, y1 }: { x0: number; x1: number; y0: number; y1: number }): boolean {
  return x1 - x0 >= LEAST_FRAME.width && y1 - y0 >= LEAST_FRAME.height;
}

/** Whether what a node retains and the listed ones do not is for the most part that of others, not its own. */
function holdsSmaller(model: TreeModel, node: TreeNode): boolean {
  const { tree } = model;
  const listed = model.children(node).reduce((sum, child) => sum + tree.retainedSize[child], 0);
  return tree.retainedSize[node] - listed > 2 * tree.selfSize[node];
}

/** Children are laid from the top left, in rows and columns: what they leave is a rectangle at the bottom right, behind the last one or below it. */
function blankOf({
  x1,
  y1,
  children,
}: {
  x1: number;
  y1: number;
  children: readonly HierarchyRectangularNode<TreeNode>[];
}): Area {
  const last = children[children.length - 1];
  // The first one lies in the corner.
  let [left, top] = [children[0].x0, children[0].y0];
  for (const one of children) {
    if (one.x1 > last.x1) top = Math.max(top, one.y1);
    if (one.y1 > last.y1) left = Math.max(left, one.x1);
  }
  const behind = { x: last.x1, y: top, width: x1 - last.x1, height: y1 - top };
  const below = { x: left, y: last.y1, width: x1 - left, height: y1 - last.y1 };
  return behind.width * behind.height > below.width * below.height ? behind : below;
}

/** The topmost box at a point. */
export function boxAt(boxes: readonly Box[], x: number, y: number): Box | undefined {
  return boxes.findLast((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height);
}
