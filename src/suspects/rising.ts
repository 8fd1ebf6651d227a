import { mannKendall } from '../trend/mann-kendall.js';

/** Chance at which a rise counts as one. */
const LEVEL = 0.05;
/** With fewer values no test reaches that level: they have to rise each time. */
const FEWEST_TESTED = 4;

/** Whether a series rises, by itself: how many others were looked at is for `benjaminiHochberg` to say. */
export function isRising(values: readonly number[]): boolean {
  if (values.length < 2 || values[values.length - 1] <= values[0]) return false;
  if (values.length < FEWEST_TESTED) return values.every((value, at) => at === 0 || value > values[at - 1]);
  return mannKendall(values).p <= LEVEL;
}

/** From one value to the next. */
export function stepsOf(values: readonly number[]): number[] {
  return values.slice(1).map((value, at) => value - values[at]);
}
