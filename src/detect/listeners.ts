import type { Ordinal } from '../base/types.js';
import type { Holder } from '../paths/holder-types.js';
import type { Evidence, Finding, Scene } from './detector.js';
import { functionsOf, type SourceFunction } from './functions.js';
import { type Group, Groups } from './groups.js';
import { newestOf } from './newest.js';
import { strengthBetween } from './strength.js';
import { retainedTogether } from './topmost.js';

/** Listeners of one event on one emitter or event target. */
export interface ListenerList {
  readonly target: Ordinal;
  readonly event: string;
  /** What goes with all of them: their array, or the head of their list. */
  readonly list: Ordinal;
  /** As registered, wrapped or not. */
  readonly closures: readonly Ordinal[];
}

export interface ListenerLimits {
  readonly [name: string]: number;
  /** Listeners of one event on one target. */
  readonly least: number;
  /** The same where Node itself has registered them all, for a target that the program holds. */
  readonly leastInternal: number;
  readonly most: number;
}

interface Facts {
  readonly event: string;
  readonly owner: Holder;
  readonly source: SourceFunction;
  readonly lists: ListenerList[];
}

/** Lists are named in order of their length; naming takes a path each, so only so many times `most` are. */
const NAMED = 10;

/** Lists of the same event on targets that the same holder has are one finding. */
export function findingsOfListeners(
  scene: Scene,
  lists: readonly ListenerList[],
  limits: ListenerLimits,
  repair: string,
): Finding[] {
  const groups = new Groups<Facts>();
  const long = lists.filter(({ closures }) => closures.length >= Math.max(limits.least, 1));
  for (const list of long.sort(byLength).slice(0, NAMED * limits.most)) {
    const sources = sourcesOf(scene, list);
    const source = sources[0].source;
    if (source.isInternal && list.closures.length < limits.leastInternal) continue;
    const owner = scene.holders.nameOf(list.target);
    if (source.isInternal && owner.kind === 'internal') continue;
    const group = groups.of(`listeners of ${JSON.stringify(list.event)} on`, owner.expression, () => ({
      event: list.event,
      owner,
      source,
      lists: [],
    }));
    group.facts.lists.push(list);
    for (const closure of list.closures) group.members.push(closure);
  }
  return groups.largest(limits).map((group) => findingOf(scene, group, repair));
}

function byLength(a: ListenerList, b: ListenerList): number {
  return b.closures.length - a.closures.length;
}

/** Functions of the source among the listeners, the program's own first, then the most frequent. */
function sourcesOf(scene: Scene, { closures }: ListenerList): { source: SourceFunction; count: number }[] {
  const functions = functionsOf(scene);
  const counts = new Map<SourceFunction, number>();
  for (const closure of closures) {
    const source = functions.of(functions.unwrap(closure));
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const sources = [...counts].map(([source, count]) => ({ source, count }));
  return sources.sort((a, b) => Number(a.source.isInternal) - Number(b.source.isInternal) || b.count - a.count);
}

function findingOf(scene: Scene, { key, members, facts }: Group<Facts>, repair: string): Finding {
  const { view } = scene;
  const { event, owner, source, lists } = facts;
  const count = members.length;
  const { fromSource, evidence } = registrations(scene, members, source);
  const targets = new Set(lists.map(({ target }) => target)).size;
  return {
    anchor: lists[0].list,
    key,
    count,
    bytes: retainedTogether(
      view,
      lists.map(({ list }) => list),
    ),
    strength: strengthOfListeners(count, fromSource, source.isInternal),
    title: `${count} listeners of ${JSON.stringify(event)}`,
    holder: { expression: key, kind: owner.kind, container: lists[0].target, place: source.place ?? owner.place },
    evidence: [
      { label: 'event', value: event },
      { label: 'targets', value: targets },
      { label: 'most frequent function', value: source.expression },
      ...evidence,
    ],
    repair,
    samples: newestOf(view, members),
  };
}

/** Listeners from many places of a program are a design; many from one place are what piles up. */
function strengthOfListeners(count: number, fromSource: number, isInternal: boolean): number {
  const repeated = strengthBetween(fromSource, [5, 0.3], [200, 0.85]);
  const share = fromSource / count;
  return Math.round(repeated * share * (isInternal ? 0.5 : 1) * 100) / 100;
}

/** How many listeners the function has, in how many scopes, and how many are registered again. */
function registrations(
  scene: Scene,
  members: readonly Ordinal[],
  source: SourceFunction,
): { fromSource: number; evidence: Evidence[] } {
  const functions = functionsOf(scene);
  const contexts = new Set<number>();
  const distinct = new Set<number>();
  let fromSource = 0;
  let wrapped = 0;
  for (const member of members) {
    const closure = functions.unwrap(member);
    if (functions.of(closure) !== source) continue;
    const context = functions.contextOf(closure);
    fromSource++;
    contexts.add(context);
    // The same function over the same variables does the same, whether or not it is the same closure. What is bound may differ in `this`.
    const registered = functions.behindOnce(member);
    distinct.add(context < 0 || functions.isBound(registered) ? registered : context);
    if (closure !== member) wrapped++;
  }
  return {
    fromSource,
    evidence: [
      { label: 'listeners from this function', value: fromSource },
      { label: 'distinct scopes among them', value: contexts.size },
      { label: 'duplicates among them', value: fromSource - distinct.size },
      { label: 'bound or registered for once', value: wrapped },
    ],
  };
}
