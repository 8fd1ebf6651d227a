import { theilSen } from '../trend/theil-sen.js';

const FEWEST_AT_END = 4;
/** Of the rate over all points. */
const RATE_AT_END = 0.3;
/** Of what is seen at the start: modules are loaded and caches filled. */
export const WARM_UP = 0.1;
/** What a rise has to come to: a share of the level, and bytes. */
const LEAST_RISE = { share: 0.05, bytes: 1 << 20 };

/** Bytes that a rise from a level has to come to. */
export function leastRise(level: number): number {
  return Math.max(LEAST_RISE.share * level, LEAST_RISE.bytes);
}

/**
 * Whether the end still rises, at a good part of the whole's rate: what fills up or steps up once does not. A program that slows down, for
 * its own snapshots say, looks like filling up otherwise. `slope`: of all values.
 */
export function goesOn(values: readonly number[], positions: readonly number[], slope: number): boolean {
  const from = lastThird(values.length);
  if (from <= 0) return true;
  const end = theilSen(values.slice(from), { positions: positions.slice(from) });
  return end.slope >= RATE_AT_END * slope;
}

/** Where it begins, of so many values. */
export function lastThird(count: number): number {
  return count - Math.max(FEWEST_AT_END, Math.ceil(count / 3));
}
