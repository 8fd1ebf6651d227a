import { engineVersion } from '../base/engine-version.js';
import type { Baseline, BaselineClass, BaselineOptions, BaselineSuspect } from '../base/gate-types.js';
import type { Suspect } from '../base/suspect-types.js';
import { compareText } from '../base/text-order.js';
import type { Analysis, Bytes } from '../base/types.js';
import { isEngineFamily } from '../suspects/artifacts.js';
import { atFirst, type ClassFigures, figuresOf, growthOf, type SeriesFigures } from './figures.js';

/** Classes by retained size, and as many by growth. */
const DEFAULT_TOP = 50;
/** Below this confidence nobody looks at a suspect. */
const LEAST_CONFIDENCE = 0.1;

/**
 * What is known of a program after this analysis. Figures of classes are those of the first snapshot and the growth per interval, so that
 * runs of any length can be compared. What V8 keeps for its own ends, such as compiled code, is left out: it is another in every run. The analysis should
 * list all classes: `top`. Throws a RangeError where no snapshot was analysed in full.
 */
export function baselineOf(analysis: Analysis, { top = DEFAULT_TOP }: BaselineOptions = {}): Baseline {
  const figures = figuresOf(analysis);
  if (figures === undefined) throw new RangeError('found no snapshot that was analysed in full, expected one at least');
  const classes = figures.classes
    .filter(({ name }) => !isEngineFamily(name))
    .map((row) => baselineClass(row, figures.before));
  const growthOrNone = ({ growth }: BaselineClass) => growth ?? 0;
  const listed = new Set([
    ...classes.toSorted((a, b) => b.retainedSize - a.retainedSize || compareText(a.name, b.name)).slice(0, top),
    ...classes.toSorted((a, b) => growthOrNone(b) - growthOrNone(a) || compareText(a.name, b.name)).slice(0, top),
  ]);
  const left = classes.filter((row) => !listed.has(row));
  return {
    ...{ schemaVersion: 1, kind: 'baseline', engineVersion: engineVersion(), snapshots: figures.compared.length },
    heap: baselineHeap(figures),
    unlisted: mostOf(left, figures.compared.length > 1),
    suspects: suspectsWorth(analysis)
      .map(baselineSuspect)
      .sort((a, b) => compareText(a.title, b.title) || compareText(a.signature, b.signature)),
    classes: classes.filter((row) => listed.has(row)),
  };
}

/** Those that a baseline knows, or would. */
export function suspectsWorth({ suspects = [] }: Analysis): Suspect[] {
  return suspects.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE);
}

export function baselineHeap({ sizes, nodes, before }: SeriesFigures): Baseline['heap'] {
  return { size: atFirst(sizes, before), nodes: atFirst(nodes, before), growth: whole(growthOf(sizes)) };
}

/** `before`: as of the figures of a series. */
export function baselineClass({ name, count, selfSize, retainedSize }: ClassFigures, before: number): BaselineClass {
  return {
    ...{ name, count: atFirst(count, before), selfSize: atFirst(selfSize, before) },
    retainedSize: atFirst(retainedSize, before),
    ...{ countGrowth: rounded(growthOf(count)), growth: whole(growthOf(retainedSize)) },
  };
}

function mostOf(classes: readonly BaselineClass[], isGrowing: boolean): Baseline['unlisted'] {
  const most = (figure: 'count' | 'retainedSize' | 'countGrowth' | 'growth') =>
    classes.reduce((largest, row) => Math.max(largest, row[figure] ?? 0), 0);
  return {
    ...{ count: most('count'), retainedSize: most('retainedSize') },
    ...{ countGrowth: isGrowing ? most('countGrowth') : null, growth: isGrowing ? most('growth') : null },
  };
}

function baselineSuspect({ signature, title, confidence, growth, retainedSize }: Suspect): BaselineSuspect {
  return {
    ...{ signature, title, confidence: Math.round(100 * confidence) / 100 },
    countGrowth: rounded(growth?.countPerInterval ?? null),
    growth: whole(growth?.bytesPerInterval ?? null),
    retainedSize,
  };
}

function whole(bytes: Bytes | null): Bytes | null {
  // Never -0, which a document would have as 0.
  return bytes === null ? null : Math.round(bytes) + 0;
}

/** Objects in tenths: they differ by no less in what is worth telling. */
function rounded(count: number | null): number | null {
  return count === null ? null : Math.round(10 * count) / 10 + 0;
}
