import type { BudgetResult, GateReport, SuppressionResult } from '../base/gate-types.js';
import type { DominatorTree, LeftOut, TelemetryChart } from '../base/report-types.js';
import type { ScanReport } from '../base/scan-types.js';
import type { Analysis, Growth, Outcome } from '../base/types.js';
import type { WasteReport } from '../base/waste-types.js';
import { cutSeries } from './series-cut.js';
import { WASTE_TITLES } from './waste-titles.js';

/** How much of each thing a report has. */
export interface Limits {
  readonly snapshots: number;
  /** Of all snapshots together. */
  readonly classes: number;
  readonly growingClasses: number;
  readonly groups: number;
  readonly suspects: number;
  readonly treeNodes: number;
  /** Of each kind. */
  readonly wasteItems: number;
  readonly charts: number;
  /** Of each chart. */
  readonly points: number;
  readonly inputs: number;
  /** Of each list of what a result was held against. */
  readonly gateLines: number;
  /** UTF-16 units of a text. */
  readonly text: number;
}

/** What a person can look at; a share of it where that takes too much. */
export function limitsAt(share: number): Limits {
  const of = (most: number, least = 1) => Math.max(least, Math.round(most * share));
  return {
    snapshots: of(1000, 8),
    classes: of(10_000),
    growingClasses: of(2000),
    groups: of(200),
    suspects: of(100),
    treeNodes: of(5000),
    wasteItems: of(50),
    charts: of(100),
    points: of(2000, 16),
    inputs: of(2000),
    gateLines: of(200),
    text: of(500, 80),
  };
}

/** The first of them; says so where there are more. `of`: how many there are, where not all are in `items`. */
function first<T>(
  items: readonly T[],
  most: number,
  what: string,
  leftOut: LeftOut[],
  of = items.length,
): readonly T[] {
  const shown = items.slice(0, most);
  if (shown.length < of) leftOut.push({ what, shown: shown.length, of });
  return shown;
}

export function cutAnalysis(analysis: Analysis, limits: Limits, leftOut: LeftOut[]): Analysis {
  const { schemaVersion, snapshots, growth, series, suspects } = cutSeries(analysis, limits.snapshots, leftOut);
  const perSnapshot = Math.max(1, Math.floor(limits.classes / snapshots.length));
  const last = snapshots.findLast(({ ok }) => ok);
  return {
    schemaVersion,
    snapshots: snapshots.map((outcome) => cutClasses(outcome, perSnapshot, outcome === last ? leftOut : [])),
    growth: growth && cutGrowth(growth, limits, leftOut),
    series,
    suspects: suspects && first(suspects, limits.suspects, 'suspects', leftOut),
  };
}

function cutClasses(outcome: Outcome, most: number, leftOut: LeftOut[]): Outcome {
  if (!outcome.ok) return outcome;
  const what = 'classes of the last snapshot';
  if (outcome.mode === 'shallow')
    return { ...outcome, classes: first(outcome.classes, most, what, leftOut, outcome.classCount) };
  const { picture, classes: listed } = outcome;
  // The report of `--top 5000` has more than the picture.
  const classes = picture && picture.classes.length > listed.length ? picture.classes : listed;
  return { ...outcome, classes: first(classes, most, what, leftOut, outcome.classCount) };
}

function cutGrowth(growth: Growth, limits: Limits, leftOut: LeftOut[]): Growth {
  const { classes, classCount, paths, dominated } = growth;
  return {
    ...growth,
    classes: first(classes, limits.growingClasses, 'classes over the series', leftOut, classCount),
    paths: paths && first(paths, limits.groups, 'growing paths', leftOut),
    dominated: dominated && first(dominated, limits.groups, 'growing dominated groups', leftOut),
  };
}

export function cutScan(report: ScanReport, limits: Limits, leftOut: LeftOut[]): ScanReport {
  return {
    ...report,
    findings: first(report.findings, limits.suspects, 'findings', leftOut),
    trends: first(report.trends, limits.charts, 'heaps over time', leftOut),
    sites: first(report.sites, limits.groups, 'functions of heap profiles', leftOut),
    inputs: first(report.inputs, limits.inputs, 'input files', leftOut),
  };
}

const TREE_NODES = 'nodes of the dominator tree';

