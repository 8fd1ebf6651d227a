import type { ClassGrowth, Growth } from '../base/types.js';

/** The class a series points at: the highest-ranked one that ended larger and rose in at least half of the steps. */
export function leadingGrowth(growth: Growth): ClassGrowth | undefined {
  const steps = stepCount(growth);
  return growth.classes.find(
    (row) => row.totalCountDelta > 0 && row.totalRetainedSizeDelta > 0 && 2 * row.risingSteps >= steps,
  );
}

/** Ways from one compared snapshot to the next. */
export function stepCount(growth: Growth): number {
  return growth.snapshots.length - 1;
}

/** Fewer steps cannot tell a leak from warm-up: a heap-wide claim needs six snapshots (growth-and-ranking 3). */
export const STEPS_FOR_A_TREND = 5;
