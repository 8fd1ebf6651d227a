import type { Trend } from '../base/suspect-types.js';
import { mannKendall } from './mann-kendall.js';
import { shapeOf } from './shapes.js';
import { theilSen } from './theil-sen.js';

/** From this number of snapshots on a claim about the whole heap can be made: with fewer, no test survives the number of tests. */
export const FEWEST_ADJUSTED = 6;

/** What a series of counts and sizes shows. `adjusted`: the p-value for all that are tested together. At least two values each. */
export function trendOf(count: readonly number[], retainedSize: readonly number[], adjusted: number): Trend {
  const { slope, low, high, level } = theilSen(retainedSize);
  return {
    countPerInterval: theilSen(count).slope,
    bytesPerInterval: slope,
    bytesInterval: { low, high, level },
    pValue: mannKendall(count).p,
    adjustedPValue: count.length >= FEWEST_ADJUSTED ? adjusted : null,
    shape: shapeOf(count).fit.shape,
  };
}
