import type { HeapView } from '../analysis/heap-view.js';
import type { DominatorTree } from '../base/report-types.js';
import { clipped } from './shown-names.js';
import { type CutNodes, cutNodes, planTree, type TreeCut } from './tree-cut.js';

/** The largest nodes of the dominator tree. The analysis must have kept ids. */
export function cutTree(view: HeapView, cut: TreeCut): Omit<DominatorTree, 'file'> {
  return treeOf(view, cutNodes(view.arena, view.strings, planTree(view, cut)));
}

/** Its nodes with their figures, and with each text once. */
export function treeOf(view: HeapView, nodes: CutNodes): Omit<DominatorTree, 'file'> {
  const { snapshot, classOf } = view;
  const ordinals = [...nodes.ordinals];
  const texts = new TextList();
  const classNumbers = new Map<number, number>();
  const classNumber = (node: number) => {
    const known = classNumbers.get(classOf[node]) ?? texts.numberOf(view.className(node));
    classNumbers.set(classOf[node], known);
    return known;
  };
  return {
    nodeCount: view.nodeCount,
    totalSize: snapshot.statistics.total,
    leastSize: nodes.leastSize,
    depth: [...nodes.depths],
    name: ordinals.map((node, at) => texts.numberOf(nodes.names[at] ?? clipped(view.className(node)))),
    className: ordinals.map(classNumber),
    id: [...nodes.ids],
    selfSize: [...nodes.selfSizes],
    retainedSize: [...nodes.retainedSizes],
    childCount: [...nodes.childCounts],
    texts: texts.all,
  };
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
