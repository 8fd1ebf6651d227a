import type { HeapView } from '../analysis/heap-view.js';
import { fileName, isInternalScript, type Places, placeIn } from '../analysis/places.js';
import type { StringIndexes } from '../analysis/text-indexes.js';
import type { Ordinal } from '../base/types.js';
import { type Holder, NO_PARENT, type PathStep } from './holder-types.js';
import { ModuleExports } from './module-exports.js';
import { Scopes } from './scopes.js';
import { CONTEXT } from './v8-names.js';
import { oneOf, Variables } from './variables.js';

/** What it looks up: for those who ask for several texts at once. */
export const HOLDER_TEXTS = ['filename'] as const;

/** Longer paths are cut in the middle of nowhere: what a person reads is at their ends. */
const LONGEST_PATH = 200;
/** Accessors in front of which a name is looked for. */
const MOST_ACCESSORS = 6;
/** Properties from this number on are a dictionary's entries; mirrors assembly/paths.ts. */
const DICTIONARY = 32;
/** Units of a name that are told. */
const MOST_NAME = 100;

/** Internal edges that lead to where a container keeps its entries. */
const STORES: ReadonlySet<string> = new Set(['table', 'elements', 'properties', 'backing_store']);
const POSITION = /^\d+$/;
/** In the names of edges to a WeakMap's values, which begin with a place in the table that is another one in each run. */
const PAIR = ' pair in WeakMap ';

/** Classes of which a field says little without what holds the object. */
const BUILT_IN: ReadonlySet<string> = new Set([
  'Object',
  'Array',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Promise',
  'Generator',
  'AsyncGenerator',
  'Error',
  'Function',
  'Date',
  'ArrayBuffer',
  'Buffer',
  'Uint8Array',
  'Module',
  'process',
  'Timeout',
  'TimersList',
  'Immediate',
  'Listener',
  'WeakRef',
  'global',
  'Iterator',
  'Symbol',
  'RegExp',
  'ArrayIterator',
  CONTEXT,
]);

/** Names for what holds a node, from the paths of a snapshot. */
export class Holders {
  readonly #view: HeapView;
  readonly #places: Places;
  readonly #parentOf: Uint32Array;
  readonly #globals: ReadonlySet<Ordinal>;
  readonly #scopes: Scopes;
  readonly #variables: Variables;
  readonly #exports: ModuleExports;
  readonly #names: StringIndexes;
  /** Edges of paths that have been told, by the node they lead to. */
  readonly #edges = new Map<Ordinal, number>();

  /** `parentOf`: the node before each on its path (`groupByPath`). */
  constructor(view: HeapView, places: Places, parentOf: Uint32Array, globals: readonly Ordinal[]) {
    this.#view = view;
    this.#places = places;
    this.#parentOf = parentOf;
    this.#scopes = new Scopes(view);
    this.#variables = new Variables(view, places, this.#scopes);
    this.#exports = new ModuleExports(view);
    this.#globals = new Set(globals);
    this.#names = view.indexesOf(HOLDER_TEXTS);
  }

