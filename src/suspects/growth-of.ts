import type { SuspectGrowth } from '../base/suspect-types.js';
import { shapeOf } from '../trend/shapes.js';
import { trendOf } from '../trend/trend.js';
import { stepsOf } from './rising.js';

/** Describes a rise. `adjusted`: the p-value for all that were tested; `births`: members by interval. */
export function growthOf(
  count: readonly number[],
  retainedSize: readonly number[],
  adjusted: number,
  births: readonly number[] | null,
): SuspectGrowth {
  return { ...trendOf(count, retainedSize, adjusted), count, retainedSize, births };
}

/** 1 where the growth has not stopped, less where it has or came at once. */
export function plateauFactor(count: readonly number[]): number {
  const { fit } = shapeOf(count);
  if (fit.shape === 'step' || fit.shape === 'saturating') return 0.2;
  if (fit.shape === 'linear' && !fit.stillRising) return 0.5;
  return fit.shape === 'constant' ? 0.5 : 1;
}

/** Share of the steps that are the usual one. */
export function regularityOf(count: readonly number[]): number {
  const steps = stepsOf(count);
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1];
  return usual === 0 ? 0 : steps.filter((step) => step === usual).length / steps.length;
}

/** How many of the members' ids were born in each interval; `largest`: the largest id of each snapshot. */
export function birthsOf(ids: Float64Array, largest: readonly number[]): number[] {
  const births: number[] = new Array(largest.length).fill(0);
  let interval = 0;
  for (const id of ids) {
    while (interval < largest.length - 1 && id > largest[interval]) interval++;
    births[interval]++;
  }
  return births;
}

/** Share of the intervals behind the first snapshot that have a living member. */
export function agesOf(births: readonly number[]): number {
  const later = births.slice(1);
  return later.length === 0 ? 0 : later.filter((count) => count > 0).length / later.length;
}
