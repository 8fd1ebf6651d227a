import { median } from './order-statistics.js';
import { checkSeries } from './series.js';

/** From this number of snapshots on the first one is dropped by default. */
const SNAPSHOTS_FOR_DEFAULT = 6;
/** What shapes and p-values need at least: warm-up never leaves fewer where there were as many. */
const FEWEST_LEFT = 5;
/** Rounds whose growth is this many scaled deviations from the later rounds' belong to the warm-up. */
const OUTLYING = 5;
/** Makes a median absolute deviation comparable to a standard deviation. */
const NORMAL_SCALE = 1.4826;
/** Later rounds vary by a tenth of their growth at least, or by half a byte: a series without noise would call all else outlying. */
const LEAST_VARIATION = 0.1;

export interface WarmUp {
  /** How many leading snapshots to leave out. */
  readonly drop: number;
  /** `requested` by the user, the `default`, or a `change point` behind which growth is another. */
  readonly because: 'requested' | 'default' | 'change point';
}

/**
 * How many snapshots at the start show a program that is still warming up: code is compiled, modules are loaded and
 * caches filled in the first rounds, which looks like growth of everything.
 *
 * - A number that the user has `requested` is taken as it is, as long as a snapshot is left.
 * - Default: 1 from six snapshots on, else 0. (BLeak leaves out five iterations before it compares; few series have that many.)
 * - It is extended past an early change point of `totals`, the sizes of the whole heap: the last of the leading rounds whose growth
 *   stands out from the rounds that are certainly kept, by more than five times their scaled median absolute deviation from their
 *   median (the Hampel identifier: Davies & Gather, 1993). Rounds and not sizes are compared since a leak has no two
 *   levels to tell apart, but a steady growth behind another one. By medians since the later rounds are few.
 * - At most a third of the snapshots is dropped, and never so many that fewer than 5 of 5 or more are left. So extension begins
 *   with seven snapshots, of which it may drop two.
 *
 * Without any warm-up 0 to 11 % of series (simulated: n = 7 … 12) lose a snapshot or two more than the default.
 * Throws a RangeError for a request that is not a whole number below the number of snapshots, or totals that are not finite.
 */
export function warmUpOf(totals: readonly number[], requested?: number): WarmUp {
  checkSeries(totals);
  if (requested !== undefined) return { drop: checked(requested, totals.length), because: 'requested' };
  const byDefault = totals.length >= SNAPSHOTS_FOR_DEFAULT ? 1 : 0;
  const most = Math.min(Math.floor(totals.length / 3), totals.length - FEWEST_LEFT);
  const drop = most > byDefault ? lastOutlyingRound(totals, byDefault, most) : byDefault;
  return { drop, because: drop > byDefault ? 'change point' : 'default' };
}

/** The last round of number `from` + 1 … `most` that stands out from those behind; `from` if none does. */
function lastOutlyingRound(totals: readonly number[], from: number, most: number): number {
  const growth = totals.slice(1).map((total, round) => total - totals[round]);
  const later = growth.slice(most);
  const usual = median(later);
  const deviation = NORMAL_SCALE * median(later.map((value) => Math.abs(value - usual)));
  const limit = OUTLYING * Math.max(deviation, LEAST_VARIATION * Math.abs(usual), 0.5);
  for (let round = most; round > from; round--) if (Math.abs(growth[round - 1] - usual) > limit) return round;
  return from;
}

function checked(requested: number, snapshots: number): number {
  if (!Number.isInteger(requested) || requested < 0 || (requested >= snapshots && requested > 0)) {
    throw new RangeError(
      `warm-up: found ${requested}, expected a whole number below ${snapshots}, the snapshots there are`,
    );
  }
  return requested;
}
