import type {
  Baseline,
  BaselineClass,
  BaselineComparison,
  BaselineSuspect,
  ComparisonOptions,
  FigureChange,
  SuspectChange,
} from '../base/gate-types.js';
import type { Suspect } from '../base/suspect-types.js';
import { compareText } from '../base/text-order.js';
import type { Analysis } from '../base/types.js';
import { isEngineFamily } from '../suspects/artifacts.js';
import { baselineClass, baselineHeap, suspectsWorth } from './baseline.js';
import { figuresOf, type SeriesFigures } from './figures.js';
import { isLikely } from './likely.js';

const TOLERANCE = 0.1;
const FLOOR = 100_000;
/** Shares of the floor: bytes an interval, objects, objects an interval. */
const FLOORS = { size: 1, retainedSize: 1, growth: 0.1, nodes: 0.01, count: 0.01, countGrowth: 0.0001 } as const;
/** Slopes of a few values differ by more than the values do: a table that doubles makes a step of them. */
const OF_GROWTH = 2;

type Figure = FigureChange['figure'];

/** By how much a figure may differ. */
class Tolerance {
  readonly share: number;
  readonly floor: number;

  constructor({ tolerance = TOLERANCE, floor = FLOOR }: ComparisonOptions) {
    this.share = tolerance;
    this.floor = floor;
  }

  /** 1 for more, -1 for less, 0 for the same. */
  compare(figure: Figure, before: number, now: number): -1 | 0 | 1 {
    const isGrowth = figure === 'growth' || figure === 'countGrowth';
    const share = isGrowth ? OF_GROWTH * this.share : this.share;
    // What shrinks does not grow: how fast makes no difference.
    const [first, second] = isGrowth ? [Math.max(0, before), Math.max(0, now)] : [before, now];
    if (Math.abs(second - first) <= Math.max(share * first, FLOORS[figure] * this.floor)) return 0;
    return second > first ? 1 : -1;
  }
}

/**
 * A run beside its baseline: suspects that are new, gone, faster or slower, and figures of the heap and its classes that are no longer the same. The two may
 * have any number of snapshots; growth is compared per interval, so intervals should be of one length. Suspects that are suppressed are
 * known, and never a reason to fail.
 */
export function compareBaseline(
  analysis: Analysis,
  baseline: Baseline,
  options: ComparisonOptions = {},
): BaselineComparison {
  const tolerance = new Tolerance(options);
  const suspects =
    analysis.suspects === undefined ? [] : suspectChanges(suspectsWorth(analysis), baseline.suspects, tolerance);
  const figures = figuresOf(analysis);
  const heap = figures === undefined ? [] : heapChanges(baselineHeap(figures), baseline.heap, tolerance);
  const classes = figures === undefined ? [] : classChanges(classesNow(figures), baseline, tolerance);
  const changes = [...suspects, ...heap, ...classes];
  return {
    ...{ tolerance: tolerance.share, floor: tolerance.floor, isWorse: changes.some(({ isWorse }) => isWorse) },
    ...{ suspects, heap, classes, notes: notesOn(figures?.compared.length ?? 0, analysis, baseline) },
  };
}

/** Suspects with what the baseline says of them. */
export function markBySignature(suspects: readonly Suspect[], { suspects: known }: Baseline): Suspect[] {
  const signatures = new Set(known.map(({ signature }) => signature));
  return suspects.map((suspect) => ({ ...suspect, baseline: signatures.has(suspect.signature) ? 'known' : 'new' }));
}

const ORDER = ['new', 'faster', 'known', 'slower', 'gone'] as const;

function suspectChanges(
  suspects: readonly Suspect[],
  known: readonly BaselineSuspect[],
  tolerance: Tolerance,
): SuspectChange[] {
  const bySignature = new Map(known.map((suspect) => [suspect.signature, suspect]));
  const now = suspects.map((suspect) => changeOf(suspect, bySignature.get(suspect.signature), tolerance));
  const there = new Set(suspects.map(({ signature }) => signature));
  const gone = known.filter(({ signature }) => !there.has(signature)).map(goneOf);
  // Sorting keeps the order of confidence within each.
  return [...now, ...gone].sort(
    (a, b) => Number(b.isWorse) - Number(a.isWorse) || ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
  );
}

