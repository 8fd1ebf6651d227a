import type { SuspectTerms, Verdict } from '../base/suspect-types.js';
import type { FoundPattern } from './evidence.js';

/** How much each term can speak for a leak by itself. */
const WEIGHTS = { growth: 0.6, ages: 0.4, share: 0.5, regularity: 0.3, detectors: 0.5 } as const;

/** What fewer snapshots can say at most. */
interface Caps {
  readonly confidence: number;
  readonly growth: number;
  readonly verdict: Verdict;
}

export function capsFor(snapshots: number): Caps {
  if (snapshots <= 1) return { confidence: 0.5, growth: 0, verdict: 'pattern' };
  // Below the usual limit for an alarm: of innocent programs a third looks like this after three snapshots.
  if (snapshots <= 3) return { confidence: 0.7, growth: 0.5, verdict: 'grew between snapshots' };
  if (snapshots <= 5) return { confidence: 0.85, growth: 1, verdict: 'growing' };
  return { confidence: 1, growth: 1, verdict: 'leak suspect' };
}

/** The least that a bound leaves. */
export function boundedBy(patterns: readonly Pick<FoundPattern, 'bounded'>[]): number {
  return patterns.reduce((least, { bounded = 1 }) => Math.min(least, bounded), 1);
}

/**
 * Each term is an independent reason to believe in a leak: none of them has to hold, and all of them together leave little doubt.
 * Factors take away from it what has a harmless explanation.
 */
export function confidenceOf(terms: SuspectTerms, snapshots: number): number {
  const caps = capsFor(snapshots);
  const doubt = Object.entries(WEIGHTS).reduce((product, [term, weight]) => {
    const value = terms[term as keyof typeof WEIGHTS];
    return product * (1 - weight * (term === 'growth' ? Math.min(value, caps.growth) : value));
  }, 1);
  return Math.min(caps.confidence, (1 - doubt) * terms.artifact * terms.bounded * terms.plateau);
}
