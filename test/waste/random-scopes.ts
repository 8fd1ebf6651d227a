import type { Ordinal, PlainEdge, PlainNode, PlainSnapshot } from '../build/plain-snapshot.js';
import { createRandom, type Random } from '../build/random.js';
import { toProfile } from '../build/snapshot-builder.js';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

interface Scope {
  readonly id: number;
  readonly depth: number;
  readonly parent: Scope | undefined;
  readonly script: Ordinal;
  readonly variables: readonly string[];
  readonly fields: readonly string[];
  readonly info: Ordinal;
  readonly contexts: Ordinal[];
}

/** Nodes and edges in the making. */
class Draft {
  readonly nodes: PlainNode[] = [];
  readonly edges: PlainEdge[] = [];

  add(type: string, name: string, selfSize = 0): Ordinal {
    this.nodes.push({ type, name, id: 2 * this.nodes.length + 1, selfSize });
    return this.nodes.length - 1;
  }

  link(from: Ordinal, type: string, nameOrIndex: string | number, to: Ordinal): void {
    this.edges.push({ from, type, nameOrIndex, to });
  }

  /** A number as V8 shows it. */
  int(from: Ordinal, name: string, value: number): void {
    const holder = this.add('number', 'int');
    this.link(from, 'internal', name, holder);
    this.link(holder, 'internal', 'value', this.add('string', String(value)));
  }
}

/** Scripts with nested functions, of which some live, and contexts with variables that some of them use. Equal seeds, equal heaps. */
export function randomScopes(seed: number): PlainSnapshot {
  const random = createRandom(seed);
  const draft = new Draft();
  draft.add('synthetic', '');
  const global = draft.add('object', 'global', 16);
  draft.link(0, 'element', 1, global);
  const scopes: Scope[] = [];
  for (let script = random.int(2); script >= 0; script--) addScript(draft, random, scopes);
  const values = Array.from({ length: 1 + random.int(8) }, () => draft.add('object', 'Value', 8 * random.int(20)));
  for (const scope of scopes) addContexts(draft, random, scope, values);
  addClosures(draft, random, scopes, global);
  for (const value of values) {
    if (random.chance(0.3)) draft.link(global, 'property', `held${value}`, value);
    if (random.chance(0.3)) draft.link(value, random.pick(['property', 'weak']), 'next', random.pick(values));
  }
  return describeScopes(draft, random, scopes);
}

function addScript(draft: Draft, random: Random, scopes: Scope[]): void {
  const script = draft.add('code', random.pick(['system / Script / app.js', 'system / Script']));
  const open: Scope[] = [];
  for (let row = 1 + random.int(6); row > 0; row--) {
    const depth = random.int(open.length + 1);
    open.length = depth;
    const info = draft.add('code', 'system / ScopeInfo', 24);
    const id = (random.chance(0.2) ? -1 : 1) * (10 * scopes.length + random.int(9) + 1);
    const variables = Array.from({ length: random.int(4) }, () => random.pick(NAMES));
    // Contexts may lack a variable, or have one that the section does not name.
    const fields = [...new Set(random.shuffle([...variables, random.pick(NAMES)]))].filter(() => random.chance(0.9));
    const scope = { id, depth, parent: open[depth - 1], script, variables, fields, info, contexts: [] };
    draft.int(info, 'scope_id', id);
    if (scope.parent) draft.link(info, 'internal', 'outer_scope_info', scope.parent.info);
    open.push(scope);
    scopes.push(scope);
  }
}

function addContexts(draft: Draft, random: Random, scope: Scope, values: readonly Ordinal[]): void {
  for (let left = random.int(3); left > 0; left--) {
    const context = draft.add('object', random.pick(['system / Context', 'system / Context / scope @7']), 32);
    scope.contexts.push(context);
    for (const name of scope.fields) draft.link(context, 'context', name, random.pick(values));
    draft.link(context, 'internal', 'scope_info', scope.info);
    const outer = scope.parent?.contexts ?? [];
    if (outer.length > 0) draft.link(context, 'internal', 'previous', random.pick(outer));
  }
}

function addClosures(draft: Draft, random: Random, scopes: readonly Scope[], global: Ordinal): void {
  for (const scope of scopes) {
    const shared = draft.add('code', 'system / SharedFunctionInfo / f', 40);
    draft.link(shared, 'internal', 'name_or_scope_info', scope.info);
    if (random.chance(0.9)) draft.link(shared, 'internal', 'script', scope.script);
    draft.int(shared, 'scope_id', scope.id);
    draft.link(global, 'property', `f${scope.id}`, shared);
    const contexts = scopes.flatMap((other) => (other.script === scope.script ? other.contexts : []));
    for (let left = random.int(3); left > 0 && contexts.length > 0; left--) {
      const closure = draft.add('closure', 'f', 32);
      draft.link(closure, 'internal', 'shared', shared);
      draft.link(closure, 'internal', 'context', random.pick(contexts));
      draft.link(global, 'property', `closure${closure}`, closure);
    }
    for (const context of contexts) if (random.chance(0.4)) draft.link(global, 'element', context, context);
  }
}

function describeScopes({ nodes, edges }: Draft, random: Random, scopes: readonly Scope[]): PlainSnapshot {
  const uses = scopes.map(({ script }) => {
    const own = scopes.filter((scope) => scope.script === script);
    return Array.from({ length: random.int(5) }, () => [random.chance(0.9) ? random.pick(own).id : 999, random.int(4)]);
  });
  const plain: PlainSnapshot = {
    nodes,
    edges,
    scopes: [],
    scopeContextVars: scopes.flatMap(({ variables }) => variables),
    scopeUses: uses.flat(),
  };
  const { length } = toProfile(plain).snapshot.meta.node_fields;
  plain.scopes = scopes.map(({ script, id, depth, variables }, at) => [
    ...[length * script, id, depth, variables.length, uses[at].length],
  ]);
  return plain;
}
