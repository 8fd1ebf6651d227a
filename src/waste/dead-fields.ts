import type { Ordinal } from '../base/types.js';
import { LiveFunctions } from './live-functions.js';
import type { ScopeNodes } from './scope-nodes.js';
import type { Scopes } from './scopes.js';

/** Contexts of one scope in the source. */
export interface ScopeContexts {
  readonly scopeInfo: Ordinal;
  readonly script: Ordinal;
  /** Into `Scopes`. */
  readonly scope: number;
  readonly contexts: readonly Ordinal[];
}

/** A variable in a context, whose value no function that lives can use. */
export interface DeadField {
  readonly of: ScopeContexts;
  readonly context: Ordinal;
  readonly name: string;
  /** From the context to the value. */
  readonly edge: number;
}

const NONE = -1;
const UNKNOWN = -2;

/**
 * A variable is dead when no closure reaches its context whose scope, or one inside that, uses it: what a living function may create
 * later sees the same contexts. DevTools takes names from the first context of a scope for all of them; here each has its own, since
 * fields with small numbers have no edge. Rule: devtools-semantics S16.
 */
export function* findDeadFields(nodes: ScopeNodes, scopes: Scopes): Iterable<DeadField> {
  const functions = new LiveFunctions(nodes);
  const uses = new Uses(scopes, functions);
  const { view } = nodes;
  for (const of of contextsByScope(nodes, scopes)) {
    const variables = variablesByName(nodes, scopes, of.scope);
    for (const context of of.contexts) {
      for (let edge = view.firstEdge[context]; edge < view.firstEdge[context + 1]; edge++) {
        if (view.edgeType[edge] !== view.edgeTypes.context) continue;
        const name = String(view.names.edge(edge));
        const variable = variables.get(name);
        if (variable !== undefined && !uses.isUsed(of.script, variable, context)) yield { of, context, name, edge };
      }
    }
  }
}

/** The first variable of each name. */
function variablesByName({ view }: ScopeNodes, { firstVariable, names }: Scopes, scope: number): Map<string, number> {
  const variables = new Map<string, number>();
  for (let variable = firstVariable[scope]; variable < firstVariable[scope + 1]; variable++) {
    if (!(names[variable] >= 0 && names[variable] < view.strings.count)) continue;
    const name = view.strings.text(names[variable]);
    if (!variables.has(name)) variables.set(name, variable);
  }
  return variables;
}

/** Functions that use a variable, and whether one of them reaches a context. */
class Uses {
  readonly #scopes: Scopes;
  readonly #functions: LiveFunctions;
  /** By variable: numbers of the living functions that its uses lie in. */
  readonly #users = new Map<number, ReadonlySet<number>>();

  constructor(scopes: Scopes, functions: LiveFunctions) {
    this.#scopes = scopes;
    this.#functions = functions;
  }

  isUsed(script: Ordinal, variable: number, context: Ordinal): boolean {
    let users = this.#users.get(variable);
    if (users === undefined) {
      users = this.#find(script, variable);
      this.#users.set(variable, users);
    }
    if (users.size === 0) return false;
    for (const number of this.#functions.reaching(context)) if (users.has(number)) return true;
    return false;
  }

  #find(script: Ordinal, variable: number): ReadonlySet<number> {
    const users = new Set<number>();
    const { ids, parents } = this.#scopes;
    for (const scope of this.#scopes.uses(variable)) {
      for (let around = scope; around !== NONE; around = parents[around]) {
        const number = this.#functions.find(script, ids[around]);
        if (number !== NONE) users.add(number);
      }
    }
    return users;
  }
}

/** Contexts of the scopes that the file describes, in its order. */
function contextsByScope(nodes: ScopeNodes, scopes: Scopes): Iterable<ScopeContexts> {
  const { view } = nodes;
  const scripts = new ScriptsOfScopes(nodes);
  const found = new Map<Ordinal, ScopeContexts & { contexts: Ordinal[] }>();
  for (let context = 0; context < view.nodeCount; context++) {
    if (!nodes.isContext(context)) continue;
    const scopeInfo = nodes.target(context, 'scope_info');
    if (scopeInfo < 0) continue;
    const known = found.get(scopeInfo);
    if (known) {
      known.contexts.push(context);
      continue;
    }
    const id = nodes.facts.int(scopeInfo, 'scope_id');
    const script = scripts.of(scopeInfo);
    const scope = id === undefined || script < 0 ? NONE : scopes.find(script, id);
    if (scope !== NONE) found.set(scopeInfo, { scopeInfo, script, scope, contexts: [context] });
  }
  return found.values();
}

/** Scripts of scope descriptions: a function's own says it, one of a block lies in one that does. */
class ScriptsOfScopes {
  readonly #nodes: ScopeNodes;
  /** By ordinal: the script, or `NONE`, or `UNKNOWN`. */
  readonly #scripts: Int32Array;

  constructor(nodes: ScopeNodes) {
    this.#nodes = nodes;
    const { view } = nodes;
    this.#scripts = new Int32Array(view.nodeCount).fill(UNKNOWN);
    for (let node = 0; node < view.nodeCount; node++) {
      if (!nodes.isSharedFunction(node) || view.nodeType[node] === view.nodeTypes.closure) continue;
      const scopeInfo = nodes.target(node, 'name_or_scope_info');
      const script = nodes.target(node, 'script');
      if (scopeInfo < 0 || script < 0 || !nodes.isScript(script)) continue;
      if (view.names.raw(scopeInfo) === 'system / ScopeInfo') this.#scripts[scopeInfo] = script;
    }
  }

  of(scopeInfo: Ordinal): Ordinal {
    const visited: Ordinal[] = [];
    let at = scopeInfo;
    while (at >= 0 && this.#scripts[at] === UNKNOWN) {
      visited.push(at);
      // What leads back here leads to no script.
      this.#scripts[at] = NONE;
      at = this.#nodes.target(at, 'outer_scope_info');
    }
    const script = at < 0 ? NONE : this.#scripts[at];
    for (const inner of visited) this.#scripts[inner] = script;
    return script;
  }
}