/** The nodes that retain most, with their dominators: a node's dominator retains no less, so what is kept is a tree. */
export function cutTree(tree: DominatorTree, limits: Limits, leftOut: LeftOut[]): DominatorTree {
  const { file, nodeCount, totalSize, depth, retainedSize } = tree;
  if (depth.length <= limits.treeNodes) {
    if (depth.length < nodeCount) leftOut.push({ what: TREE_NODES, shown: depth.length, of: nodeCount });
    return tree;
  }
  const order = Array.from(depth, (_, index) => index);
  // Of two that retain the same the earlier one, which may be the other one's dominator.
  order.sort((a, b) => retainedSize[b] - retainedSize[a] || a - b);
  const kept = order.slice(0, limits.treeNodes).sort((a, b) => a - b);
  if (kept.length < nodeCount) leftOut.push({ what: TREE_NODES, shown: kept.length, of: nodeCount });
  const of = (values: readonly number[]) => kept.map((index) => values[index]);
  const { texts, name, className } = usedTexts(tree.texts, of(tree.name), of(tree.className));
  return {
    ...{ file, nodeCount, totalSize },
    leastSize: retainedSize[order[kept.length - 1]],
    ...{ texts, depth: of(depth), name, className, id: of(tree.id) },
    ...{ selfSize: of(tree.selfSize), retainedSize: of(retainedSize), childCount: of(tree.childCount) },
  };
}

function usedTexts(texts: readonly string[], name: readonly number[], className: readonly number[]) {
  const places = new Map<number, number>();
  const placeOf = (text: number) => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const used = { name: name.map(placeOf), className: className.map(placeOf) };
  return { ...used, texts: [...places.keys()].map((text) => texts[text]) };
}

export function cutWaste(report: WasteReport, limits: Limits, leftOut: LeftOut[]): WasteReport {
  const kinds = report.kinds.map((kind) => {
    const what = `items of ${WASTE_TITLES[kind.kind].toLowerCase()}`;
    const items = first(kind.items, limits.wasteItems, what, leftOut, kind.itemCount);
    return { ...kind, items };
  });
  return { ...report, kinds };
}

export function cutTelemetry(
  charts: readonly TelemetryChart[],
  limits: Limits,
  leftOut: LeftOut[],
): readonly TelemetryChart[] {
  const shown = first(charts, limits.charts, 'figures over time', leftOut);
  return shown.map((chart) => joined(chart, limits.points));
}

/** At most `most` samples: neighbours become one, which has the least and the most of them. Points that were judged stay, but for their number. */
function joined(chart: TelemetryChart, most: number): TelemetryChart {
  const { source, process, metric, hasTimes, ts, least, most: high, last, lows } = chart;
  const size = Math.ceil(ts.length / most);
  const starts = Array.from({ length: Math.ceil(ts.length / size) || 0 }, (_, at) => at * size);
  const each = (values: readonly number[], one: (group: readonly number[]) => number) =>
    starts.map((start) => one(values.slice(start, start + size)));
  const lowSize = Math.ceil(lows.length / most);
  return {
    ...{ source, process, metric, hasTimes },
    ts: each(ts, (group) => group[group.length - 1]),
    least: each(least, (group) => Math.min(...group)),
    most: each(high, (group) => Math.max(...group)),
    last: each(last, (group) => group[group.length - 1]),
    lows: lows.filter((_, at) => at % lowSize === 0).map((low) => ({ ts: low.ts, value: low.value })),
  };
}

const STATES: readonly (BudgetResult['state'] | SuppressionResult['state'])[] = [
  ...(['exceeded', 'expired', 'unknown', 'unmatched', 'met', 'applied'] as const),
];

/** What a reader should act on comes first, so that it is not what is cut. */
function worstFirst<T extends BudgetResult | SuppressionResult>(results: readonly T[]): readonly T[] {
  return results.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
}

export function cutGate(
  { budgets, suppressions, comparison, failures }: GateReport,
  limits: Limits,
  leftOut: LeftOut[],
) {
  const cut = <T>(items: readonly T[], what: string) => first(items, limits.gateLines, what, leftOut);
  return {
    budgets: budgets && cut(worstFirst(budgets), 'budgets'),
    suppressions: suppressions && cut(worstFirst(suppressions), 'suppressions'),
    comparison: comparison && {
      ...comparison,
      suspects: cut(comparison.suspects, 'suspects compared with the baseline'),
      classes: cut(comparison.classes, 'figures of classes that are not what they were in the baseline'),
      notes: cut(comparison.notes, 'notes of the comparison with the baseline'),
    },
    failures: cut(failures, 'reasons to fail'),
  };
}
