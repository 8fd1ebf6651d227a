import type { HeapView, StringIndexes } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type HeldGroup, heldGroups } from './held-groups.js';
import { flagsBelow, flagsOfNodes } from './subtrees.js';

const LIMITS = { leastFibers: 1, mostFindings: 100 };

const NAMES = ['return', 'stateNode', 'deletions', 'type', 'elementType', 'displayName'] as const;

/**
 * D15: fibers of React that no root leads to any more. A fiber is mounted if its chain of `return` ends at the fiber whose `stateNode` is
 * a root; React itself keeps those in a `deletions` list for a moment. Only where names are not minified.
 */
export const unmountedFiber: Detector<typeof LIMITS> = {
  id: 'D15',
  name: 'unmounted-fiber',
  limits: LIMITS,
  objects: ['FiberNode', 'FiberRootNode'],
  detect(scene, { leastFibers, mostFindings }) {
    if (scene.objects('FiberNode').length === 0) return [];
    const trees = new Fibers(scene).unmounted();
    if (trees.size === 0) return [];
    const grouping = {
      kindOf: (entry: Ordinal) => trees.get(entry)?.component ?? '',
      weightOf: (entry: Ordinal) => trees.get(entry)?.fibers ?? 0,
    };
    return heldGroups(scene, [...trees.keys()], grouping)
      .filter(({ count }) => count >= leastFibers)
      .slice(0, mostFindings)
      .map(findingOf);
  },
};

function findingOf({ holder, kind, key, count, bytes, newest, members }: HeldGroup): Finding {
  return {
    anchor: holder.container,
    key,
    count,
    bytes,
    strength: 0.5,
    title: `${count} unmounted fibers under ${kind}`,
    holder,
    evidence: [
      { label: 'component', value: kind },
      { label: 'trees', value: members.length },
      { label: 'note', value: 'development builds of React keep fibers by _debugStack and _debugOwner, too' },
    ],
    repair: 'Return a cleanup from the effect that puts something of the component into {holder}.',
    samples: newest,
  };
}

/** An unmounted tree, or what of it one fiber leads to from outside. */
interface Tree {
  readonly component: string;
  readonly fibers: number;
}

/** Trees are not as deep; what is costs no more than that. */
const MOST_STEPS = 1000;

const UNKNOWN = 0;
const MOUNTED = 1;
const UNMOUNTED = 2;

class Fibers {
  readonly #view: HeapView;
  readonly #list: Uint32Array;
  readonly #isRoot: Uint8Array;
  readonly #isFiber: Uint8Array;
  readonly #names: StringIndexes;
  readonly #parentOf: Uint32Array;

  constructor({ view, objects, parentOf }: Scene) {
    this.#view = view;
    this.#parentOf = parentOf;
    this.#names = view.indexesOf(NAMES);
    // The prototype has the name as well, but no place in a tree.
    this.#list = objects('FiberNode').filter((node) => this.#edge(node, 'return') >= 0);
    this.#isFiber = flagsOfNodes(view, this.#list);
    this.#isRoot = flagsOfNodes(view, objects('FiberRootNode'));
  }

  /** Unmounted trees by the fiber by which their path enters them. Cost: the edges of all fibers, and a path for each tree. */
  unmounted(): Map<Ordinal, Tree> {
    const trees = new Map<Ordinal, Tree>();
    const { state, topOf } = this.#followReturns();
    const lost = this.#list.filter((fiber) => state[fiber] === UNMOUNTED);
    if (lost.length === 0) return trees;
    const isBeingDeleted = flagsBelow(this.#view, flagsOfNodes(this.#view, this.#deletions()));
    const sizes = new Map<Ordinal, number>();
    for (const fiber of lost) {
      if (isBeingDeleted[fiber] === 0) sizes.set(topOf[fiber], (sizes.get(topOf[fiber]) ?? 0) + 1);
    }
    for (const [top, size] of sizes) {
      const entry = this.#entryOf(top, state);
      const before = trees.get(entry);
      trees.set(entry, { component: this.#componentOf(top), fibers: size + (before?.fibers ?? 0) });
    }
    return trees;
  }

  /** What holds a tree may refer to any fiber of it: those lead to the top by `return`, and the path goes that way. */
  #entryOf(top: Ordinal, state: Uint8Array): Ordinal {
    let entry = top;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const parent = this.#parentOf[entry];
      if (state[parent] !== UNMOUNTED) break;
      entry = parent;
    }
    return entry;
  }

  /** Each chain once: what has been found of a fiber holds for those below it. A chain that bites its tail is not mounted. */
  #followReturns(): { state: Uint8Array; topOf: Uint32Array } {
    const state = new Uint8Array(this.#view.nodeCount);
    const topOf = new Uint32Array(this.#view.nodeCount);
    for (const fiber of this.#list) {
      const chain: Ordinal[] = [];
      let node = fiber;
      while (state[node] === UNKNOWN) {
        state[node] = UNMOUNTED;
        chain.push(node);
        topOf[node] = node;
        if (this.#isHostRoot(node)) {
          state[node] = MOUNTED;
          break;
        }
        const above = this.#target(node, 'return');
        if (above < 0 || this.#isFiber[above] === 0) break;
        node = above;
      }
      const [end, top] = [state[node], topOf[node]];
      for (const one of chain) {
        state[one] = end;
        topOf[one] = top;
      }
    }
    return { state, topOf };
  }

  #isHostRoot(fiber: Ordinal): boolean {
    const state = this.#target(fiber, 'stateNode');
    return state >= 0 && this.#isRoot[state] === 1;
  }

  #deletions(): Ordinal[] {
    return [...this.#list]
      .map((fiber) => this.#target(fiber, 'deletions'))
      .filter((list) => list >= 0 && this.#view.nodeType[list] === this.#view.nodeTypes.object);
  }

  /** The function or class behind a fiber, or its tag; `displayName` is what React's own tools show. */
  #componentOf(fiber: Ordinal): string {
    const { nodeTypes, nodeType } = this.#view;
    for (const edge of ['type', 'elementType'] as const) {
      const type = this.#target(fiber, edge);
      if (type < 0) continue;
      if (this.#view.typeName(type).includes('string')) return `<${this.#view.name(type)}>`;
      if (nodeType[type] !== nodeTypes.closure) continue;
      const shown = this.#target(type, 'displayName');
      const text = shown >= 0 ? this.#view.name(shown) : this.#view.name(type);
      if (text !== '') return text;
    }
    return '(unnamed component)';
  }

  #edge(node: Ordinal, name: (typeof NAMES)[number]): number {
    return this.#view.edgeNamed(node, this.#view.edgeTypes.property, this.#names.get(name) ?? []);
  }

  #target(node: Ordinal, name: (typeof NAMES)[number]): Ordinal {
    return this.#view.targetNamed(node, this.#view.edgeTypes.property, this.#names.get(name) ?? []);
  }
}
