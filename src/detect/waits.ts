import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Scene } from './detector.js';
import { type Functions, functionsOf } from './functions.js';
import { type KnownNames, namesIn } from './known-names.js';

/** Something that goes on when a promise settles: an async function that is suspended, or a callback. */
export interface Wait {
  readonly promise: Ordinal;
  /** What V8 notes of it with the promise: `system / PromiseReaction`. */
  readonly reaction: Ordinal;
  /** The async function, or the callback behind `bind()`. */
  readonly closure: Ordinal;
  /** The suspended call; -1 for a callback. */
  readonly generator: number;
}

/** A promise that many things wait for, and what V8 notes of each. */
export interface Crowd {
  readonly promise: Ordinal;
  readonly reactions: readonly Ordinal[];
}

/** Waiting for a promise in fewer places than these is nothing unusual. */
const CROWD = 20;

interface Waits {
  readonly waits: readonly Wait[];
  readonly crowds: readonly Crowd[];
}

const ofScenes = new WeakMap<Scene, Waits>();

/** All waits for promises that are surely pending: only those have reactions. For detectors that list `Promise` among their objects. */
export function waitsOf(scene: Scene): readonly Wait[] {
  return allOf(scene).waits;
}

/** Pending promises that many things wait for: each `Promise.race` with one adds to it, and what has lost the race stays there. */
export function crowdsOf(scene: Scene): readonly Crowd[] {
  return allOf(scene).crowds;
}

function allOf(scene: Scene): Waits {
  const known = ofScenes.get(scene);
  if (known !== undefined) return known;
  const all = new Reactions(scene).all();
  ofScenes.set(scene, all);
  return all;
}

class Reactions {
  readonly #scene: Scene;
  readonly #view: HeapView;
  readonly #names: KnownNames;
  readonly #functions: Functions;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#view = scene.view;
    this.#names = namesIn(scene.view);
    this.#functions = functionsOf(scene);
  }

  all(): Waits {
    const view = this.#view;
    const waits: Wait[] = [];
    const crowds: Crowd[] = [];
    // Each reaction belongs to one promise; a file in which they form a circle must not keep us here.
    let left = view.nodeCount;
    for (const promise of this.#scene.objects('Promise')) {
      let reaction = this.#names.internal(promise, 'reactions_or_result');
      const reactions: Ordinal[] = [];
      while (this.#isReaction(reaction) && left-- > 0) {
        reactions.push(reaction);
        const wait = this.#waitOf(promise, reaction);
        if (wait !== undefined) waits.push(wait);
        reaction = this.#nextOf(reaction);
      }
      if (reactions.length >= CROWD) crowds.push({ promise, reactions });
    }
    return { waits, crowds };
  }

  #isReaction(node: number): boolean {
    return node >= 0 && this.#names.isNamed(node, 'system / PromiseReaction');
  }

  /** Hidden edges have no names: what they lead to says which is which. */
  #nextOf(reaction: Ordinal): number {
    const { firstEdge, edgeTo } = this.#view;
    for (let edge = firstEdge[reaction]; edge < firstEdge[reaction + 1]; edge++) {
      if (this.#isReaction(edgeTo[edge])) return edgeTo[edge];
    }
    return -1;
  }

  #waitOf(promise: Ordinal, reaction: Ordinal): Wait | undefined {
    const { firstEdge, edgeTo } = this.#view;
    for (let edge = firstEdge[reaction]; edge < firstEdge[reaction + 1]; edge++) {
      const handler = edgeTo[edge];
      if (!this.#functions.isClosure(handler)) continue;
      const suspended = this.#suspendedBy(handler);
      if (suspended !== undefined) return { promise, reaction, ...suspended };
      const closure = this.#functions.unwrap(handler);
      if (!this.#functions.of(closure).isInternal) return { promise, reaction, closure, generator: -1 };
    }
    return undefined;
  }

  /** V8 resumes a call by a function of its own, whose context has the call as `extension`. */
  #suspendedBy(handler: Ordinal): { closure: Ordinal; generator: Ordinal } | undefined {
    const context = this.#functions.contextOf(handler);
    if (context < 0) return undefined;
    const generator = this.#names.internal(context, 'extension');
    if (generator < 0) return undefined;
    const closure = this.#names.internal(generator, 'function');
    return this.#functions.isClosure(closure) ? { closure, generator } : undefined;
  }
}

/** The promises that async functions have returned and settle when they end, each with the suspended call's function. */
export function resultPromises({ view }: Scene, waits: readonly Wait[]): Map<Ordinal, Ordinal> {
  const promise = namesIn(view).of('Promise');
  const results = new Map<Ordinal, Ordinal>();
  for (const { generator, closure } of waits) {
    if (generator < 0) continue;
    for (let edge = view.firstEdge[generator]; edge < view.firstEdge[generator + 1]; edge++) {
      const target = view.edgeTo[edge];
      if (view.edgeType[edge] !== view.edgeTypes.hidden || !promise.includes(view.nodeName[target])) continue;
      results.set(target, closure);
    }
  }
  return results;
}