function changeOf(suspect: Suspect, known: BaselineSuspect | undefined, tolerance: Tolerance): SuspectChange {
  const { signature, title, confidence, growth, retainedSize } = suspect;
  const shown = { signature, title, confidence };
  if (known === undefined) {
    const [figure, now] =
      growth === null
        ? (['retainedSize', retainedSize] as const)
        : (['growth', Math.round(growth.bytesPerInterval)] as const);
    return { ...shown, state: 'new', isWorse: isLikely(suspect), figure, before: null, now };
  }
  const [figure, before, now] =
    growth === null || known.growth === null
      ? (['retainedSize', known.retainedSize, retainedSize] as const)
      : (['growth', known.growth, Math.round(growth.bytesPerInterval)] as const);
  const order = tolerance.compare(figure, before, now);
  const state = order > 0 ? 'faster' : order < 0 ? 'slower' : 'known';
  return { ...shown, state, isWorse: order > 0 && suspect.suppressed === undefined, figure, before, now };
}

function goneOf({ signature, title, growth, retainedSize }: BaselineSuspect): SuspectChange {
  const figure = growth === null ? 'retainedSize' : 'growth';
  const shown = { signature, title, confidence: null };
  return { ...shown, state: 'gone', isWorse: false, figure, before: growth ?? retainedSize, now: null };
}

function heapChanges(now: Baseline['heap'], before: Baseline['heap'], tolerance: Tolerance): FigureChange[] {
  const change = changesOf('heap', false, tolerance);
  return [
    ...change('size', before.size, now.size),
    ...change('nodes', before.nodes, now.nodes),
    ...change('growth', before.growth, now.growth),
  ];
}

function classesNow({ classes, before }: SeriesFigures): BaselineClass[] {
  return classes.map((row) => baselineClass(row, before));
}

function classChanges(now: readonly BaselineClass[], baseline: Baseline, tolerance: Tolerance): FigureChange[] {
  const before = new Map(baseline.classes.map((row) => [row.name, row]));
  const rows = new Map(now.map((row) => [row.name, row]));
  const own = now
    .filter(({ name }) => !isEngineFamily(name))
    .flatMap((row) => {
      const known = before.get(row.name);
      return known === undefined ? unlistedChanges(row, baseline, tolerance) : knownChanges(known, row, tolerance);
    });
  const isGrowing = baseline.snapshots > 1 && now.some(({ growth }) => growth !== null);
  const gone = baseline.classes
    .filter(({ name }) => !rows.has(name))
    .flatMap((row) => knownChanges(row, nothing(row.name, isGrowing), tolerance));
  return [...own, ...gone].sort(
    (a, b) => Number(b.isWorse) - Number(a.isWorse) || weight(b) - weight(a) || compareText(a.what, b.what),
  );
}

function knownChanges(before: BaselineClass, now: BaselineClass, tolerance: Tolerance): FigureChange[] {
  const change = changesOf(now.name, true, tolerance);
  return [
    ...change('retainedSize', before.retainedSize, now.retainedSize),
    ...change('count', before.count, now.count),
    ...change('growth', before.growth, now.growth),
    ...change('countGrowth', before.countGrowth, now.countGrowth),
  ];
}

/** Of a class that is not listed the baseline knows only what it had at most: whether there is less of it nobody can tell. */
function unlistedChanges(now: BaselineClass, { unlisted }: Baseline, tolerance: Tolerance): FigureChange[] {
  return knownChanges({ ...unlisted, name: now.name, selfSize: 0 }, now, tolerance).filter(({ isWorse }) => isWorse);
}

function changesOf(what: string, isClass: boolean, tolerance: Tolerance) {
  return (figure: Figure, before: number | null, now: number | null): FigureChange[] => {
    if (before === null || now === null) return [];
    const order = tolerance.compare(figure, before, now);
    return order === 0 ? [] : [{ what, isClass, figure, before, now, isWorse: order > 0 }];
  };
}

function nothing(name: string, isGrowing: boolean): BaselineClass {
  const growth = isGrowing ? 0 : null;
  return { name, count: 0, selfSize: 0, retainedSize: 0, countGrowth: growth, growth };
}

/** How far beyond what is taken for the same: what makes bytes and objects comparable. */
function weight({ figure, before, now }: FigureChange): number {
  return Math.abs(now - before) / FLOORS[figure];
}

function notesOn(snapshots: number, { suspects }: Analysis, baseline: Baseline): string[] {
  return [
    ...(snapshots === 0 ? ['no snapshot was analysed in full: figures are not compared'] : []),
    ...(baseline.snapshots === 1 ? ['the baseline has one snapshot: growth is not compared'] : []),
    ...(snapshots === 1 && baseline.snapshots > 1 ? ['one snapshot shows no growth: only sizes are compared'] : []),
    ...(suspects === undefined ? ['no suspects were sought: they are not compared'] : []),
  ];
}
