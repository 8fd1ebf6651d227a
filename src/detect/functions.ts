import type { HeapView } from '../analysis/heap-view.js';
import { fileName, isInternalScript } from '../analysis/places.js';
import type { Place } from '../base/suspect-types.js';
import type { Ordinal } from '../base/types.js';
import type { Holder } from '../paths/holder-types.js';
import type { Evidence, Scene } from './detector.js';
import { type KnownNames, namesIn } from './known-names.js';

/** A function in the source, whatever number of closures there is of it. */
export interface SourceFunction {
  /** `poll()`; `(anonymous) of start()` where it has no name. */
  readonly label: string;
  /** The script's name without its path; empty where it is not known. */
  readonly file: string;
  /** `poll() in poller.js`: the same in every snapshot of a program, and on every machine. */
  readonly expression: string;
  /** Whether it is Node's or V8's own. */
  readonly isInternal: boolean;
  readonly place: Place | undefined;
}

/** `setTimeout`'s callback may be bound, and what is bound may be bound again. */
const MOST_WRAPPERS = 4;
const ANONYMOUS = '(anonymous)';

const ofScenes = new WeakMap<Scene, Functions>();

export function functionsOf(scene: Scene): Functions {
  const known = ofScenes.get(scene);
  if (known !== undefined) return known;
  const functions = new Functions(scene);
  ofScenes.set(scene, functions);
  return functions;
}

/** What detectors ask about closures; answers are kept by function in the source. */
export class Functions {
  readonly #scene: Scene;
  readonly #view: HeapView;
  readonly #names: KnownNames;
  readonly #byShared = new Map<Ordinal, SourceFunction>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#view = scene.view;
    this.#names = namesIn(scene.view);
  }

  /** Of a closure that is not wrapped. */
  of(closure: Ordinal): SourceFunction {
    const shared = this.#scene.places.sharedOf(closure);
    const known = this.#byShared.get(shared);
    if (known !== undefined && shared >= 0) return known;
    const found = this.#describe(closure);
    this.#byShared.set(shared, found);
    return found;
  }

  /** The function behind `bind()` and behind the wrapper that `once()` registers. */
  unwrap(closure: Ordinal): Ordinal {
    let inner = closure;
    for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
      const next = this.#wrapped(inner);
      if (next < 0) break;
      inner = next;
    }
    return inner;
  }

  /** Where a closure finds its variables; -1 where it has no context. */
  contextOf(closure: Ordinal): number {
    return this.#names.internal(closure, 'context');
  }

  isClosure(node: number): boolean {
    return node >= 0 && this.#view.nodeType[node] === this.#view.nodeTypes.closure;
  }

  /** Functions without a name that are counted together, since nothing but their line would tell them apart. */
  sameName(closures: readonly Ordinal[]): Evidence[] {
    const sources = new Set(closures.map((closure) => this.of(closure)));
    return sources.size < 2 ? [] : [{ label: 'functions that this describes', value: sources.size }];
  }

  /** What was given to `once()`, or the closure itself. */
  behindOnce(closure: Ordinal): Ordinal {
    const listener = this.#names.property(closure, 'listener');
    return this.isClosure(listener) ? listener : closure;
  }

  isBound(closure: Ordinal): boolean {
    return this.#boundBy(closure) >= 0;
  }

  #wrapped(closure: Ordinal): number {
    const listener = this.behindOnce(closure);
    return listener === closure ? this.#boundBy(closure) : listener;
  }

  #boundBy(closure: Ordinal): number {
    const bound = this.#names.internal(closure, 'bound_function');
    return this.isClosure(bound) ? bound : -1;
  }

  #describe(closure: Ordinal): SourceFunction {
    const { places } = this.#scene;
    const script = places.scriptOf(closure);
    const file = fileName(script);
    const name = this.#view.name(closure);
    const label = name === '' ? this.#anonymousLabel(closure) : `${name}()`;
    return {
      label,
      file,
      expression: file === '' ? label : `${label} in ${file}`,
      isInternal: isInternalScript(script),
      place: places.of(closure),
    };
  }

  /** By the function whose variables it sees first: a file has many functions without a name, and line numbers move. */
  #anonymousLabel(closure: Ordinal): string {
    const context = this.contextOf(closure);
    const scope = context < 0 ? undefined : this.#scene.holders.scopeName(context);
    return scope === undefined || scope === ANONYMOUS ? ANONYMOUS : `${ANONYMOUS} of ${scope}()`;
  }
}

/** A holder that names a function: `setInterval callback poll() in poller.js`. */
export function holderOfFunction(prefix: string, source: SourceFunction, container: Ordinal): Holder {
  return {
    expression: `${prefix} ${source.expression}`,
    kind: source.isInternal ? 'internal' : 'closure',
    container,
    place: source.place,
  };
}
