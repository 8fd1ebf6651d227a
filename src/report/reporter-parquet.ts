import { nullable, type Row, required } from '../archive/tables.js';
import type { Analysis, Bytes, ClassGrowth, Growth, Outcome } from '../base/types.js';
import { fileLabels } from './failure-text.js';
import { parquetOf } from './parquet-table.js';
import type { Reporter } from './reporter.js';
import { terminalText } from './terminal-text.js';

/** Changes are those from the snapshot compared before; the last four columns are the class's own, the same in each of its rows. */
const COLUMNS = [
  ...required('text', 'snapshot'),
  ...required('small', 'position'),
  ...required('text', 'class_key', 'class'),
  ...required('count', 'count', 'self_size'),
  ...nullable('count', 'retained_size', 'distance', 'count_delta', 'self_size_delta', 'retained_size_delta'),
  ...nullable('count', 'rising_steps'),
  ...nullable('double', 'bytes_per_interval', 'p_value'),
  ...nullable('text', 'shape'),
];

/** A row for each class in each snapshot: those that have changed, all of them, and those that a snapshot lists. */
export const reporter: Reporter = {
  render: ({ analysis }) => parquetOf(COLUMNS, analysis === undefined ? [] : rowsOf(analysis)),
};

function rowsOf({ snapshots, growth }: Analysis): Row[] {
  const labels = fileLabels(snapshots).map((label) => terminalText(label));
  const changed = new Set(growth?.classes.map(({ key }) => key));
  return snapshots.flatMap((outcome, position) => {
    const place = { snapshot: labels[position], position };
    const listed = listedIn(outcome);
    const distances = new Map(listed.map(({ key, distance }) => [key, distance]));
    const step = growth ? growth.snapshots.indexOf(position) : -1;
    const grown = step < 0 || !growth ? [] : grownRows(growth, step, distances);
    const others = listed.filter(({ key }) => !changed.has(key));
    return [...grown, ...others.map((row) => ({ ...ofClass(row), ...figuresOf(row, step) }))].map((row) => ({
      ...place,
      ...row,
    }));
  });
}

/** A class in one snapshot. */
interface ListedClass {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly selfSize: Bytes;
  /** Null where edges were not looked at. */
  readonly retainedSize: Bytes | null;
  readonly distance: number | null;
}

function listedIn(outcome: Outcome): ListedClass[] {
  if (!outcome.ok) return [];
  if (outcome.mode === 'shallow') return outcome.classes.map((row) => ({ ...row, retainedSize: null, distance: null }));
  return [...outcome.classes];
}

function grownRows({ classes, snapshots }: Growth, step: number, distances: ReadonlyMap<string, number | null>): Row[] {
  const position = snapshots[step];
  return classes.map((row) => ({
    ...ofClass(row),
    count: row.count[position],
    self_size: row.selfSize[position],
    retained_size: row.retainedSize[position],
    distance: distances.get(row.key) ?? null,
    ...changesOf(row, step),
    rising_steps: row.risingSteps,
    bytes_per_interval: row.trend.bytesPerInterval,
    p_value: row.trend.pValue,
    shape: row.trend.shape,
  }));
}

function changesOf({ countDeltas, selfSizeDeltas, retainedSizeDeltas }: ClassGrowth, step: number): Row {
  const before = (deltas: readonly number[]) => (step === 0 ? null : deltas[step - 1]);
  return {
    count_delta: before(countDeltas),
    self_size_delta: before(selfSizeDeltas),
    retained_size_delta: before(retainedSizeDeltas),
  };
}

/** Of one that has not changed, or that nothing was compared with. */
function figuresOf({ count, selfSize, retainedSize, distance }: ListedClass, step: number): Row {
  const change = step > 0 ? 0 : null;
  return {
    ...{ count, self_size: selfSize, retained_size: retainedSize, distance },
    ...{ count_delta: change, self_size_delta: change, retained_size_delta: change },
  };
}

function ofClass({ key, name }: Pick<ListedClass, 'key' | 'name'>): Row {
  return { class_key: terminalText(key), class: terminalText(name) };
}
