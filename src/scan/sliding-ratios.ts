import { median } from '../trend/order-statistics.js';

/** Milliseconds to look back: the period in which a service's load repeats itself, and a year without leap days. */
export const DAY = 86_400_000;
export const YEAR = 365 * DAY;

/** Into so many parts the time to look back is divided, and one of them is near enough: half an hour of a day, a week of a year. */
const PARTS = 48;

/** A value's place in the calendar, in UTC. */
export interface Calendar {
  /** 0 … 23. */
  readonly hourOfDay: number;
  /** Saturday or Sunday. */
  readonly isWeekend: boolean;
}

/**
 * Each value over the one at the same time `back` milliseconds before; NaN where there is none, or where that is 0. Columns to look at beside
 * the trend, as the seed has them: 1.1 says ten percent more than a day ago, and nothing of why.
 *
 * The sample nearest to that time counts, the later of two. It lies no further from it than the median distance between samples, and no further
 * than a 48th of `back`. Half the median would do for samples of equal distance only: any gap that is a little wider than most would leave a
 * value without its partner. The second limit is for samples that are far apart: the day before would be another time of day otherwise, or the
 * very sample itself.
 *
 * `ts` in milliseconds, ascending, a value each, and `back` above 0, or a RangeError. Cost: O(n) with two positions that only move on,
 * behind one sort for the median; a million samples take about 0.2 s.
 */
export function slidingRatio(ts: Float64Array, values: Float64Array, back: number): Float64Array {
  checkTimes(ts, values);
  if (!(back > 0)) throw new RangeError(`back: found ${back}, expected milliseconds above 0`);
  const furthest = Math.min(typicalDistance(ts), back / PARTS);
  const ratios = new Float64Array(ts.length).fill(Number.NaN);
  let before = 0;
  for (let at = 0; at < ts.length; at++) {
    const wanted = ts[at] - back;
    // Where this stops, the next one is further away, and so are all behind it, as times ascend.
    while (before + 1 < at && Math.abs(ts[before + 1] - wanted) <= Math.abs(ts[before] - wanted)) before++;
    const isNear = Math.abs(ts[before] - wanted) <= furthest;
    if (isNear && values[before] !== 0) ratios[at] = values[at] / values[before];
  }
  return ratios;
}

/** Of a time in milliseconds: the seed's `hour_of_day` and `is_weekend`. UTC has no hour that comes twice a year, or not at all. */
export function calendarOf(ts: number): Calendar {
  const date = new Date(ts);
  return { hourOfDay: date.getUTCHours(), isWeekend: date.getUTCDay() % 6 === 0 };
}

/** The median; samples of one and the same time have no distance. NaN for fewer than two times, which no distance is within. */
function typicalDistance(ts: Float64Array): number {
  return median(
    ts
      .subarray(1)
      .map((time, at) => time - ts[at])
      .filter((distance) => distance > 0),
  );
}

function checkTimes(ts: Float64Array, values: Float64Array): void {
  if (values.length !== ts.length) {
    throw new RangeError(`values: found ${values.length}, expected ${ts.length}, one a time`);
  }
  const wrong = ts.findIndex((time, at) => !Number.isFinite(time) || (at > 0 && time < ts[at - 1]));
  if (wrong >= 0) throw new RangeError(`times: found ${ts[wrong]} at ${wrong}, expected an ascending finite number`);
}
