import type { BudgetResult, Budgets, ClassBudget, HeapBudget, SuspectBudget } from '../base/gate-types.js';
import type { Suspect } from '../base/suspect-types.js';
import type { Analysis } from '../base/types.js';
import type { WasteReport } from '../base/waste-types.js';
import { type ClassFigures, figuresOf, growthOf, type SeriesFigures } from './figures.js';
import { matchesGlob } from './glob.js';
import { counts, isLikely } from './likely.js';

const ONE_SNAPSHOT = 'one snapshot shows no growth';

/** The most there is of something, and who has it. */
export interface Most {
  readonly actual: number | null;
  readonly what?: string;
  readonly snapshot?: string;
  readonly reason?: string;
}

/**
 * Holds an analysis against limits, each by itself and in the order of the configuration. Classes that have not changed are known as far as the last
 * snapshot's report lists them, so it should list all: `top`. `waste`: of the last snapshot; without it limits of waste are `unknown`.
 */
export function checkBudgets(analysis: Analysis, budgets: Budgets, waste?: WasteReport): BudgetResult[] {
  const { heap = {}, classes = {}, suspects = {}, waste: kinds = {} } = budgets;
  const figures = figuresOf(analysis);
  return [
    ...checkHeap(heap, figures),
    ...Object.entries(classes).flatMap(([pattern, limits]) => checkClasses(pattern, limits, figures)),
    ...checkSuspects(suspects, analysis.suspects),
    ...Object.entries(kinds).flatMap(([kind, limit]) =>
      limited(`waste["${kind}"]`, 'bytes', limit, () => mostWaste(kind, waste ?? lastWaste(analysis))),
    ),
  ];
}

/** What has become of a limit, if there is one. */
export function limited(
  budget: string,
  unit: BudgetResult['unit'],
  limit: number | undefined,
  find: () => Most,
): BudgetResult[] {
  if (limit === undefined) return [];
  const { actual, what, snapshot, reason } = find();
  const over = actual === null ? 0 : Math.max(0, actual - limit);
  const state = actual === null ? 'unknown' : over > 0 ? 'exceeded' : 'met';
  return [
    {
      ...{ budget, unit, limit, actual, over, state },
      ...(what !== undefined && { what }),
      ...(snapshot !== undefined && { snapshot }),
      ...(reason !== undefined && { reason }),
    },
  ];
}

const NOTHING_ANALYSED: Most = { actual: null, reason: 'no snapshot was analysed in full' };

function checkHeap({ size, nodes, growth }: HeapBudget, figures: SeriesFigures | undefined): BudgetResult[] {
  const most = (find: (of: SeriesFigures) => Most) => () => (figures === undefined ? NOTHING_ANALYSED : find(figures));
  return [
    ...limited(
      'heap.size',
      'bytes',
      size,
      most((of) => largest(of.sizes, of)),
    ),
    ...limited(
      'heap.nodes',
      'count',
      nodes,
      most((of) => largest(of.nodes, of)),
    ),
    ...limited(
      'heap.growth',
      'bytes',
      growth,
      most(({ sizes }) => slopeOf(sizes)),
    ),
  ];
}

function largest(values: readonly number[], { compared }: SeriesFigures): Most {
  const actual = values.reduce((most, value) => Math.max(most, value), 0);
  return { actual, snapshot: compared[values.indexOf(actual)]?.file };
}

function slopeOf(values: readonly number[]): Most {
  const slope = growthOf(values);
  return slope === null ? { actual: null, reason: ONE_SNAPSHOT } : { actual: slope };
}

/** Which figure of a class each limit is for, and in what. */
const CLASS_LIMITS: readonly (readonly [
  keyof ClassBudget,
  BudgetResult['unit'],
  'count' | 'selfSize' | 'retainedSize',
])[] = [
  ['count', 'count', 'count'],
  ['selfSize', 'bytes', 'selfSize'],
  ['retainedSize', 'bytes', 'retainedSize'],
  ['growth', 'bytes', 'retainedSize'],
  ['countGrowth', 'count', 'count'],
];

/** A class that there is none of has nothing. Each class that a pattern names is looked at by itself: the worst is told. */
function checkClasses(pattern: string, limits: ClassBudget, figures: SeriesFigures | undefined): BudgetResult[] {
  const matching = figures?.classes.filter(({ name }) => matchesGlob(pattern, name)) ?? [];
  return CLASS_LIMITS.flatMap(([limit, unit, figure]) => {
    const isGrowth = limit === 'growth' || limit === 'countGrowth';
    return limited(`classes[${JSON.stringify(pattern)}].${limit}`, unit, limits[limit], () =>
      figures === undefined ? NOTHING_ANALYSED : worstClass(matching, figure, isGrowth, figures),
    );
  });
}

function worstClass(
  classes: readonly ClassFigures[],
  figure: 'count' | 'selfSize' | 'retainedSize',
  isGrowth: boolean,
  figures: SeriesFigures,
): Most {
  if (isGrowth && figures.compared.length < 2) return { actual: null, reason: ONE_SNAPSHOT };
  let worst: Most = { actual: 0 };
  for (const row of classes) {
    const most = isGrowth ? slopeOf(row[figure]) : largest(row[figure], figures);
    if ((most.actual ?? 0) > (worst.actual ?? 0)) worst = { ...most, what: row.name };
  }
  return worst;
}

function checkSuspects(limits: SuspectBudget, suspects: readonly Suspect[] | undefined): BudgetResult[] {
  const counted = suspects?.filter(counts);
  const growing = counted?.filter(({ growth }) => growth !== null);
  const likely = counted?.filter(isLikely);
  const found: Readonly<Record<keyof SuspectBudget, readonly [BudgetResult['unit'], Most]>> = {
    count: ['count', { actual: likely?.length ?? null, what: likely?.[0]?.title }],
    confidence: ['confidence', worstSuspect(counted, ({ confidence }) => confidence)],
    retainedSize: ['bytes', worstSuspect(counted, ({ retainedSize }) => retainedSize)],
    growth: ['bytes', worstSuspect(growing, ({ growth }) => growth?.bytesPerInterval ?? 0)],
    countGrowth: ['count', worstSuspect(growing, ({ growth }) => growth?.countPerInterval ?? 0)],
  };
  const reason = suspects === undefined ? { reason: 'no suspects were sought' } : {};
  return (Object.keys(found) as (keyof SuspectBudget)[]).flatMap((name) => {
    const [unit, most] = found[name];
    return limited(`suspects.${name}`, unit, limits[name], () => ({ ...most, ...reason }));
  });
}

function worstSuspect(suspects: readonly Suspect[] | undefined, figure: (suspect: Suspect) => number): Most {
  if (suspects === undefined) return { actual: null };
  let worst: Most = { actual: 0 };
  for (const suspect of suspects) {
    const actual = figure(suspect);
    if (actual > (worst.actual ?? 0)) worst = { actual, what: suspect.title };
  }
  return worst;
}

function lastWaste({ snapshots }: Analysis): WasteReport | undefined {
  const last = snapshots.findLast(({ ok }) => ok);
  return last?.ok && last.mode === undefined ? last.picture?.waste : undefined;
}

function mostWaste(kind: string, waste: WasteReport | undefined): Most {
  const found = waste?.kinds.find((one) => one.kind === kind);
  if (waste === undefined || found === undefined) return { actual: null, reason: 'waste was not looked for' };
  return { actual: found.reclaimable, snapshot: waste.file };
}