  /** The same names over other paths. */
  along(parentOf: Uint32Array): Holders {
    return new Holders(this.#view, this.#places, parentOf, [...this.#globals]);
  }

  /** The path to a node, [0] being its last step. */
  pathTo(node: Ordinal): PathStep[] {
    const steps: PathStep[] = [];
    let to = node;
    while (steps.length < LONGEST_PATH && to !== this.#view.root) {
      const from = this.#parentOf[to];
      if (from === NO_PARENT) break;
      steps.push({ from, to, edge: this.#edgeTo(to, from) });
      to = from;
    }
    return steps;
  }

  /** Who keeps a node: the container it lies in, by the name of the nearest variable, field or global that leads there. */
  holderOf(member: Ordinal): Holder {
    const path = this.pathTo(member);
    let first = 0;
    while (first < path.length && this.#isInside(path[first])) first++;
    return this.#name(path.slice(first), path[first]?.to ?? member);
  }

  /** The same for a node that is itself what is to be named. */
  nameOf(node: Ordinal): Holder {
    return this.#name(this.pathTo(node), node);
  }

  /** `[from] –edge→ to` as text: `.items`, `[]`, `(table)`, `variable cache`. */
  stepText({ from, edge }: PathStep): string {
    if (edge < 0) return '(?)';
    const type = this.#view.edgeTypeName(edge);
    const name = String(this.#view.names.edge(edge));
    const block = type === 'hidden' ? this.#scopes.blockVariables(from) : undefined;
    if (block) return `block variable ${oneOf(block)}`;
    if (type === 'element' || type === 'hidden' || POSITION.test(name) || name.includes(PAIR)) return '[]';
    if (type === 'property') return this.#isDictionary(from) ? '[]' : accessor(name);
    if (type === 'context') return `variable ${name}`;
    return `(${name.replace(/@\d+/g, '').slice(0, 60)})`;
  }

  /** The same for people, who take what one snapshot says: of the variables of a block only those that it can be. Not for signatures. */
  toldStep(step: PathStep): string {
    const isHidden = step.edge >= 0 && this.#view.edgeTypeName(step.edge) === 'hidden';
    const behind = isHidden ? this.#scopes.blockVariablesBehind(step.from, step.edge) : undefined;
    return behind ? `block variable ${oneOf(behind)}` : this.stepText(step);
  }

  className(node: Ordinal): string {
    const type = this.#view.typeName(node);
    if (type === 'closure') return `function ${this.#view.name(node) || '(anonymous)'}`;
    // V8 names what it keeps; its class would only say that it is V8's.
    if (type === 'hidden') return this.#view.name(node).slice(0, MOST_NAME) || this.#view.className(node);
    return this.#view.className(node);
  }

  #name(path: readonly PathStep[], container: Ordinal): Holder {
    const view = this.#view;
    if (this.#globals.has(container)) return { expression: 'global', kind: 'global', container, place: undefined };
    let suffix = '';
    let accessors = 0;
    for (const [at, step] of path.entries()) {
      const { edge } = step;
      if (edge < 0) break;
      const anchored = this.#anchor(step, suffix, path.slice(at + 1), container);
      if (anchored) return anchored;
      const name = String(view.names.edge(edge));
      if (this.#isInside(step) || STORES.has(name)) {
        if (!STORES.has(name) && !suffix.startsWith('[]')) suffix = `[]${suffix}`;
        continue;
      }
      if (++accessors > MOST_ACCESSORS) break;
      suffix = this.stepText(step) + suffix;
    }
    const top = path[Math.min(path.length, MOST_ACCESSORS) - 1]?.from ?? container;
    return { expression: `${this.className(top)}${suffix}`, kind: 'internal', container, place: undefined };
  }

  /** What a step begins an expression with: a variable, an export, a property that names itself. `above`: the path to where it leads from. */
  #anchor(step: PathStep, suffix: string, above: readonly PathStep[], container: Ordinal): Holder | undefined {
    const { from, edge } = step;
    const name = this.#view.edgeName[edge];
    switch (this.#view.edgeTypeName(edge)) {
      case 'context': {
        const variable = String(this.#view.names.edge(edge));
        return { ...this.#variables.named(variable + suffix, from, above, container), via: { scope: from } };
      }
      case 'hidden': {
        const variables = this.#scopes.blockVariables(from);
        return (
          variables && { ...this.#variables.ofBlock(variables, suffix, from, above, container), via: { scope: from } }
        );
      }
      case 'internal': {
        const found = this.#exports.isCell(from) ? this.#exports.of(from) : undefined;
        return found && this.#variables.exported(found, suffix, container);
      }
      case 'property': {
        const own = accessor(String(this.#view.names.edge(edge)));
        const anchored = this.#isLink(step) ? undefined : this.#property(from, own + suffix, container);
        return anchored && { ...anchored, via: { name } };
      }
      default:
        return undefined;
    }
  }

  /** A property that names itself: of the global object, of a function, of an object of some class. */
  #property(from: Ordinal, suffix: string, container: Ordinal): Holder | undefined {
    const view = this.#view;
    const type = view.typeName(from);
    if (type === 'closure') {
      const place = this.#places.of(from);
      if (place && isInternalScript(place.script)) return undefined;
      return { expression: `${view.name(from) || '(anonymous)'}${suffix}`, kind: 'static', container, place };
    }
    if (type !== 'object') return undefined;
    if (this.#globals.has(from)) return { expression: `global${suffix}`, kind: 'global', container, place: undefined };
    const className = view.name(from);
    if (className === 'Module' && /^\.exports\b/.test(suffix)) return this.#exported(from, suffix, container);
    if (BUILT_IN.has(className)) return undefined;
    const place = this.#places.of(from);
    if (place === undefined || isInternalScript(place.script)) return undefined;
    return { expression: `${className}${suffix}`, kind: 'field', container, place };
  }

  /** What a CommonJS module exports, by the name of its file. */
  #exported(module: Ordinal, suffix: string, container: Ordinal): Holder | undefined {
    const { property } = this.#view.edgeTypes;
    const filename = this.#view.targetNamed(module, property, this.#names.get('filename') ?? []);
    if (filename < 0) return undefined;
    const script = this.#view.names.display(filename);
    const expression = `module${suffix} in ${fileName(script)}`;
    return { expression, kind: 'module', container, place: placeIn(script) };
  }

  /** `Scopes.nameOf`. */
  scopeName(context: Ordinal): string | undefined {
    return this.#scopes.nameOf(context);
  }

  /** Whether a step leads only deeper into the container: to its store, or to one of its entries. */
  #isInside(step: PathStep): boolean {
    const { from, edge } = step;
    if (edge < 0) return false;
    const type = this.#view.edgeTypeName(edge);
    if (type === 'element') return true;
    if (type === 'hidden') return !this.#scopes.isScope(from);
    const name = String(this.#view.names.edge(edge));
    if (type === 'internal') return STORES.has(name) || POSITION.test(name) || name.includes(PAIR);
    return type === 'property' && (this.#isDictionary(from) || this.#isLink(step));
  }

  /** Whether a property leads to one more of the same class, as in a list or a tree: what holds that is what holds its head. */
  #isLink({ from, to, edge }: PathStep): boolean {
    const { nodeType, nodeTypes, classOf, edgeType, edgeTypes } = this.#view;
    if (edge < 0 || edgeType[edge] !== edgeTypes.property || classOf[from] !== classOf[to]) return false;
    return (
      nodeType[from] === nodeTypes.object &&
      nodeType[to] === nodeTypes.object &&
      !BUILT_IN.has(this.#view.className(from))
    );
  }

  #isDictionary(node: Ordinal): boolean {
    const { firstEdge, edgeType, edgeTypes } = this.#view;
    if (this.#globals.has(node) || firstEdge[node + 1] - firstEdge[node] < DICTIONARY) return false;
    let properties = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (edgeType[edge] === edgeTypes.property) properties++;
    }
    return properties >= DICTIONARY;
  }

  /** `#edgeBetween`, once for each node: paths share their first steps, and what these lead from may have any number of edges. */
  #edgeTo(node: Ordinal, from: Ordinal): number {
    const known = this.#edges.get(node);
    if (known !== undefined) return known;
    const edge = this.#edgeBetween(from, node);
    this.#edges.set(node, edge);
    return edge;
  }

  /** The edge of a path: the one a reader learns most from. */
  #edgeBetween(from: Ordinal, to: Ordinal): number {
    const { firstEdge, edgeTo, edgeType, edgeTypes } = this.#view;
    const order = [edgeTypes.property, edgeTypes.context, edgeTypes.element, edgeTypes.internal];
    let best = -1;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let edge = firstEdge[from]; edge < firstEdge[from + 1]; edge++) {
      if (edgeTo[edge] !== to || edgeType[edge] === edgeTypes.weak) continue;
      const rank = order.indexOf(edgeType[edge]);
      const value = rank < 0 ? order.length : rank;
      if (value < bestRank) {
        best = edge;
        bestRank = value;
      }
    }
    return best;
  }
}

function accessor(name: string): string {
  if (/^[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.test(name)) return `.${name}`;
  const symbol = /^<symbol (.*)>$/.exec(name);
  return symbol ? `[${symbol[1]}]` : `[${JSON.stringify(name.slice(0, 60))}]`;
}
