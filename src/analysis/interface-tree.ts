/** The shape of plain objects that DevTools lists as a class of their own, as `{name, other}`. */
export interface InterfaceDefinition {
  readonly name: string;
  /** Identities of their names (`StringTable.identity`), in the order in which most objects have them. */
  readonly properties: readonly string[];
}

interface TreeNode {
  readonly next: Map<number, TreeNode>;
  /** The greatest key of `next`; -1 without any. */
  greatest: number;
  /** The definition that ends here, -1 if none: the earliest of those with the same properties. */
  definition: number;
  readonly depth: number;
}

/**
 * Finds the definition an object takes (S8): of those whose properties it all has, the one with most; ties to the earlier.
 * Properties are ranks, the sorted order of their names; an object's come ascending, so each definition is a path.
 */
export class InterfaceTree {
  readonly #root = newNode(0);
  readonly #ranks: ReadonlyMap<string, number>;

  constructor(definitions: readonly InterfaceDefinition[]) {
    const names = [...new Set(definitions.flatMap((definition) => definition.properties))].sort();
    this.#ranks = new Map(names.map((name, rank) => [name, rank]));
    for (const [index, definition] of definitions.entries()) this.#insert(definition.properties, index);
  }

  /** Rank of a property name; undefined when no definition has it, and it then cannot matter. */
  rank(name: string): number | undefined {
    return this.#ranks.get(name);
  }

  #insert(properties: readonly string[], definition: number): void {
    let node = this.#root;
    const ranks = properties.map((name) => this.#ranks.get(name) as number).sort((a, b) => a - b);
    for (const rank of ranks) {
      let next = node.next.get(rank);
      if (next === undefined) {
        next = newNode(node.depth + 1);
        node.next.set(rank, next);
        node.greatest = Math.max(node.greatest, rank);
      }
      node = next;
    }
    if (node.definition < 0) node.definition = definition;
  }

  /** Index of the definition for an object with these ranks (ascending, repeats kept); -1 if none fits. */
  match(ranks: readonly number[]): number {
    const states = new Set([this.#root]);
    let best = this.#root;
    for (const rank of ranks) {
      for (const state of [...states]) {
        if (rank >= state.greatest) states.delete(state);
        const next = state.next.get(rank);
        if (next === undefined) continue;
        states.add(next);
        if (isBetter(next, best)) best = next;
      }
    }
    return best.definition;
  }
}

function newNode(depth: number): TreeNode {
  return { next: new Map(), greatest: -1, definition: -1, depth };
}

function isBetter(node: TreeNode, best: TreeNode): boolean {
  if (node.definition < 0) return false;
  if (best.definition < 0 || node.depth > best.depth) return true;
  return node.depth === best.depth && node.definition < best.definition;
}
