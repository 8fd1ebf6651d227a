import type { Ordinal } from '../base/types.js';
import { contentOf, contextsOf, largestVariable } from './contexts.js';
import type { Detector, Finding, Scene } from './detector.js';
import { functionsOf, type SourceFunction } from './functions.js';
import { namesIn } from './known-names.js';
import { newestOf } from './newest.js';
import { strengthBetween } from './strength.js';
import { retainedTogether } from './topmost.js';

const LIMITS = {
  /** Bytes that one scope must retain to be looked at. */
  scopeBytes: 1024,
  /** Bytes of all scopes of one function in the source. */
  leastBytes: 64 * 1024,
  /** Per cent of a scope's bytes that one variable has. */
  share: 50,
  most: 100,
};

/** Scopes of blocks between a callback and the function whose variables it sees. */
const MOST_BLOCKS = 4;
const NAMES_SHOWN = 4;
const NO_ORDINAL = -1;

/** Scopes of one function in the source in which the same variable has most of the bytes. */
interface Scopes {
  readonly variable: string;
  readonly contexts: Ordinal[];
  readonly values: Ordinal[];
  bytes: number;
  /** A closure of each function that sees these scopes, by what closures of a function share. */
  readonly closures: Map<Ordinal, Ordinal>;
  /** The first function of each scope, by the same. */
  readonly firstOf: Map<Ordinal, Ordinal>;
  /** Whether one of the scopes has closures of several functions. */
  isShared: boolean;
}

/** D4: several closures on one context, in which one variable has most of the bytes. */
export const sharedContextPin: Detector<typeof LIMITS> = {
  id: 'D4',
  name: 'shared-context-pin',
  limits: LIMITS,
  least: ({ scopeBytes }) => ({ contextBytes: scopeBytes }),
  detect(scene, limits) {
    const scopes = scopesOf(scene, limits)
      .filter(({ bytes }) => bytes >= limits.leastBytes)
      .filter(({ contexts }) => scene.holders.scopeName(contexts[0]) !== undefined);
    if (scopes.length === 0) return [];
    collectClosures(scene, scopes);
    return byExpression(scene, scopes)
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, limits.most)
      .map((one) => findingOf(scene, one));
  },
};

function scopesOf(scene: Scene, limits: typeof LIMITS): Scopes[] {
  const { view } = scene;
  const { retainedSize } = view;
  const names = namesIn(view);
  const found = new Map<number, Scopes>();
  for (const context of contextsOf(scene, limits.scopeBytes)) {
    const size = retainedSize[context];
    const edge = largestVariable(view, context);
    if (edge < 0) continue;
    const value = contentOf(view, edge);
    if (retainedSize[value] * 100 < size * limits.share) continue;
    const scopeInfo = names.internal(context, 'scope_info');
    const key = (scopeInfo + 1) * view.strings.count + view.edgeName[edge];
    const scopes = found.get(key) ?? newScopes(String(view.names.edge(edge)));
    scopes.contexts.push(context);
    scopes.values.push(value);
    scopes.bytes += retainedSize[value];
    found.set(key, scopes);
  }
  return [...found.values()];
}

function newScopes(variable: string): Scopes {
  return { variable, contexts: [], values: [], bytes: 0, closures: new Map(), firstOf: new Map(), isShared: false };
}

