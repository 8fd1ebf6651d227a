import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { CONTEXT } from '../paths/v8-names.js';
import type { Name, Names } from './names.js';
import type { WasteGround } from './scene.js';
import { Facts } from './string-facts.js';

/** Kinds of nodes by what their names begin with. */
const KIND = { other: 1, context: 2, script: 3, sharedFunction: 4 } as const;
const LONGEST_PREFIX = 40;

/** Internal edges by name, and kinds of nodes, of a snapshot with scopes. */
export class ScopeNodes {
  readonly view: HeapView;
  readonly facts: Facts;
  readonly #names: Names;
  /** A kind by string index; 0 for a name that nobody has looked at. */
  readonly #kinds: Uint8Array;

  constructor({ view, names }: WasteGround) {
    this.view = view;
    this.facts = new Facts(view, names);
    this.#names = names;
    this.#kinds = new Uint8Array(view.strings.count);
  }

  /** Where the first internal edge of that name leads, -1 without one. */
  target(node: Ordinal, name: Name): Ordinal {
    return this.#names.target(node, name);
  }

  isContext(node: Ordinal): boolean {
    return this.#kindOf(node) === KIND.context;
  }

  isScript(node: Ordinal): boolean {
    return this.#kindOf(node) === KIND.script;
  }

  isSharedFunction(node: Ordinal): boolean {
    return this.#kindOf(node) === KIND.sharedFunction;
  }

  #kindOf(node: Ordinal): number {
    const index = this.view.nodeName[node];
    if (this.#kinds[index] === 0) this.#kinds[index] = kindOf(this.view.strings.text(index, LONGEST_PREFIX));
    return this.#kinds[index];
  }
}

function kindOf(name: string): number {
  if (name.startsWith('system / Script')) return KIND.script;
  if (name === CONTEXT || name.startsWith(`${CONTEXT} / `)) return KIND.context;
  return name.startsWith('system / SharedFunctionInfo') ? KIND.sharedFunction : KIND.other;
}
