import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Holder } from '../paths/holder-types.js';
import { visitStores } from './async-stores.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type Functions, functionsOf, holderOfFunction } from './functions.js';
import { type Group, Groups } from './groups.js';
import { newestOf } from './newest.js';
import { rareEdgesOf } from './rare-edges.js';
import { strengthBetween } from './strength.js';
import { Timers } from './timers.js';
import { retainedTogether } from './topmost.js';
import { resultPromises, waitsOf } from './waits.js';

const LIMITS = {
  /** Stores that the same kind of resource keeps. */
  least: 2,
  most: 100,
};

/** What keeps a store. The one with the highest rank names it: an interval lasts, a promise may belong to a request in flight. */
interface Keeper {
  readonly rank: number;
  readonly name: string;
  readonly holder: Holder;
}

const RANK = { object: 0, promise: 1, call: 2, timeout: 3, interval: 4 } as const;
/** Strength at two stores, and at two hundred, by rank. */
const STRENGTHS = [
  [0.1, 0.25],
  [0.1, 0.3],
  [0.15, 0.4],
  [0.15, 0.5],
  [0.3, 0.8],
] as const;

interface Facts {
  readonly keeper: Keeper;
  holders: number;
}

/** D16: stores of `AsyncLocalStorage` that timers, promises and other resources keep. */
export const asyncStorePin: Detector<typeof LIMITS> = {
  id: 'D16',
  name: 'async-store-pin',
  limits: LIMITS,
  objects: ['AsyncContextFrame', 'Promise'],
  prepare: rareEdgesOf,
  detect(scene, limits) {
    return groupsOf(scene)
      .largest(limits)
      .map((group) => findingOf(scene, group));
  },
};

interface Pinned {
  keeper: Keeper;
  holders: number;
}

function groupsOf(scene: Scene): Groups<Facts> {
  const keepers = new Keepers(scene);
  const pinned = new Map<Ordinal, Pinned>();
  visitStores(scene, (resource, store) => {
    const keeper = keepers.of(resource);
    const known = pinned.get(store);
    if (known === undefined) {
      pinned.set(store, { keeper, holders: 1 });
      return;
    }
    known.holders++;
    if (keeper.rank > known.keeper.rank) known.keeper = keeper;
  });
  const groups = new Groups<Facts>();
  for (const [store, { keeper, holders }] of pinned) {
    const group = groups.of('stores kept by', keeper.name, () => ({ keeper, holders: 0 }));
    group.members.push(store);
    group.facts.holders += holders;
  }
  return groups;
}

/** Names for resources; the same for all with the same function. */
class Keepers {
  readonly #view: HeapView;
  readonly #functions: Functions;
  readonly #timers: Timers;
  /** Functions that wait for a promise or return one, by the promise and by the reaction. */
  readonly #suspended = new Map<Ordinal, Ordinal>();
  readonly #known = new Map<string, Map<string, Keeper>>();

  constructor(scene: Scene) {
    this.#view = scene.view;
    this.#functions = functionsOf(scene);
    this.#timers = new Timers(scene);
    const waits = waitsOf(scene);
    for (const [promise, closure] of resultPromises(scene, waits)) this.#suspended.set(promise, closure);
    // Node 24 keeps the store with the reaction, earlier ones with the promise.
    for (const { promise, reaction, closure } of waits) {
      this.#suspended.set(promise, closure);
      this.#suspended.set(reaction, closure);
    }
  }

  of(resource: Ordinal): Keeper {
    const timer = this.#timers.live(resource);
    if (timer?.isInterval) return this.#byFunction(RANK.interval, 'setInterval callback', timer.callback);
    if (timer !== undefined) return this.#byFunction(RANK.timeout, 'setTimeout callback', timer.callback);
    const closure = this.#suspended.get(resource);
    if (closure !== undefined) return this.#byFunction(RANK.call, 'await in', closure);
    const className = this.#view.name(resource);
    return this.#plain(className === 'Promise' ? RANK.promise : RANK.object, `${className} objects`, resource);
  }

  #byFunction(rank: number, prefix: string, closure: Ordinal): Keeper {
    const source = this.#functions.of(closure);
    // Node's own timers and promises run out with what they serve.
    if (source.isInternal) return this.#plain(RANK.object, 'Node itself', closure);
    return this.#once(prefix, source.expression, () => ({
      rank,
      name: `${prefix} ${source.expression}`,
      holder: holderOfFunction(`stores kept by ${prefix}`, source, closure),
    }));
  }

  #plain(rank: number, name: string, container: Ordinal): Keeper {
    return this.#once('', name, () => ({
      rank,
      name,
      holder: { expression: `stores kept by ${name}`, kind: 'internal', container, place: undefined },
    }));
  }

  #once(prefix: string, name: string, make: () => Keeper): Keeper {
    const ofPrefix = this.#known.get(prefix) ?? new Map<string, Keeper>();
    const known = ofPrefix.get(name);
    if (known !== undefined) return known;
    const keeper = make();
    this.#known.set(prefix, ofPrefix.set(name, keeper));
    return keeper;
  }
}

function findingOf(scene: Scene, { key, members, facts }: Group<Facts>): Finding {
  const { view, holders } = scene;
  const { rank, holder } = facts.keeper;
  const count = members.length;
  const [low, high] = STRENGTHS[rank];
  const newest = newestOf(view, members);
  return {
    anchor: holder.container,
    key,
    count,
    bytes: retainedTogether(view, members),
    strength: strengthBetween(count, [2, low], [200, high]),
    title: `${count} ${count === 1 ? 'store' : 'stores'} of AsyncLocalStorage`,
    holder,
    evidence: [
      { label: 'class of the stores', value: holders.className(newest[0]) },
      { label: 'resources that hold a store, on average', value: Math.round((10 * facts.holders) / count) / 10 },
    ],
    repair: repairOf(rank),
    samples: newest,
  };
}

function repairOf(rank: number): string {
  if (rank >= RANK.timeout)
    return 'Create the timer outside the context (exit()) or clear it, so that {holder} can go.';
  return 'Create promises that live long outside the context (exit()), and settle or drop the others, so that {holder} can go.';
}
