import type { Ordinal } from '../base/types.js';
import { crowded } from './crowded-promise.js';
import type { Detector, Evidence, Finding, Scene } from './detector.js';
import { functionsOf, holderOfFunction, type SourceFunction } from './functions.js';
import { type Group, Groups } from './groups.js';
import { namesIn } from './known-names.js';
import { newestOf } from './newest.js';
import { strengthBetween } from './strength.js';
import { retainedTogether } from './topmost.js';
import { resultPromises, type Wait, waitsOf } from './waits.js';

const LIMITS = {
  /** Calls or callbacks that wait in the same function; one is what a consumer has. */
  least: 2,
  most: 100,
};

interface Facts {
  readonly source: SourceFunction;
  readonly isCall: boolean;
  readonly waits: Wait[];
  /** Calls that wait for another suspended call, by that one's function. */
  readonly outer: Map<string, number>;
}

/** D7: async functions that are suspended, and callbacks that wait, by the function. */
export const pendingPromise: Detector<typeof LIMITS> = {
  id: 'D7',
  name: 'pending-promise',
  limits: LIMITS,
  objects: ['Promise'],
  detect(scene, limits) {
    const groups = groupsOf(scene).largest(limits);
    return [...groups.map((group) => findingOf(scene, group)), ...crowded(scene)];
  },
};

function groupsOf(scene: Scene): Groups<Facts> {
  const functions = functionsOf(scene);
  const waits = waitsOf(scene);
  const results = resultPromises(scene, waits);
  const groups = new Groups<Facts>();
  for (const wait of waits) {
    const source = functions.of(wait.closure);
    if (source.isInternal) continue;
    const isCall = wait.generator >= 0;
    const facts = (): Facts => ({ source, isCall, waits: [], outer: new Map() });
    const group = groups.of(prefixOf(isCall), source.expression, facts);
    group.members.push(isCall ? wait.generator : wait.reaction);
    group.facts.waits.push(wait);
    const inner = isCall ? results.get(wait.promise) : undefined;
    if (inner === undefined) continue;
    const { expression } = functions.of(inner);
    group.facts.outer.set(expression, (group.facts.outer.get(expression) ?? 0) + 1);
  }
  return groups;
}

function findingOf(scene: Scene, { key, members, facts }: Group<Facts>): Finding {
  const { view } = scene;
  const { source, isCall, waits, outer } = facts;
  const count = members.length;
  const promises = waits.map(({ promise }) => promise);
  const inOuter = [...outer.values()].reduce((sum, number) => sum + number, 0);
  // A call that waits for another goes on when that does: the inner one is where to look.
  const isOuter = 2 * inOuter > count;
  return {
    anchor: waits[0].closure,
    key,
    count,
    bytes: retainedTogether(view, [...members, ...promises]),
    strength: isOuter ? strengthBetween(count, [2, 0.05], [500, 0.35]) : strengthBetween(count, [2, 0.15], [500, 0.7]),
    title: titleOf(count, isCall),
    holder: holderOfFunction(prefixOf(isCall), source, waits[0].closure),
    evidence: [
      { label: 'function', value: source.expression },
      ...functionsOf(scene).sameName(waits.map(({ closure }) => closure)),
      { label: 'promises', value: new Set(promises).size },
      ...(isOuter ? [] : heldBy(scene, newestOf(view, promises)[0])),
      ...(isCall ? [{ label: 'bytes that only local variables hold', value: bytesOfLocals(scene, members) }] : []),
      ...waitsFor(outer),
    ],
    repair: 'Give {holder} a timeout or an abort signal, and settle its promise when the resource closes.',
    samples: newestOf(view, isCall ? members : promises),
  };
}

function prefixOf(isCall: boolean): string {
  return isCall ? 'await in' : 'promise callback';
}

function titleOf(count: number, isCall: boolean): string {
  if (isCall) return `${count} suspended ${count === 1 ? 'call' : 'calls'}`;
  return `${count} ${count === 1 ? 'callback' : 'callbacks'} of pending promises`;
}

/** Left out where the path leads only through other promises and Node's own objects. */
function heldBy({ holders }: Scene, promise: Ordinal): Evidence[] {
  const { kind, expression } = holders.holderOf(promise);
  return kind === 'internal' ? [] : [{ label: 'newest promise held by', value: expression }];
}

function waitsFor(outer: ReadonlyMap<string, number>): Evidence[] {
  const [most] = [...outer].sort((a, b) => b[1] - a[1]);
  return most === undefined ? [] : [{ label: 'waits for', value: `${most[0]} (${most[1]} times)` }];
}

/** What goes with the registers of the suspended calls; what they share with others does not count. */
function bytesOfLocals({ view }: Scene, generators: readonly Ordinal[]): number {
  const names = namesIn(view);
  const registers = generators.map((generator) => names.internal(generator, 'parameters_and_registers'));
  return retainedTogether(
    view,
    registers.filter((node) => node >= 0),
  );
}
