import type { AnalysedSnapshot } from '../analysis/index.js';

/** What the sections of Chrome 156 say about scopes of functions and blocks, and which of them use which variables. */
export interface Scopes {
  /** The scope with that id in a script, -1 if there is none. */
  find(script: number, id: number): number;
  /** The scope around each; -1 for an outermost one. */
  readonly parents: Int32Array;
  readonly ids: Float64Array;
  /** Variables of scope s that lie in its contexts: firstVariable[s] … firstVariable[s + 1]. */
  readonly firstVariable: Uint32Array;
  /** String indexes of their names. */
  readonly names: Float64Array;
  /** Scopes that use a variable. */
  uses(variable: number): Iterable<number>;
  /** How many scopes there are. */
  readonly count: number;
}

const NONE = -1;

/** Undefined where a file has no such sections, or not as Chrome lays them out. Rule: devtools-semantics S16. */
export function readScopes({ graph }: AnalysedSnapshot): Scopes | undefined {
  const { header, lists } = graph;
  const rows = new Rows(lists.get('scopes'), header.scopeFields);
  const variables = new Rows(lists.get('scope_context_vars'), header.scopeContextVarFields);
  const uses = new Rows(lists.get('scope_uses'), header.scopeUseFields);
  const [script, id, depth] = ['script_node_index', 'scope_id', 'depth'].map((field) => rows.column(field));
  const [variableCounts, useCounts] = ['scope_context_vars_count', 'scope_uses_count'].map((f) => rows.column(f));
  const names = variables.column('name');
  if (!script || !id || !depth || !variableCounts || !useCounts || rows.count === 0) return undefined;
  const scripts = script.map((index) => index / header.nodeFields.length);
  const firstVariable = startsOf(variableCounts, variables.count);
  const index = indexOf(scripts, id);
  const find = (ofScript: number, ofId: number) => index.get(ofScript)?.get(ofId) ?? NONE;
  const users = new Users(variables.count);
  const [declaring, slot] = [uses.column('declaring_scope_id'), uses.column('slot_index')];
  const firstUse = startsOf(useCounts, uses.count);
  for (let row = 0; declaring && slot && row < rows.count; row++) {
    const user = find(scripts[row], id[row]);
    for (let use = firstUse[row]; use < firstUse[row + 1]; use++) {
      const scope = find(scripts[row], declaring[use]);
      if (scope === NONE || !(slot[use] >= 0 && slot[use] < firstVariable[scope + 1] - firstVariable[scope])) continue;
      users.add(firstVariable[scope] + slot[use], user);
    }
  }
  return {
    find,
    parents: parentsOf(scripts, depth),
    ids: id,
    firstVariable,
    names: names ?? new Float64Array(variables.count),
    uses: (variable) => users.of(variable),
    count: rows.count,
  };
}

/** A flat list as rows of named fields. */
class Rows {
  readonly count: number;
  readonly #list: Float64Array;
  readonly #fields: readonly string[];

  constructor(list: Float64Array | undefined, fields: readonly string[]) {
    this.#list = list ?? new Float64Array(0);
    this.#fields = fields;
    this.count = fields.length === 0 ? 0 : Math.floor(this.#list.length / fields.length);
  }

  column(field: string): Float64Array | undefined {
    const width = this.#fields.length;
    const at = this.#fields.indexOf(field);
    return at < 0 ? undefined : Float64Array.from({ length: this.count }, (_, row) => this.#list[row * width + at]);
  }
}

/** Where each row's share of a list begins: no further than the list goes, whatever the counts say. */
function startsOf(counts: Float64Array, total: number): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  for (let row = 0; row < counts.length; row++)
    starts[row + 1] = Math.min(total, starts[row] + Math.max(0, counts[row]));
  return starts;
}

/** Ids are those of one script. Of two rows with one id the later one counts. */
function indexOf(scripts: Float64Array, ids: Float64Array): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const index = new Map<number, Map<number, number>>();
  for (let row = 0; row < ids.length; row++) {
    let ofScript = index.get(scripts[row]);
    if (ofScript === undefined) {
      ofScript = new Map();
      index.set(scripts[row], ofScript);
    }
    ofScript.set(ids[row], row);
  }
  return index;
}

/** Rows come as a tree is written down, from the outside in: the scope around one is the last before it that is one less deep. */
function parentsOf(scripts: Float64Array, depths: Float64Array): Int32Array {
  const parents = new Int32Array(depths.length).fill(NONE);
  const open: number[] = [];
  for (let row = 0; row < depths.length; row++) {
    if (row > 0 && scripts[row] !== scripts[row - 1]) open.length = 0;
    const depth = Math.max(0, Math.min(depths[row], open.length));
    if (depth > 0) parents[row] = open[depth - 1];
    open.length = depth;
    open.push(row);
  }
  return parents;
}

/** Lists of scopes by variable, linked from the newest to the oldest. */
class Users {
  readonly #last: Int32Array;
  readonly #scopes: number[] = [];
  readonly #before: number[] = [];

  constructor(variables: number) {
    this.#last = new Int32Array(variables).fill(NONE);
  }

  add(variable: number, scope: number): void {
    this.#scopes.push(scope);
    this.#before.push(this.#last[variable]);
    this.#last[variable] = this.#scopes.length - 1;
  }

  *of(variable: number): Iterable<number> {
    for (let at = this.#last[variable]; at !== NONE; at = this.#before[at]) yield this.#scopes[at];
  }
}
