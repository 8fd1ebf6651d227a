import type { Bytes, Ordinal } from '../base/types.js';
import { NO_PARENT } from '../paths/holder-types.js';
import type { Scene } from './detector.js';
import { Newest } from './newest.js';

/** Dominators above a container among which another one of its group is looked for. */
const MOST_DOMINATORS = 24;

/** Containers that are held in the same way: one suspect. */
export interface ContainerGroup {
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

/** Brings containers of one path group together. */
export class ContainerGroups {
  readonly #scene: Scene;
  readonly #drafts = new Map<bigint, Draft>();
  readonly #draftOf = new Map<Ordinal, Draft>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** `sample`: what has accumulated in the container, if it is not looked for later. */
  add(container: Ordinal, count: number, bytes: Bytes, sample?: Ordinal): void {
    const draft = this.#draftOf.get(container) ?? this.#newDraft(container);
    draft.counts.set(container, (draft.counts.get(container) ?? 0) + count);
    draft.bytes.set(container, (draft.bytes.get(container) ?? 0) + bytes);
    if (sample !== undefined) draft.newest.addOwn(sample);
  }

  /** In the order in which the first of each was added. */
  all(): ContainerGroup[] {
    return [...this.#drafts.values()].map((draft) => this.#finish(draft));
  }

  #newDraft(container: Ordinal): Draft {
    const key = this.#scene.keyOf(container);
    const draft = this.#drafts.get(key) ?? {
      counts: new Map(),
      bytes: new Map(),
      newest: new Newest(this.#scene.view),
    };
    this.#drafts.set(key, draft);
    this.#draftOf.set(container, draft);
    return draft;
  }

  #finish(draft: Draft): ContainerGroup {
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
