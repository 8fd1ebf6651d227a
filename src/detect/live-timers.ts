import type { Ordinal } from '../base/types.js';
import type { Detector, Evidence, Finding, Scene } from './detector.js';
import { functionsOf, holderOfFunction, type SourceFunction } from './functions.js';
import { type Group, Groups } from './groups.js';
import { newestOf } from './newest.js';
import { strengthBetween } from './strength.js';
import { Timers } from './timers.js';
import { retainedTogether } from './topmost.js';

const LIMITS = {
  /** Timers with the same callback; one is what a program is meant to have. */
  least: 2,
  most: 100,
};

interface Facts {
  readonly source: SourceFunction;
  readonly isInterval: boolean;
  readonly callbacks: Ordinal[];
}

/** D3: timers that run and are not cleared, by their callback. */
export const liveTimers: Detector<typeof LIMITS> = {
  id: 'D3',
  name: 'live-timers',
  limits: LIMITS,
  objects: ['Timeout'],
  detect(scene, limits) {
    return groupsOf(scene)
      .largest(limits)
      .map((group) => findingOf(scene, group));
  },
};

function groupsOf(scene: Scene): Groups<Facts> {
  const timers = new Timers(scene);
  const functions = functionsOf(scene);
  const groups = new Groups<Facts>();
  for (const timer of scene.objects('Timeout')) {
    const live = timers.live(timer);
    if (live === undefined) continue;
    const { callback, isInterval } = live;
    const source = functions.of(callback);
    if (source.isInternal) continue;
    const group = groups.of(prefixOf(isInterval), source.expression, () => ({ source, isInterval, callbacks: [] }));
    group.members.push(timer);
    group.facts.callbacks.push(callback);
  }
  return groups;
}

function findingOf(scene: Scene, { key, members, facts }: Group<Facts>): Finding {
  const { view } = scene;
  const { source, isInterval, callbacks } = facts;
  const count = members.length;
  const contexts = new Set(callbacks.map((callback) => functionsOf(scene).contextOf(callback)).filter((at) => at >= 0));
  const [kind, clear] = isInterval ? ['interval', 'clearInterval'] : ['timeout', 'clearTimeout'];
  return {
    anchor: callbacks[0],
    key,
    count,
    bytes: retainedTogether(view, members),
    // A timeout ends by itself, however late.
    strength: isInterval ? strengthBetween(count, [2, 0.2], [100, 0.8]) : strengthBetween(count, [2, 0.1], [1000, 0.5]),
    title: `${count} ${count === 1 ? kind : `${kind}s`} in Node's timer lists`,
    holder: holderOfFunction(prefixOf(isInterval), source, callbacks[0]),
    evidence: [
      { label: 'callback', value: source.expression },
      ...functionsOf(scene).sameName(callbacks),
      { label: 'closures', value: new Set(callbacks).size },
      { label: 'scopes of the closures', value: contexts.size },
      ...scopeBytes(scene, [...contexts]),
    ],
    repair: `Keep the handle of each {holder} and pass it to ${clear} on teardown.`,
    samples: newestOf(view, members),
  };
}

/** A single scope is the module's as a rule, and says nothing of the timers. */
function scopeBytes({ view }: Scene, contexts: readonly Ordinal[]): Evidence[] {
  if (contexts.length < 2) return [];
  return [{ label: 'bytes in these scopes, at most', value: retainedTogether(view, contexts) }];
}

function prefixOf(isInterval: boolean): string {
  return isInterval ? 'setInterval callback' : 'setTimeout callback';
}
