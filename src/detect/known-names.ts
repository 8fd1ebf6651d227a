import type { HeapView, StringIndexes } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

const TEXTS = [
  '',
  '(object elements)',
  '(object properties)',
  'Array',
  'FinalizationRegistry',
  '__proto__',
  'backing_store',
  'buffer',
  'constructor',
  'descriptors',
  'elements',
  'false',
  'first',
  'global_object',
  'map',
  'null',
  'parent',
  'properties',
  'scope_info',
  'second',
  'system / AccessorInfo',
  'system / AccessorPair',
  'system / FunctionTemplateInfo',
  'system / Hole',
  'system / Oddball',
  'system / WeakCell',
  'table',
  'target',
  'true',
  'undefined',
] as const;
type Text = (typeof TEXTS)[number];

/** What stands in a slot that holds no value of the program. Node 20 and 22 call every oddball the same. */
const EMPTY: readonly Text[] = ['system / Hole', 'system / Oddball', 'undefined', 'null', 'true', 'false'];

/** What stands for an accessor or a method of the embedder's. */
const ACCESSORS: readonly Text[] = ['system / AccessorInfo', 'system / AccessorPair', 'system / FunctionTemplateInfo'];

const NAMES_OF = new WeakMap<HeapView, KnownNames>();

/** The names of one snapshot that rules about containers compare with. Cost: once per snapshot, one pass over its strings. */
export function namesIn(view: HeapView): KnownNames {
  const known = NAMES_OF.get(view) ?? new KnownNames(view);
  NAMES_OF.set(view, known);
  return known;
}

export class KnownNames {
  readonly #view: HeapView;
  readonly #indexes: StringIndexes;
  readonly #accessors: readonly number[];
  readonly #empty: readonly number[];
  readonly #contexts = new Map<number, boolean>();

  constructor(view: HeapView) {
    this.#view = view;
    this.#indexes = view.indexesOf(TEXTS);
    this.#accessors = ACCESSORS.flatMap((text) => this.of(text));
    this.#empty = EMPTY.flatMap((text) => this.of(text));
  }

  /** String indexes of a text. */
  of(text: Text): readonly number[] {
    return this.#indexes.get(text) ?? [];
  }

  /** Whether a node is what V8 writes for a deleted entry, `undefined`, `null` or a truth value. */
  isEmpty(node: Ordinal): boolean {
    return this.#view.nodeType[node] === this.#view.nodeTypes.hidden && this.#empty.includes(this.#view.nodeName[node]);
  }

  /** Whether a node is no value, but what V8 comes to one by. */
  isAccessor(node: Ordinal): boolean {
    return this.#accessors.includes(this.#view.nodeName[node]);
  }

  /** Whether a node holds the variables of a scope. */
  isContext(node: Ordinal): boolean {
    const name = this.#view.nodeName[node];
    let known = this.#contexts.get(name);
    if (known === undefined) {
      // Chromium adds the scope's number to the name.
      known = this.#view.strings.text(name, 64).startsWith('system / Context');
      this.#contexts.set(name, known);
    }
    return known;
  }

  /** Where the internal edge of that name leads, -1 if there is none. */
  internal(node: Ordinal, name: Text): Ordinal {
    return this.#view.targetNamed(node, this.#view.edgeTypes.internal, this.of(name));
  }
}
