import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type HeldGroup, heldGroups } from './held-groups.js';
import { type KnownNames, namesIn } from './known-names.js';
import { NodeMarks, positionIn } from './node-marks.js';
import { rareEdgesOf } from './rare-edges.js';
import { eachSubtree } from './topmost.js';

const LIMITS = { leastFibers: 1, mostFindings: 100 };

/**
 * D15: fibers of React that no root leads to any more. A fiber is mounted if its chain of `return` ends at the fiber whose `stateNode` is
 * a root; React itself keeps those in a `deletions` list for a moment. In a minified build the class has another name, which the root's
 * own fiber tells: names of properties stay.
 */
export const unmountedFiber: Detector<typeof LIMITS> = {
  id: 'D15',
  name: 'unmounted-fiber',
  limits: LIMITS,
  prepare: rareEdgesOf,
  detect(scene, { leastFibers, mostFindings }) {
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
  readonly #names: KnownNames;
  readonly #parentOf: Uint32Array;
  /** Ascending; the columns below have a place for each. */
  readonly #list: readonly Ordinal[];
  readonly #roots: readonly Ordinal[];
  readonly #state: Uint8Array;
  readonly #topOf: Uint32Array;

  constructor({ view, parentOf }: Scene) {
    this.#view = view;
    this.#parentOf = parentOf;
    this.#names = namesIn(view);
    // A file may say the same of one object again and again.
    const roots = [...new Set(rareEdgesOf(view).reactRoots.from)];
    this.#roots = roots.filter((root) => this.#isFiber(this.#hostFiber(root)));
    this.#list = this.#listFibers();
    this.#state = new Uint8Array(this.#list.length);
    this.#topOf = new Uint32Array(this.#list.length);
  }

  #hostFiber(root: Ordinal): Ordinal {
    return this.#names.property(root, 'current');
  }

  /** By what it has: the prototype has the name as well, but no place in a tree. */
  #isFiber(node: Ordinal): boolean {
    return node >= 0 && this.#names.property(node, 'return') >= 0 && this.#names.property(node, 'stateNode') >= 0;
  }

  /** Cost: where there is React, one pass over the nodes. */
  #listFibers(): Ordinal[] {
    const { nodeCount, nodeType, nodeTypes, nodeName } = this.#view;
    const fiberNames = new Set(this.#names.of('FiberNode'));
    for (const root of this.#roots) fiberNames.add(nodeName[this.#hostFiber(root)]);
    const fibers: Ordinal[] = [];
    if (fiberNames.size === 0) return fibers;
    for (let node = 0; node < nodeCount; node++) {
      if (nodeType[node] === nodeTypes.object && fiberNames.has(nodeName[node]) && this.#isFiber(node))
        fibers.push(node);
    }
    return fibers;
  }

  /** Unmounted trees by the fiber by which their path enters them. Cost: the edges of all fibers, and a path for each tree. */
  unmounted(): Map<Ordinal, Tree> {
    this.#followReturns();
    const trees = new Map<Ordinal, Tree>();
    const isBeingDeleted = this.#belowDeletions();
    const sizes = new Map<Ordinal, number>();
    for (const [at, fiber] of this.#list.entries()) {
      if (this.#state[at] !== UNMOUNTED || isBeingDeleted.of(fiber) !== 0) continue;
      sizes.set(this.#topOf[at], (sizes.get(this.#topOf[at]) ?? 0) + 1);
    }
    for (const [top, size] of sizes) {
      const entry = this.#entryOf(top);
      const before = trees.get(entry);
      trees.set(entry, { component: this.#componentOf(top), fibers: size + (before?.fibers ?? 0) });
    }
    return trees;
  }

  /** What holds a tree may refer to any fiber of it: those lead to the top by `return`, and the path goes that way. */
  #entryOf(top: Ordinal): Ordinal {
    let entry = top;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const parent = this.#parentOf[entry];
      const at = positionIn(this.#list, parent);
      if (at < 0 || this.#state[at] !== UNMOUNTED) break;
      entry = parent;
    }
    return entry;
  }

  /** Each chain once: what has been found of a fiber holds for those below it. A chain that bites its tail is not mounted. */
  #followReturns(): void {
    const [list, state, topOf] = [this.#list, this.#state, this.#topOf];
    for (let start = 0; start < list.length; start++) {
      const chain: number[] = [];
      let at = start;
      while (state[at] === UNKNOWN) {
        state[at] = UNMOUNTED;
        chain.push(at);
        topOf[at] = list[at];
        if (this.#isHostRoot(list[at])) {
          state[at] = MOUNTED;
          break;
        }
        const above = positionIn(list, this.#names.property(list[at], 'return'));
        if (above < 0) break;
        at = above;
      }
      const [end, top] = [state[at], topOf[at]];
      for (const one of chain) {
        state[one] = end;
        topOf[one] = top;
      }
    }
  }

  #isHostRoot(fiber: Ordinal): boolean {
    const state = this.#names.property(fiber, 'stateNode');
    return positionIn(this.#roots, state) >= 0;
  }

  /** What React keeps until it has cleaned up. */
  #belowDeletions(): NodeMarks {
    const { nodeType, nodeTypes, treeOrder } = this.#view;
    const lists = Array.from(this.#list, (fiber) => this.#names.property(fiber, 'deletions'));
    const kept = lists.filter((list) => list >= 0 && nodeType[list] === nodeTypes.object);
    const below = new NodeMarks(this.#view);
    if (kept.length === 0) return below;
    eachSubtree(this.#view, new NodeMarks(this.#view, kept), (_, from, end) => {
      for (let position = from; position < end; position++) below.set(treeOrder[position], 1);
    });
    return below;
  }

  /** The function or class behind a fiber, or its tag; `displayName` is what React's own tools show. */
  #componentOf(fiber: Ordinal): string {
    const { nodeTypes, nodeType } = this.#view;
    for (const edge of ['type', 'elementType'] as const) {
      const type = this.#names.property(fiber, edge);
      if (type < 0) continue;
      if (this.#view.typeName(type).includes('string')) return `<${this.#view.name(type)}>`;
      if (nodeType[type] !== nodeTypes.closure) continue;
      const shown = this.#names.property(type, 'displayName');
      const text = shown >= 0 ? this.#view.name(shown) : this.#view.name(type);
      if (text !== '') return text;
    }
    return '(unnamed component)';
  }
}
