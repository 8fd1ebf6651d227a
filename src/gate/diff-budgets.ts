import type { BudgetResult, Budgets, ClassBudget, SuspectBudget } from '../base/gate-types.js';
import type { ClassDiff } from '../base/types.js';
import { limited, type Most } from './budgets.js';
import { matchesGlob } from './glob.js';

type Figure = 'retainedSizeCurrent' | 'retainedSizeDelta' | 'countDelta' | 'sizeDelta';

/** What a comparison tells of each limit of a class; nothing where there is no figure. */
const CLASS_LIMITS: readonly (readonly [keyof ClassBudget, BudgetResult['unit'], Figure?])[] = [
  ['count', 'count'],
  ['selfSize', 'bytes'],
  ['retainedSize', 'bytes', 'retainedSizeCurrent'],
  ['growth', 'bytes', 'retainedSizeDelta'],
  ['countGrowth', 'count', 'countDelta'],
];
const SUSPECT_LIMITS: readonly (readonly [keyof SuspectBudget, BudgetResult['unit']])[] = [
  ['count', 'count'],
  ['confidence', 'confidence'],
  ['retainedSize', 'bytes'],
  ['growth', 'bytes'],
  ['countGrowth', 'count'],
];
const UNTOLD: Most = { actual: null, reason: 'a comparison of two snapshots does not tell' };
const untold = () => UNTOLD;

/**
 * Holds what changed between two snapshots against limits of growth: there is one interval. `diffs`: all classes. What a comparison does not tell,
 * such as the size of the heap, is `unknown`.
 */
export function checkDiffBudgets(diffs: readonly ClassDiff[], budgets: Budgets): BudgetResult[] {
  const { heap = {}, classes = {}, suspects = {}, waste = {} } = budgets;
  return [
    ...limited('heap.size', 'bytes', heap.size, untold),
    ...limited('heap.nodes', 'count', heap.nodes, untold),
    ...limited('heap.growth', 'bytes', heap.growth, () => ({ actual: sum(diffs, 'sizeDelta') })),
    ...checkClasses(diffs, classes),
    ...SUSPECT_LIMITS.flatMap(([name, unit]) => limited(`suspects.${name}`, unit, suspects[name], untold)),
    ...Object.entries(waste).flatMap(([kind, limit]) => limited(`waste["${kind}"]`, 'bytes', limit, untold)),
  ];
}

function checkClasses(diffs: readonly ClassDiff[], classes: NonNullable<Budgets['classes']>): BudgetResult[] {
  const byName = new Map<string, ClassDiff[]>();
  for (const row of diffs) {
    const rows = byName.get(row.name);
    if (rows === undefined) byName.set(row.name, [row]);
    else rows.push(row);
  }
  return Object.entries(classes).flatMap(([pattern, limits]) => {
    const matching = [...byName].filter(([name]) => matchesGlob(pattern, name));
    return CLASS_LIMITS.flatMap(([limit, unit, figure]) =>
      limited(`classes[${JSON.stringify(pattern)}].${limit}`, unit, limits[limit], () =>
        figure === undefined ? UNTOLD : worstOf(matching, figure),
      ),
    );
  });
}

function worstOf(classes: readonly (readonly [string, readonly ClassDiff[]])[], figure: Figure): Most {
  let worst: { actual: number; what?: string } = { actual: 0 };
  for (const [what, rows] of classes) {
    const actual = sum(rows, figure);
    if (actual > worst.actual) worst = { actual, what };
  }
  return worst;
}

function sum(rows: readonly ClassDiff[], figure: Figure): number {
  return rows.reduce((total, row) => total + row[figure], 0);
}
