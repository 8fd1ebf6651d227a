import type { Finding, Scene } from './detector.js';
import { newestOf } from './newest.js';
import { strengthBetween } from './strength.js';
import { retainedTogether } from './topmost.js';
import { crowdsOf } from './waits.js';

/** Findings that are kept: the largest. */
const MOST = 20;

/**
 * Promises that do not settle and that more and more things wait for, as `Promise.race([shutdown, work])` makes them: what has won the race
 * stays with the one that goes on.
 */
export function crowded(scene: Scene): Finding[] {
  const { view, holders } = scene;
  return crowdsOf(scene)
    .toSorted((a, b) => b.reactions.length - a.reactions.length || a.promise - b.promise)
    .slice(0, MOST)
    .map(({ promise, reactions }) => ({
      anchor: promise,
      count: reactions.length,
      bytes: retainedTogether(view, reactions),
      strength:
        holders.nameOf(promise).kind === 'internal' ? 0.2 : strengthBetween(reactions.length, [20, 0.3], [1000, 0.8]),
      title: `a pending promise that ${reactions.length} reactions wait for`,
      evidence: [{ label: 'reactions', value: reactions.length }],
      repair:
        'Do not race or chain short work against {holder}, which outlives it: use an event that can be unsubscribed from, or one promise a call.',
      samples: newestOf(view, reactions),
    }));
}
