import type { Trend } from '../base/suspect-types.js';
import { evenly } from './evenly.js';
import { mannKendall } from './mann-kendall.js';
import { shapeOf } from './shapes.js';
import { theilSen } from './theil-sen.js';

/** From this number of snapshots on a claim about the whole heap can be made: with fewer, no test survives the number of tests. */
export const FEWEST_ADJUSTED = 6;

const MOST_COMPARED = 500;

/** What a series of counts and sizes shows. `adjusted`: the p-value for all that are tested together. At least two values each. */
export function trendOf(count: readonly number[], retainedSize: readonly number[], adjusted: number): Trend {
  // Of long series every pair would be looked at.
  const positions = evenly(count.length, MOST_COMPARED);
  const [counts, sizes] = [count, retainedSize].map((values) => positions.map((at) => values[at]));
  const { slope, low, high, level } = theilSen(sizes, { positions });
  return {
    countPerInterval: theilSen(counts, { positions }).slope,
    bytesPerInterval: slope,
    bytesInterval: { low, high, level },
    pValue: mannKendall(counts).p,
    adjustedPValue: count.length >= FEWEST_ADJUSTED ? adjusted : null,
    shape: shapeOf(counts, positions).fit.shape,
  };
}

/** The same, once it is known what else was tested. */
export function withAdjusted(trend: Trend, adjusted: number): Trend {
  return { ...trend, adjustedPValue: trend.adjustedPValue === null ? null : adjusted };
}
