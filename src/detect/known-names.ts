import type { HeapView } from '../analysis/heap-view.js';
import type { StringIndexes } from '../analysis/text-indexes.js';
import type { Ordinal } from '../base/types.js';
import { CONTEXT } from '../paths/v8-names.js';

/** Every text that a detector compares names with. What it wants listed by name it says in `Detector`. */
export const DETECT_TEXTS = [
  // Edges that V8 names.
  ...(['backing_store', 'bindings', 'bound_function', 'bound_this', 'buffer', 'context'] as const),
  ...(['descriptors', 'elements', 'extension', 'first', 'function', 'javascript_to_native', 'map', 'parent'] as const),
  ...(['parameters_and_registers', 'previous', 'properties', 'reactions_or_result', 'scope_info', 'second'] as const),
  ...(['table', 'target'] as const),
  // Properties of Node's own objects, and of what JavaScript gives every object.
  ...(['__proto__', '_idleNext', '_idlePrev', '_onTimeout', '_repeat', 'buffered', 'callback', 'chunk'] as const),
  ...(['constructor', 'data', 'filename', 'head', 'listener', 'next', 'socket'] as const),
  ...(['<symbol kBufferedValue>', '<symbol kHandle>'] as const),
  // Properties of React's fibers.
  ...(['FiberNode', 'containerInfo', 'current', 'deletions', 'displayName', 'elementType', 'return'] as const),
  ...(['stateNode', 'type'] as const),
  // Properties that mark an object whatever its class is called: classes derived from `EventEmitter` have names of their own.
  ...(['_events', '_readableState', '_writableState', '<symbol kEvents>'] as const),
  ...(['<symbol kAsyncContextFrame>', '<symbol kResourceStore>'] as const),
  // V8's private symbol for the stack of an error, whose description some versions write.
  ...(['<symbol>', '<symbol error_stack_symbol>'] as const),
  // Names of nodes.
  ...(['', '(object elements)', 'Array', 'FinalizationRegistry', 'Listener', 'Map', 'Promise'] as const),
  ...(['Timeout', 'TimersList', 'false', 'null', 'true', 'undefined'] as const),
  ...(['system / AccessorInfo', 'system / AccessorPair', 'system / CallSiteInfo', 'system / ContextCell'] as const),
  ...(['system / ErrorStackData', 'system / FunctionTemplateInfo', 'system / Hole', 'system / Oddball'] as const),
  ...([CONTEXT, 'system / PromiseReaction', 'system / WeakCell'] as const),
] as const;
export type Text = (typeof DETECT_TEXTS)[number];

/** What stands in a slot that holds no value of the program. Node 20 and 22 call every oddball the same. */
const EMPTY: readonly Text[] = ['system / Hole', 'system / Oddball', 'undefined', 'null', 'true', 'false'];

/** What stands for an accessor or a method of the embedder's. */
const ACCESSORS: readonly Text[] = ['system / AccessorInfo', 'system / AccessorPair', 'system / FunctionTemplateInfo'];

/** So much of a text has all of that, should it be written with escapes. */
const LONGEST_START = 64;

const ofViews = new WeakMap<HeapView, KnownNames>();

/** The names of one snapshot that detectors compare with. Loops ask once, before they begin. */
export function namesIn(view: HeapView): KnownNames {
  const known = ofViews.get(view) ?? new KnownNames(view);
  ofViews.set(view, known);
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
    this.#indexes = view.indexesOf(DETECT_TEXTS);
    this.#accessors = ACCESSORS.flatMap((text) => this.of(text));
    this.#empty = EMPTY.flatMap((text) => this.of(text));
  }

  /** String indexes of a text. */
  of(text: Text): readonly number[] {
    return this.#indexes.get(text) ?? [];
  }

  /** Whether that is what a node is called. */
  isNamed(node: Ordinal, text: Text): boolean {
    return this.of(text).includes(this.#view.nodeName[node]);
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
      known = this.#view.strings.text(name, LONGEST_START).startsWith(CONTEXT);
      this.#contexts.set(name, known);
    }
    return known;
  }

  /** Where the internal edge of that name leads, -1 if there is none. Cost: the node's edges. */
  internal(node: Ordinal, name: Text): Ordinal {
    return this.#view.targetNamed(node, this.#view.edgeTypes.internal, this.of(name));
  }

  /** The same for a property. */
  property(node: Ordinal, name: Text): Ordinal {
    return this.#view.targetNamed(node, this.#view.edgeTypes.property, this.of(name));
  }
}
