import type { HeapView } from '../analysis/heap-view.js';
import { isInternalScript } from '../analysis/places.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { Holder } from '../paths/holder.js';
import { forEachEntry, isPlain } from './containers.js';
import type { Finding, Scene } from './detector.js';
import { pathHash } from './keeper.js';

/** Dominators above a container among which another one of its group is looked for. */
const MOST_DOMINATORS = 24;
/** Containers of a group in which the newest entries are looked for, and edges of each. */
const SEARCHED = 20;
const MOST_AT_ENDS = 2000;
/** Samples of a finding. */
const NEWEST = 3;
const NO_PARENT = 0xffff_ffff;

/** Containers that are held in the same way: one suspect. */
export interface Group {
  /** The largest of them. */
  readonly anchor: Ordinal;
  readonly containers: readonly Ordinal[];
  readonly count: number;
  readonly bytes: Bytes;
  /** The newest of what was added with the containers. */
  readonly samples: readonly Ordinal[];
}

interface Draft {
  readonly counts: Map<Ordinal, number>;
  readonly bytes: Map<Ordinal, number>;
  readonly newest: Newest;
}

/** Brings containers of one path together, whatever their ids are. */
export class Gathering {
  readonly #scene: Scene;
  readonly #drafts = new Map<number, Draft>();
  readonly #draftOf = new Map<Ordinal, Draft>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** `sample`: what has accumulated in the container, if it is not looked for later. */
  add(container: Ordinal, count: number, bytes: Bytes, sample?: Ordinal): void {
    const draft = this.#draftOf.get(container) ?? this.#newDraft(container);
    draft.counts.set(container, (draft.counts.get(container) ?? 0) + count);
    draft.bytes.set(container, (draft.bytes.get(container) ?? 0) + bytes);
    if (sample !== undefined) draft.newest.add(sample);
  }

  /** In the order in which the first of each was added. */
  groups(): Group[] {
    return [...this.#drafts.values()].map((draft) => this.#finish(draft));
  }

  #newDraft(container: Ordinal): Draft {
    const key = pathHash(this.#scene, container);
    const draft = this.#drafts.get(key) ?? {
      counts: new Map(),
      bytes: new Map(),
      newest: new Newest(this.#scene.view),
    };
    this.#drafts.set(key, draft);
    this.#draftOf.set(container, draft);
    return draft;
  }

  #finish(draft: Draft): Group {
    let anchor = NO_PARENT;
    let count = 0;
    let bytes = 0;
    for (const [container, own] of draft.bytes) {
      count += draft.counts.get(container) ?? 0;
      if (!this.#isBelowAnother(container, draft)) bytes += own;
      if (anchor === NO_PARENT || own > (draft.bytes.get(anchor) ?? 0)) anchor = container;
    }
    return { anchor, containers: [...draft.bytes.keys()], count, bytes, samples: draft.newest.nodes };
  }

  /** What a container below another one retains is in the other one's bytes: trees of arrays would count many times. */
  #isBelowAnother(container: Ordinal, { bytes }: Draft): boolean {
    if (bytes.size === 1) return false;
    const { dominator } = this.#scene.view;
    let above = container;
    for (let step = 0; step < MOST_DOMINATORS && dominator[above] !== above; step++) {
      above = dominator[above];
      if (bytes.has(above)) return true;
    }
    return false;
  }
}

/** The three nodes with the highest ids: the newest, since V8 counts up. */
export class Newest {
  readonly #view: HeapView;
  readonly #nodes: Ordinal[] = [];
  readonly #ids: number[] = [];

  constructor(view: HeapView) {
    this.#view = view;
  }

  get nodes(): readonly Ordinal[] {
    return this.#nodes;
  }

  add(node: Ordinal): void {
    const id = this.#view.id(node);
    const ids = this.#ids;
    // Ids of the embedder's objects are even, and new in every snapshot.
    if ((ids.length === NEWEST && id <= ids[NEWEST - 1]) || id % 2 === 0 || ids.includes(id)) return;
    // Entries come oldest first as a rule, so nearly every one gets here: nothing is allocated.
    let at = Math.min(ids.length, NEWEST - 1);
    for (; at > 0 && ids[at - 1] < id; at--) {
      ids[at] = ids[at - 1];
      this.#nodes[at] = this.#nodes[at - 1];
    }
    ids[at] = id;
    this.#nodes[at] = node;
  }
}

/** The newest objects in some of a group's containers. */
export function newestIn(view: HeapView, containers: readonly Ordinal[]): readonly Ordinal[] {
  const newest = new Newest(view);
  const visit = (node: Ordinal) => {
    if (!isPlain(view, node)) newest.add(node);
  };
  for (const container of containers.slice(0, SEARCHED)) forEachEntry(view, container, visit, MOST_AT_ENDS);
  return newest.nodes;
}

/** How much of a pattern's strength is left by who holds it: what Node keeps for itself is seldom a leak of the program's. */
export function shareOfHolder({ expression, kind, place }: Holder): number {
  // Node keeps its copies of the built-in objects where the global object leads to them.
  if (expression.includes('primordials')) return 0.2;
  if (place !== undefined && place.script !== '' && isInternalScript(place.script)) return 0.2;
  return kind === 'internal' ? 0.5 : 1;
}

/** The largest by bytes, largest first. */
export function largest<T extends { readonly bytes: Bytes }>(all: readonly T[], most: number): T[] {
  return all.toSorted((a, b) => b.bytes - a.bytes).slice(0, most);
}

/** Strengths are of two digits: nothing that they are made of is more precise. */
export function strengthOf(...factors: number[]): Finding['strength'] {
  const product = factors.reduce((all, factor) => all * factor, 1);
  return Math.round(100 * Math.min(1, Math.max(0, product))) / 100;
}
