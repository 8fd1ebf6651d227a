/** What a caller has counted for two neighbouring snapshots, odd ids alone: even ones are renumbered in each snapshot. */
export interface IdCounts {
  /** Ids in both snapshots. */
  readonly common: number;
  /** Those of them with equal type and name; names of native nodes count as equal. */
  readonly equal: number;
  /** Ids in the later snapshot alone. */
  readonly added: number;
  /** Those of them at or below the largest id of the earlier snapshot, where one process has none to give. */
  readonly addedBelowPreviousMaximum: number;
}

export interface ProcessVerdict {
  /** Whether ids mean the same in both snapshots. Comparing by id is for `same` alone, unless the user insists. */
  readonly verdict: 'same' | 'different' | 'uncertain';
  /** a: share of common ids with equal type and name; 0 where none are in common. */
  readonly a: number;
  /** b: share of new ids at or below the previous maximum; 0 where none are new. */
  readonly b: number;
}

const SAME_FROM = 0.999;
const SAME_UP_TO = 0.01;
const DIFFERENT_BELOW = 0.9;

/**
 * Whether two snapshots are of one process (growth-and-ranking 1): a ≥ 0.999 and b ≤ 0.01 is the same, a < 0.9 another, all
 * between uncertain. One process keeps type and name of every common id and gives new ids above all earlier ones; two
 * runs of one script agree on 26 to 59 % of their common ids.
 *
 * Nothing in common is another process, since built-in objects live as long as theirs; without any odd
 * id at all there is nothing to tell from, so `uncertain`. Throws a RangeError for counts that contradict each other.
 */
export function processVerdict({ common, equal, added, addedBelowPreviousMaximum: below }: IdCounts): ProcessVerdict {
  checkPart('equal ids', equal, common);
  checkPart('new ids below the maximum', below, added);
  const [a, b] = [shareOf(equal, common), shareOf(below, added)];
  if (common + added === 0) return { verdict: 'uncertain', a, b };
  if (a < DIFFERENT_BELOW) return { verdict: 'different', a, b };
  return { verdict: a >= SAME_FROM && b <= SAME_UP_TO ? 'same' : 'uncertain', a, b };
}

export interface SeriesOrder {
  /** Indexes of the snapshots in the order in which they were taken. */
  readonly order: readonly number[];
  /** Present where that is not the order given. */
  readonly contradiction?: {
    readonly code: 'SNAPSHOT_ORDER';
    /** Index of the first snapshot whose largest id is below its predecessor's. */
    readonly at: number;
    readonly message: string;
  };
}

/**
 * The order of snapshots of one process by their largest odd ids, which only grow; the order given where two are equal, as
 * nothing happened between them. Given by timestamp or by the user, another order is reported, not mended: a
 * clock may be wrong, but so may the belief that it was one process.
 */
export function orderOf(maxOddIds: readonly number[]): SeriesOrder {
  const order = Array.from(maxOddIds.keys()).sort((a, b) => maxOddIds[a] - maxOddIds[b]);
  const at = maxOddIds.findIndex((id, index) => index > 0 && id < maxOddIds[index - 1]);
  if (at < 0) return { order };
  const message = `snapshots: found largest id ${maxOddIds[at]} behind ${maxOddIds[at - 1]}, expected ids to grow in the order given`;
  return { order, contradiction: { code: 'SNAPSHOT_ORDER', at, message } };
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function checkPart(what: string, part: number, whole: number): void {
  if (!(part >= 0 && part <= whole)) throw new RangeError(`${what}: found ${part}, expected 0 to ${whole}`);
}
