import type { DominatorTree } from '../../base/report-types.js';

/** Position of a node in the document's lists. */
export type TreeNode = number;

/** A dominator tree that can be walked: the listed nodes in preorder, with links that the document leaves to be worked out. */
export class TreeModel {
  readonly tree: DominatorTree;
  readonly size: number;
  readonly parent: Int32Array;
  /** Behind the last node below each one. */
  readonly end: Int32Array;
  readonly #byId: Map<number, TreeNode>;

  constructor(tree: DominatorTree) {
    const { depth, id } = tree;
    this.tree = tree;
    this.size = depth.length;
    this.parent = new Int32Array(this.size).fill(-1);
    this.end = new Int32Array(this.size);
    const open: TreeNode[] = [];
    for (let node = 0; node < this.size; node++) {
      while (open.length > 0 && depth[open[open.length - 1]] >= depth[node]) this.end[open.pop() as TreeNode] = node;
      this.parent[node] = open[open.length - 1] ?? -1;
      open.push(node);
    }
    for (const node of open) this.end[node] = this.size;
    this.#byId = new Map(id.map((value, node) => [value, node]));
  }

  /** Undefined where the node is not listed. */
  withId(id: number): TreeNode | undefined {
    return this.#byId.get(id);
  }

  /** Listed ones, the largest first. */
  children(node: TreeNode): TreeNode[] {
    const found: TreeNode[] = [];
    for (let child = node + 1; child < this.end[node]; child = this.end[child]) found.push(child);
    return found;
  }

  /** From the root to the node. */
  way(node: TreeNode): TreeNode[] {
    const way: TreeNode[] = [];
    for (let at = node; at >= 0; at = this.parent[at]) way.push(at);
    return way.reverse();
  }

  className(node: TreeNode): string {
    return this.tree.texts[this.tree.className[node]] ?? '';
  }

  name(node: TreeNode): string {
    return this.tree.texts[this.tree.name[node]] ?? '';
  }

  /** What it is called in a picture: its name, or its class where it has none. */
  label(node: TreeNode): string {
    // The format has no word for it that a reader would know.
    if (node === 0) return 'whole heap';
    return this.name(node).trim() === '' ? this.className(node) : this.name(node);
  }

  /** Bytes of the heap that no listed node has as its own. */
  get unlisted(): number {
    return Math.max(0, this.tree.totalSize - this.tree.selfSize.reduce((sum, size) => sum + size, 0));
  }

  /** 1 for each of these nodes and all that are listed below them. */
  below(nodes: Iterable<TreeNode>): Uint8Array {
    const marks = new Uint8Array(this.size);
    for (const node of nodes) if (marks[node] === 0) marks.fill(1, node, this.end[node]);
    return marks;
  }

  /** Nodes whose name or class has these words in it, or whose id it is; the largest first. */
  search(wanted: string): TreeNode[] {
    const text = wanted.trim().toLowerCase();
    if (text === '') return [];
    const id = /^@?(\d+)$/.exec(text)?.[1];
    const isIn = this.tree.texts.map((name) => name.toLowerCase().includes(text));
    const { name, className, retainedSize, id: ids } = this.tree;
    const found: TreeNode[] = [];
    for (let node = 0; node < this.size; node++)
      if (isIn[name[node]] || isIn[className[node]] || (id !== undefined && ids[node] === Number(id))) found.push(node);
    return found.sort((a, b) => retainedSize[b] - retainedSize[a] || a - b);
  }
}
