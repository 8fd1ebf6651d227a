import type { HeapView } from '../analysis/heap-view.js';
import type { StringIndexes } from '../analysis/text-indexes.js';
import type { Ordinal } from '../base/types.js';
import { NamesWith } from './names-with.js';
import { CONTEXT, MODULE } from './v8-names.js';

/** What it looks up: for those who ask for several texts at once. */
export const SCOPE_TEXTS = ['scope_info', 'previous', 'extension', 'function', 'native_context'] as const;

const ANONYMOUS = '(anonymous)';

/** What the scopes are called whose variables contexts have. */
export class Scopes {
  readonly #view: HeapView;
  readonly #names: StringIndexes;
  readonly #contexts: NamesWith;

  constructor(view: HeapView) {
    this.#view = view;
    this.#names = view.indexesOf(SCOPE_TEXTS);
    this.#contexts = new NamesWith(view.strings, CONTEXT);
  }

  isScope(node: Ordinal): boolean {
    return this.#contexts.has(this.#view.nodeName[node]);
  }

  /** The name of a function around a block, where V8 says one. */
  nameAround(block: Ordinal): string | undefined {
    const around = this.#view.targetNamed(block, this.#view.edgeTypes.internal, this.#names.get('previous') ?? []);
    const name = around < 0 ? undefined : this.nameOf(around);
    return name === ANONYMOUS ? undefined : name;
  }

  /** The module whose scope a context is: V8 says so for ES modules. */
  moduleOf(context: Ordinal): Ordinal | undefined {
    const extension = this.#view.targetNamed(
      context,
      this.#view.edgeTypes.internal,
      this.#names.get('extension') ?? [],
    );
    return extension >= 0 && this.#view.name(extension).startsWith(MODULE) ? extension : undefined;
  }

  /** The function that a module's text is, which V8 keeps as a generator. */
  functionOfModule(module: Ordinal | undefined): Ordinal | undefined {
    if (module === undefined) return undefined;
    const { firstEdge, edgeTo, edgeTypes, nodeType, nodeTypes } = this.#view;
    for (let edge = firstEdge[module]; edge < firstEdge[module + 1]; edge++) {
      if (nodeType[edgeTo[edge]] !== nodeTypes.object) continue;
      const text = this.#view.targetNamed(edgeTo[edge], edgeTypes.internal, this.#names.get('function') ?? []);
      if (text >= 0 && nodeType[text] === nodeTypes.closure) return text;
    }
    return undefined;
  }

  /**
   * The name of the function whose variables a context has: what its scope's description says behind the names of the variables.
   * Undefined for the scope of a module: it has no name, and nothing but V8's own scope around it.
   */
  nameOf(context: Ordinal): string | undefined {
    if (this.moduleOf(context) !== undefined) return undefined;
    const view = this.#view;
    const { internal } = view.edgeTypes;
    const texts = this.#textsOf(context);
    const last = texts.at(-1);
    if (last !== undefined && last !== '' && texts.length > this.#slotsOf(context)) return last;
    const previous = view.targetNamed(context, internal, this.#names.get('previous') ?? []);
    return previous >= 0 && view.name(previous).startsWith('system / NativeContext') ? undefined : ANONYMOUS;
  }

  /**
   * Variables of a block or a `catch`: V8 writes those that hold objects as positions, not by name, and leaves out small integers. So where
   * there are several it may be any of them, and which ones it cannot be changes with their values: all are told, so that it is the same in
   * every snapshot. Undefined where the node is no scope, or does not fit its description.
   */
  blockVariables(context: Ordinal): readonly string[] | undefined {
    if (!this.isScope(context)) return undefined;
    const names = this.#textsOf(context).slice(0, Math.max(0, this.#slotsOf(context)));
    return names.length === 0 ? undefined : names;
  }

  /**
   * Which of a block's variables an edge leads from, as far as one snapshot tells: its number counts the variables before it, but for those
   * that are small integers. Of these there are no more than the largest number leaves room for, and a function that is called like a
   * variable says how many there are before that one. Several names where that leaves several.
   */
  blockVariablesBehind(context: Ordinal, edge: number): readonly string[] | undefined {
    const variables = this.blockVariables(context);
    if (variables === undefined) return undefined;
    const number = Number(this.#view.names.edge(edge));
    const { least, most } = this.#integersBefore(context, number, variables);
    const behind = variables.slice(number + least, number + most + 1);
    return behind.length === 0 ? variables : behind;
  }

  /** How many of the variables before the one with this number are small integers. */
  #integersBefore(context: Ordinal, number: number, variables: readonly string[]): { least: number; most: number } {
    const view = this.#view;
    let largest = 0;
    const known: { number: number; before: number }[] = [];
    for (let edge = view.firstEdge[context]; edge < view.firstEdge[context + 1]; edge++) {
      if (view.edgeType[edge] !== view.edgeTypes.hidden) continue;
      const other = Number(view.names.edge(edge));
      largest = Math.max(largest, other);
      const target = view.edgeTo[edge];
      if (view.nodeType[target] !== view.nodeTypes.closure) continue;
      const at = variables.indexOf(view.name(target));
      if (at >= 0) known.push({ number: other, before: at - other });
    }
    const all = Math.max(0, variables.length - 1 - largest);
    const possible = known.filter(({ before }) => before >= 0 && before <= all);
    const below = possible.filter((one) => one.number <= number).map(({ before }) => before);
    const above = possible.filter((one) => one.number >= number).map(({ before }) => before);
    const [least, most] = [Math.max(0, ...below), Math.min(all, ...above)];
    // A function may be called like another variable than the one that holds it.
    return least <= most ? { least, most } : { least: 0, most: all };
  }

  /** What a scope's description says: names of its variables, and behind them that of the function. */
  #textsOf(context: Ordinal): string[] {
    const view = this.#view;
    const texts: string[] = [];
    const info = view.targetNamed(context, view.edgeTypes.internal, this.#names.get('scope_info') ?? []);
    if (info < 0) return texts;
    for (let edge = view.firstEdge[info]; edge < view.firstEdge[info + 1]; edge++) {
      const target = view.edgeTo[edge];
      const isText = view.edgeType[edge] === view.edgeTypes.hidden && view.nodeType[target] === view.nodeTypes.string;
      if (isText) texts.push(view.name(target));
    }
    return texts;
  }

  /** Variables that a context has room for, by its size: one that holds a small integer has no edge. */
  #slotsOf(context: Ordinal): number {
    const view = this.#view;
    const hasFourFields =
      view.edgeNamed(context, view.edgeTypes.internal, this.#names.get('native_context') ?? []) >= 0;
    // Two words of header; the description and the scope around it; up to Node 14 two fields more.
    return view.rawSelfSize(context) / view.pointerSize - 4 - (hasFourFields ? 2 : 0);
  }
}
