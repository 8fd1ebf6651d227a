import type { HeapView } from '../analysis/heap-view.js';
import { fileName, isInternalScript } from '../analysis/places.js';
import type { Ordinal } from '../base/types.js';
import type { Finding, Scene } from './detector.js';
import { type HeldGroup, heldGroups } from './held-groups.js';
import { type KnownNames, namesIn } from './known-names.js';

/**
 * Functions of the program's own that were bound many times, by who keeps the results. Those of Node and V8, which bind hundreds of
 * built-in functions when they start, are passed over.
 */
export function findBoundFunctions(scene: Scene, leastBound: number): Finding[] {
  const bindings = new Bindings(scene);
  return heldGroups(scene, bindings.own(), { kindOf: (bound) => bindings.functionName(bound) })
    .filter(({ count }) => count >= leastBound)
    .map((group) => findingOf(scene, bindings, group));
}

function findingOf(
  scene: Scene,
  bindings: Bindings,
  { holder, kind, key, count, bytes, newest, members }: HeldGroup,
): Finding {
  const receivers = new Set(members.map((bound) => bindings.receiverOf(bound)));
  return {
    anchor: holder.container,
    key: `bound ${key}`,
    count,
    bytes,
    strength: holder.kind === 'internal' ? 0.2 : 0.35,
    title: `${count} bound functions of ${kind}`,
    holder,
    evidence: [
      { label: 'function', value: kind },
      { label: 'different receivers', value: receivers.size },
      { label: 'receiver of the newest', value: scene.holders.className(bindings.receiverOf(newest[0])) },
      { label: 'bound arguments of the newest', value: bindings.argumentCount(newest[0]) },
    ],
    repair: 'Bind once and keep the result, or take bound functions out of {holder} when they are done with.',
    samples: newest,
  };
}

class Bindings {
  readonly #scene: Scene;
  readonly #view: HeapView;
  readonly #names: KnownNames;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#view = scene.view;
    this.#names = namesIn(scene.view);
  }

  /** Scripts are looked up once for each function in the source, and there are few of those. */
  own(): Ordinal[] {
    const isOwn = new Map<Ordinal, boolean>();
    return [...this.#scene.closures('native_bind')].filter((bound) => {
      const target = this.#names.internal(bound, 'bound_function');
      if (target < 0) return false;
      const shared = this.#scene.places.sharedOf(target);
      const known = isOwn.get(shared) ?? !isInternalScript(this.#scene.places.scriptOf(target));
      isOwn.set(shared, known);
      return known;
    });
  }

  functionName(bound: Ordinal): string {
    const target = this.#names.internal(bound, 'bound_function');
    const name = this.#view.name(target) || '(anonymous)';
    return `${name}() in ${fileName(this.#scene.places.scriptOf(target))}`;
  }

  /** What `this` is bound to; the function itself where nothing is. */
  receiverOf(bound: Ordinal): Ordinal {
    const receiver = this.#names.internal(bound, 'bound_this');
    return receiver < 0 ? bound : receiver;
  }

  /** At least: small numbers are not in a snapshot. */
  argumentCount(bound: Ordinal): number {
    const { firstEdge, edgeType, edgeTypes } = this.#view;
    const list = this.#names.internal(bound, 'bindings');
    if (list < 0) return 0;
    let count = 0;
    for (let edge = firstEdge[list]; edge < firstEdge[list + 1]; edge++) {
      if (edgeType[edge] === edgeTypes.internal && /^\d+$/.test(String(this.#view.names.edge(edge)))) count++;
    }
    return count;
  }
}
