import { compareText } from '../base/text-order.js';
import type { Analysis, Bytes, ClassGrowth, ClassSummary, SnapshotReport } from '../base/types.js';
import { theilSen } from '../trend/theil-sen.js';

/** The snapshots that figures are taken from, and what each has. */
export interface SeriesFigures {
  /** In order, those left out as warm-up not among them: what comes before a program has settled is no growth. */
  readonly compared: readonly SnapshotReport[];
  /** Readable snapshots in front of these. */
  readonly before: number;
  readonly sizes: readonly Bytes[];
  readonly nodes: readonly number[];
  readonly classes: readonly ClassFigures[];
}

/** Classes of one name, in every snapshot compared. Retained sizes are added up: what one of them holds through another counts twice. */
export interface ClassFigures {
  readonly name: string;
  readonly count: readonly number[];
  readonly selfSize: readonly Bytes[];
  readonly retainedSize: readonly Bytes[];
}

/**
 * The figures of an analysis; undefined without a snapshot that was analysed in full. Classes that have not changed are known as far as the last
 * snapshot's report lists them.
 */
export function figuresOf(analysis: Analysis): SeriesFigures | undefined {
  const indexes = comparedIndexes(analysis);
  const compared = indexes.map((index) => analysis.snapshots[index]).filter(isFull);
  if (compared.length === 0) return undefined;
  return {
    compared,
    before: Math.max(0, analysis.growth?.snapshots.indexOf(indexes[0]) ?? 0),
    sizes: compared.map(({ totalSize }) => totalSize),
    nodes: compared.map(({ nodeCount }) => nodeCount),
    classes: classesByName(analysis, indexes),
  };
}

/** The rise from one snapshot to the next; null for a single one. */
export function growthOf(values: readonly number[]): number | null {
  return values.length < 2 ? null : theilSen(values).slope;
}

/**
 * What a figure was, or would have been, in a series' first snapshot: how many were left out as warm-up is another matter. What grows has
 * grown by as much in each of them.
 */
export function atFirst(values: readonly number[], before: number): number {
  return Math.max(0, Math.round(values[0] - before * (growthOf(values) ?? 0)));
}

function comparedIndexes({ snapshots, series, growth }: Analysis): readonly number[] {
  if (series !== undefined) return series.compared;
  if (growth !== undefined) return growth.snapshots;
  const last = snapshots.findLastIndex(isFull);
  return last < 0 ? [] : [last];
}

function isFull(outcome: Analysis['snapshots'][number]): outcome is SnapshotReport {
  return outcome.ok && outcome.mode === undefined;
}

type Rows = readonly Pick<ClassFigures, 'count' | 'selfSize' | 'retainedSize'>[];

function classesByName({ snapshots, growth }: Analysis, indexes: readonly number[]): ClassFigures[] {
  const changed = growth?.classes ?? [];
  const known = new Set(changed.map(({ key }) => key));
  const last = snapshots[indexes[indexes.length - 1]] as SnapshotReport;
  const unchanged = last.classes.filter(({ key }) => !known.has(key));
  const byName = new Map<string, Rows[number][]>();
  const add = (name: string, row: Rows[number]) => {
    const rows = byName.get(name);
    if (rows === undefined) byName.set(name, [row]);
    else rows.push(row);
  };
  for (const row of changed) add(row.name, rowOfGrowth(row, indexes));
  for (const row of unchanged) add(row.name, rowOfClass(row, indexes.length));
  return [...byName].map(([name, rows]) => sumOf(name, rows)).sort((a, b) => compareText(a.name, b.name));
}

function rowOfGrowth({ count, selfSize, retainedSize }: ClassGrowth, indexes: readonly number[]): Rows[number] {
  const at = (values: readonly (number | null)[]) => indexes.map((index) => values[index] ?? 0);
  return { count: at(count), selfSize: at(selfSize), retainedSize: at(retainedSize) };
}

function rowOfClass({ count, selfSize, retainedSize }: ClassSummary, length: number): Rows[number] {
  const each = (value: number) => new Array<number>(length).fill(value);
  return { count: each(count), selfSize: each(selfSize), retainedSize: each(retainedSize) };
}

function sumOf(name: string, rows: Rows): ClassFigures {
  if (rows.length === 1) return { name, ...rows[0] };
  const sum = (figure: keyof Rows[number]) =>
    rows[0][figure].map((_, at) => rows.reduce((total, row) => total + row[figure][at], 0));
  return { name, count: sum('count'), selfSize: sum('selfSize'), retainedSize: sum('retainedSize') };
}
