import type { Bytes, ClassDiff } from '../base/types.js';

/** Sums over every class, and so over every object with a self size. */
export type DiffTotals = Pick<
  ClassDiff,
  'newCount' | 'deletedCount' | 'countDelta' | 'allocatedSize' | 'freedSize' | 'sizeDelta'
>;

/** Two snapshots compared. `classes` holds the top ones, most grown first; `classCount` counts all that changed. */
export interface DiffReport {
  /** The file of the earlier snapshot. */
  readonly base: string;
  readonly current: string;
  readonly totals: DiffTotals;
  readonly classCount: number;
  readonly classes: readonly ClassDiff[];
}

export function diffReport(base: string, current: string, diffs: readonly ClassDiff[], top: number): DiffReport {
  const changed = diffs.filter(hasChanged).sort(byGrowth);
  const sum = (figure: keyof DiffTotals): Bytes => changed.reduce((total, diff) => total + diff[figure], 0);
  const totals = {
    newCount: sum('newCount'),
    deletedCount: sum('deletedCount'),
    countDelta: sum('countDelta'),
    allocatedSize: sum('allocatedSize'),
    freedSize: sum('freedSize'),
    sizeDelta: sum('sizeDelta'),
  };
  return { base, current, totals, classCount: changed.length, classes: changed.slice(0, top) };
}

function hasChanged(diff: ClassDiff): boolean {
  return diff.newCount > 0 || diff.deletedCount > 0 || diff.retainedSizeDelta !== 0;
}

/**
 * Classes with more objects than before come first: a class that merely retains more, such as the global object above
 * everything, says that something grew but not what.
 */
function byGrowth(a: ClassDiff, b: ClassDiff): number {
  return (
    Number(b.countDelta > 0) - Number(a.countDelta > 0) ||
    b.retainedSizeDelta - a.retainedSizeDelta ||
    b.sizeDelta - a.sizeDelta ||
    (a.key < b.key ? -1 : Number(a.key > b.key))
  );
}
