import type { HeapView } from '../analysis/heap-view.js';
import { fileName, isInternalScript, type Places, placeIn } from '../analysis/places.js';
import type { Place } from '../base/suspect-types.js';
import type { Ordinal } from '../base/types.js';
import type { Holder, PathStep } from './holder-types.js';
import type { ModuleExport } from './module-exports.js';
import type { Scopes } from './scopes.js';

/** Variables that are listed where it may be any of them. */
const MOST_LISTED = 6;

/** Names with what variables say where their scope and script are known. */
export class Variables {
  readonly #view: HeapView;
  readonly #places: Places;
  readonly #scopes: Scopes;

  constructor(view: HeapView, places: Places, scopes: Scopes) {
    this.#view = view;
    this.#places = places;
    this.#scopes = scopes;
  }

  /** `expression`: the variable and what is behind it. `above`: the path to its scope, the last step first. */
  named(expression: string, context: Ordinal, above: readonly PathStep[], container: Ordinal): Holder {
    const module = this.#scopes.moduleOf(context);
    const closure = this.#closureAbove(above) ?? this.#scopes.functionOfModule(module);
    const { place, script, isInternal } = this.#sourceOf(closure);
    const scope = this.#scopes.nameOf(context);
    if (scope === undefined) {
      return {
        expression: `module-level ${expression}${inFile(script)}`,
        kind: isInternal ? 'internal' : 'module',
        container,
        place: place ?? placeIn(script),
      };
    }
    return {
      expression: `variable ${expression} in ${scope}()${inFile(script)}`,
      kind: isInternal ? 'internal' : 'closure',
      container,
      place,
    };
  }

  /** A variable of a block, or one of several (`Scopes.blockVariables`), and what is behind it. */
  ofBlock(
    names: readonly string[],
    suffix: string,
    block: Ordinal,
    above: readonly PathStep[],
    container: Ordinal,
  ): Holder {
    const { place, script, isInternal } = this.#sourceOf(this.#closureAbove(above));
    const scope = this.#scopes.nameAround(block);
    return {
      expression: `block variable ${oneOf(names)}${suffix}${scope === undefined ? '' : ` in ${scope}()`}${inFile(script)}`,
      kind: isInternal ? 'internal' : 'closure',
      container,
      place,
    };
  }

  /** What an ES module exports, and what is behind it. */
  exported({ name, module }: ModuleExport, suffix: string, container: Ordinal): Holder {
    const { script, isInternal } = this.#sourceOf(this.#scopes.functionOfModule(module));
    const file = script === '' ? '' : ` of ${fileName(script)}`;
    return {
      expression: `export ${name}${suffix}${file}`,
      kind: isInternal ? 'internal' : 'module',
      container,
      place: placeIn(script),
    };
  }

  /** Without a function it is not known whose script it is; Node's own have one. */
  #sourceOf(closure: Ordinal | undefined): { place: Place | undefined; script: string; isInternal: boolean } {
    if (closure === undefined) return { place: undefined, script: '', isInternal: false };
    const script = this.#places.scriptOf(closure);
    return { place: this.#places.of(closure), script, isInternal: script !== '' && isInternalScript(script) };
  }

  /** The function through which a path comes to a scope, or to one around it. */
  #closureAbove(above: readonly PathStep[]): Ordinal | undefined {
    for (const { from, edge } of above) {
      if (edge < 0 || this.#view.edgeTypeName(edge) !== 'internal') return undefined;
      if (this.#view.nodeType[from] === this.#view.nodeTypes.closure) return from;
    }
    return undefined;
  }
}

function inFile(script: string): string {
  return script === '' ? '' : ` in ${fileName(script)}`;
}

/** A variable that may be any of these. */
export function oneOf(names: readonly string[]): string {
  if (names.length === 1) return names[0];
  return names.length <= MOST_LISTED ? `(${names.join(' or ')})` : `(one of ${names.length})`;
}