/** Cost: one pass over the types of all nodes; the edges of closures and of the scopes between. */
function collectClosures({ view, places }: Scene, all: readonly Scopes[]): void {
  const names = namesIn(view);
  const { nodeCount, nodeType } = view;
  const { closure } = view.nodeTypes;
  const scopesOfContext = new Map<Ordinal, Scopes>();
  for (const scopes of all) for (const context of scopes.contexts) scopesOfContext.set(context, scopes);
  const knownAbove = new Map<Ordinal, Ordinal>();
  const scopeAbove = (context: Ordinal): Ordinal => {
    const known = knownAbove.get(context);
    if (known !== undefined) return known;
    let at = context;
    for (let blocks = 0; blocks < MOST_BLOCKS && at >= 0 && !scopesOfContext.has(at); blocks++) {
      at = names.internal(at, 'previous');
    }
    knownAbove.set(context, at);
    return at;
  };
  for (let node = 0; node < nodeCount; node++) {
    if (nodeType[node] !== closure) continue;
    const context = names.internal(node, 'context');
    const scope = context < 0 ? NO_ORDINAL : scopeAbove(context);
    const scopes = scopesOfContext.get(scope);
    if (scopes === undefined) continue;
    const shared = places.sharedOf(node);
    if (!scopes.closures.has(shared)) scopes.closures.set(shared, node);
    const first = scopes.firstOf.get(scope);
    if (first === undefined) scopes.firstOf.set(scope, shared);
    else if (first !== shared) scopes.isShared = true;
  }
}

interface NamedScopes extends Scopes {
  /** `variable payload in subscribe() in app.js` */
  readonly expression: string;
  readonly sources: readonly SourceFunction[];
}

/** Scopes that several functions see, those of the same names together: nothing but their line would tell them apart. */
function byExpression(scene: Scene, all: readonly Scopes[]): NamedScopes[] {
  const named = new Map<string, NamedScopes>();
  for (const scopes of all) {
    const sources = [...scopes.closures.values()].map((closure) => functionsOf(scene).of(closure));
    const own = sources.find(({ isInternal }) => !isInternal);
    if (!scopes.isShared || own === undefined) continue;
    const name = `variable ${scopes.variable} in ${scene.holders.scopeName(scopes.contexts[0])}()`;
    const expression = `${name}${own.file && ` in ${own.file}`}`;
    const known = named.get(expression);
    named.set(expression, {
      ...scopes,
      expression,
      sources: [...(known?.sources ?? []), ...sources],
      contexts: [...(known?.contexts ?? []), ...scopes.contexts],
      values: [...(known?.values ?? []), ...scopes.values],
      bytes: (known?.bytes ?? 0) + scopes.bytes,
    });
  }
  return [...named.values()];
}

function findingOf(scene: Scene, { variable, contexts, values, expression, sources }: NamedScopes): Finding {
  const { view } = scene;
  const keeper = keeperOf(scene, contexts[0]);
  const count = contexts.length;
  return {
    anchor: contexts[0],
    key: expression,
    count,
    bytes: retainedTogether(view, contexts),
    // Closures that share what they use look the same.
    strength: strengthBetween(count, [1, 0.2], [100, 0.5]),
    title: `${count} ${count === 1 ? 'scope' : 'scopes'} that ${sources.length} functions share`,
    holder: {
      expression,
      kind: 'closure',
      container: contexts[0],
      place: sources.find(({ isInternal }) => !isInternal)?.place,
    },
    evidence: [
      { label: 'variable', value: variable },
      { label: 'bytes of the variable', value: retainedTogether(view, values) },
      { label: 'functions that may use it', value: namesOf(sources) },
      ...(keeper === undefined ? [] : [{ label: 'kept by', value: keeper }]),
    ],
    repair: 'Set {holder} to null when it is done with, or create the callback that lives long in another scope.',
    samples: newestOf(view, contexts),
  };
}

/** The closure through which the scope is reached: the one that lives long. */
function keeperOf(scene: Scene, context: Ordinal): string | undefined {
  const { view, holders, parentOf } = scene;
  let node = parentOf[context];
  for (let blocks = 0; blocks < MOST_BLOCKS && node < view.nodeCount; blocks++) {
    if (view.nodeType[node] === view.nodeTypes.closure) {
      const { label } = functionsOf(scene).of(node);
      return `${label}, held by ${holders.holderOf(node).expression}`;
    }
    node = parentOf[node];
  }
  return undefined;
}

function namesOf(sources: readonly SourceFunction[]): string {
  const names = sources.slice(0, NAMES_SHOWN).map(({ label }) => label);
  const rest = sources.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
