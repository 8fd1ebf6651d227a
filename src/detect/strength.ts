import { isInternalScript } from '../analysis/places.js';
import type { Holder } from '../paths/holder-types.js';

/** Strengths are of two digits: nothing that they are made of is more precise. */
export function strengthOf(...factors: number[]): number {
  const product = factors.reduce((all, factor) => all * factor, 1);
  return Math.round(100 * Math.min(1, Math.max(0, product))) / 100;
}

/** From `low` at `few` members to `high` at `many`, in equal steps for equal factors. */
export function strengthBetween(count: number, [few, low]: readonly number[], [many, high]: readonly number[]): number {
  const share = Math.log(Math.max(count, 1) / few) / Math.log(many / few);
  return Math.round((low + (high - low) * Math.min(Math.max(share, 0), 1)) * 100) / 100;
}

/** How much of a pattern's strength is left by who holds it: what Node keeps for itself is seldom a leak of the program's. */
export function shareOfHolder({ expression, kind, place }: Holder): number {
  // Node keeps its copies of the built-in objects where the global object leads to them.
  if (expression.includes('primordials')) return 0.2;
  if (place !== undefined && place.script !== '' && isInternalScript(place.script)) return 0.2;
  return kind === 'internal' ? 0.5 : 1;
}
