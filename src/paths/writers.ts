import type { HeapView } from '../analysis/heap-view.js';
import { isInternalScript, type Places } from '../analysis/places.js';
import type { StringIndexes } from '../analysis/text-indexes.js';
import type { Place } from '../base/suspect-types.js';
import { compareText } from '../base/text-order.js';
import type { Ordinal } from '../base/types.js';

/** A function whose code names a variable or property, as its constants say. */
export interface Writer {
  readonly name: string;
  readonly place: Place | undefined;
}

/** Methods that add to what they are called on, by its class. */
const ADDING: ReadonlyMap<string, readonly string[]> = new Map([
  ['Map', ['set']],
  ['WeakMap', ['set']],
  ['Set', ['add']],
  ['WeakSet', ['add']],
  ['Array', ['push', 'unshift', 'splice', 'concat']],
]);
const ADDING_ANY: readonly string[] = [
  ...[...ADDING.values()].flat(),
  ...['append', 'on', 'once', 'addListener', 'prependListener', 'addEventListener', 'register', 'subscribe'],
  ...['assign', 'defineProperty', 'enqueue', 'then'],
];
/** Edges from a function's description to its code, and from that to its bytecode. */
const CODE = [
  'function_data',
  'trusted_function_data',
  'interpreter_data',
  'bytecode_or_interpreter_data',
  'instruction_stream',
];
const POOL = '(constant pool)';
const BYTECODE = 'system / BytecodeArray';
const MOST_FUNCTIONS = 20_000;
/** Steps from a description to the constants. */
const MOST_STEPS = 6;

/** Looked up when writers are made. */
export const WRITER_TEXTS: readonly string[] = [
  ...CODE,
  ...ADDING_ANY,
  POOL,
  BYTECODE,
  'context',
  'previous',
  'scope_info',
];

interface Code {
  readonly closure: Ordinal;
  /** String indexes of what it names. */
  readonly names: ReadonlySet<number>;
}

/**
 * Which functions of a program name something: V8 keeps the names that a function's bytecode uses as constants. Functions that have not
 * run for long have no bytecode any more. Made when it is first asked, by one pass over the closures.
 */
export class Writers {
  readonly #view: HeapView;
  readonly #places: Places;
  readonly #names: StringIndexes;
  #codes: readonly Code[] | undefined;

  constructor(view: HeapView, places: Places) {
    this.#view = view;
    this.#places = places;
    this.#names = view.indexesOf(WRITER_TEXTS);
  }

  /** Functions that name this property (its index among the strings): those that also name a method that adds to such a container, or all if none does. */
  ofProperty(name: number, containerClass: string): Writer[] {
    const naming = this.#all().filter(({ names }) => names.has(name));
    const adding = naming.filter(this.#addsTo(containerClass));
    return this.#tell(adding.length > 0 ? adding : naming);
  }

  /** Functions that see the variables of this scope and add to such containers: variables have no names in bytecode. */
  ofScope(context: Ordinal, containerClass: string): Writer[] {
    const adds = this.#addsTo(containerClass);
    const described = this.#descriptionOf(context);
    return this.#tell(this.#all().filter((code) => adds(code) && this.#sees(code.closure, described)));
  }

  #addsTo(containerClass: string): (code: Code) => boolean {
    const methods = ADDING.get(containerClass) ?? ADDING_ANY;
    const indexes = methods.flatMap((name) => this.#names.get(name) ?? []);
    return ({ names }) => indexes.some((index) => names.has(index));
  }

  #tell(codes: readonly Code[]): Writer[] {
    const told = codes.map(({ closure }) => ({
      name: this.#view.name(closure) || '(anonymous)',
      place: this.#places.of(closure),
    }));
    return told.sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || compareText(a.name, b.name));
  }

  /**
   * Its own scope, or one of the two around that, by what the scopes' description is: of many closures with the same code one is looked
   * at, and each has a scope of its own.
   */
  #sees(closure: Ordinal, described: Ordinal): boolean {
    const { internal } = this.#view.edgeTypes;
    let scope = this.#view.targetNamed(closure, internal, this.#names.get('context') ?? []);
    for (let step = 0; step < 3 && scope >= 0; step++) {
      if (this.#descriptionOf(scope) === described) return true;
      scope = this.#view.targetNamed(scope, internal, this.#names.get('previous') ?? []);
    }
    return false;
  }

  /** The scope itself where the file has no description of it. */
  #descriptionOf(scope: Ordinal): Ordinal {
    const info = this.#view.targetNamed(scope, this.#view.edgeTypes.internal, this.#names.get('scope_info') ?? []);
    return info < 0 ? scope : info;
  }

  #all(): readonly Code[] {
    this.#codes ??= this.#collect();
    return this.#codes;
  }

  #collect(): Code[] {
    const { nodeType, nodeTypes, nodeCount } = this.#view;
    const seen = new Set<Ordinal>();
    const codes: Code[] = [];
    for (let node = 0; node < nodeCount && seen.size < MOST_FUNCTIONS; node++) {
      if (nodeType[node] !== nodeTypes.closure) continue;
      const shared = this.#places.sharedOf(node);
      if (shared < 0 || seen.has(shared)) continue;
      seen.add(shared);
      if (isInternalScript(this.#places.scriptOf(node))) continue;
      const names = this.#constantsOf(shared);
      if (names.size > 0) codes.push({ closure: node, names });
    }
    return codes;
  }

  #constantsOf(shared: Ordinal): Set<number> {
    const { firstEdge, edgeTo, nodeType, nodeTypes, nodeName } = this.#view;
    const names = new Set<number>();
    const symbol = this.#view.header.nodeTypes.indexOf('symbol');
    let code = shared;
    for (let step = 0; step < MOST_STEPS && code >= 0; step++) {
      const pool = this.#poolOf(code);
      if (pool >= 0) {
        for (let edge = firstEdge[pool]; edge < firstEdge[pool + 1]; edge++) {
          // Private fields are symbols to V8.
          const type = nodeType[edgeTo[edge]];
          if (type === nodeTypes.string || type === symbol) names.add(nodeName[edgeTo[edge]]);
        }
        return names;
      }
      code = this.#nextOf(code);
    }
    return names;
  }

  #poolOf(code: Ordinal): Ordinal {
    return this.#targetCalled(code, POOL);
  }

  /** The bytecode itself, or what leads to it. */
  #nextOf(code: Ordinal): Ordinal {
    const bytecode = this.#targetCalled(code, BYTECODE);
    if (bytecode >= 0) return bytecode;
    const { internal } = this.#view.edgeTypes;
    for (const name of CODE) {
      const next = this.#view.targetNamed(code, internal, this.#names.get(name) ?? []);
      if (next >= 0) return next;
    }
    return -1;
  }

  #targetCalled(node: Ordinal, name: string): Ordinal {
    const { firstEdge, edgeTo, nodeName } = this.#view;
    const indexes = this.#names.get(name) ?? [];
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (indexes.includes(nodeName[edgeTo[edge]])) return edgeTo[edge];
    }
    return -1;
  }
}
