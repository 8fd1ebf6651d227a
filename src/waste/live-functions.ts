import type { Ordinal } from '../base/types.js';
import type { ScopeNodes } from './scope-nodes.js';

const NONE = -1;

/**
 * Which contexts the closures of a function reach, one by one outwards: closures of one function in the source count together. Lists of
 * functions by context, of which there are few for each. Cost: one pass over the nodes, 8 bytes each.
 */
export class LiveFunctions {
  /** By script and scope id. */
  readonly #numbers = new Map<Ordinal, Map<number, number>>();
  /** Functions by context, linked. */
  readonly #last: Int32Array;
  readonly #functions: number[] = [];
  readonly #before: number[] = [];
  #count = 0;

  constructor(nodes: ScopeNodes) {
    this.#last = new Int32Array(nodes.view.nodeCount).fill(NONE);
    const { view } = nodes;
    const closures: [Ordinal[], number[]] = [[], []];
    for (let node = 0; node < view.nodeCount; node++) {
      if (view.nodeType[node] !== view.nodeTypes.closure || nodes.isScript(node) || nodes.isContext(node)) continue;
      const number = this.#numberOf(nodes, node);
      if (number === NONE) continue;
      closures[0].push(nodes.target(node, 'context'));
      closures[1].push(number);
    }
    this.#walk(nodes, ...closures);
  }

  /** How many functions have a number. */
  get count(): number {
    return this.#count;
  }

  /** The number of a function, -1 where no closure of it lives. */
  find(script: Ordinal, scopeId: number): number {
    return this.#numbers.get(script)?.get(scopeId) ?? NONE;
  }

  /** Functions with a closure that reaches the context. */
  *reaching(context: Ordinal): Iterable<number> {
    for (let at = this.#last[context]; at !== NONE; at = this.#before[at]) yield this.#functions[at];
  }

  #numberOf(nodes: ScopeNodes, closure: Ordinal): number {
    const shared = nodes.target(closure, 'shared');
    if (shared < 0 || nodes.target(closure, 'context') < 0) return NONE;
    const script = nodes.target(shared, 'script');
    const scopeId = script < 0 ? undefined : nodes.facts.int(shared, 'scope_id');
    if (scopeId === undefined) return NONE;
    let ofScript = this.#numbers.get(script);
    if (ofScript === undefined) {
      ofScript = new Map();
      this.#numbers.set(script, ofScript);
    }
    let number = ofScript.get(scopeId);
    if (number === undefined) {
      number = this.#count++;
      ofScript.set(scopeId, number);
    }
    return number;
  }

  /** Function by function, so that one mark a context tells whether the function has been there. */
  #walk(nodes: ScopeNodes, contexts: readonly Ordinal[], numbers: readonly number[]): void {
    const visitedBy = new Int32Array(nodes.view.nodeCount).fill(NONE);
    const order = Uint32Array.from(numbers.keys()).sort((a, b) => numbers[a] - numbers[b]);
    for (const at of order) {
      let context = contexts[at];
      while (context >= 0 && visitedBy[context] !== numbers[at] && nodes.isContext(context)) {
        visitedBy[context] = numbers[at];
        this.#functions.push(numbers[at]);
        this.#before.push(this.#last[context]);
        this.#last[context] = this.#functions.length - 1;
        context = nodes.target(context, 'previous');
      }
    }
  }
}
