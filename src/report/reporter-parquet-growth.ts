import { nullable, type Row, required } from '../archive/tables.js';
import type { GroupGrowth } from '../base/suspect-types.js';
import type { Analysis } from '../base/types.js';
import { fileLabels } from './failure-text.js';
import { parquetOf } from './parquet-table.js';
import type { Reporter } from './reporter.js';
import { terminalText } from './terminal-text.js';

const COLUMNS = [
  ...required('text', 'grouped_by', 'holder', 'holder_kind', 'class', 'snapshot'),
  ...required('small', 'position'),
  ...required('count', 'rank', 'count', 'self_size', 'retained_size'),
  ...required('double', 'count_per_interval', 'bytes_per_interval', 'p_value'),
  ...required('text', 'shape'),
  ...nullable('text', 'script'),
  ...nullable('count', 'line'),
];

/** A row for each group that grows in each snapshot compared: by the way its nodes are held, and by what keeps them alone. */
export const reporter: Reporter = {
  render: ({ analysis }) => parquetOf(COLUMNS, analysis === undefined ? [] : rowsOf(analysis)),
};

function rowsOf({ snapshots, growth, series }: Analysis): Row[] {
  const labels = fileLabels(snapshots).map((label) => terminalText(label));
  const rows = (by: string, groups: readonly GroupGrowth[]) =>
    groups.flatMap((group, at) =>
      (series?.compared ?? []).map((position, step) => ({
        ...{ grouped_by: by, rank: at + 1, snapshot: labels[position], position },
        ...ofGroup(group),
        ...{ count: group.count[step], self_size: group.selfSize[step], retained_size: group.retainedSize[step] },
      })),
    );
  return [...rows('path', growth?.paths ?? []), ...rows('dominator', growth?.dominated ?? [])];
}

function ofGroup({ holder, className, countPerInterval, bytesPerInterval, pValue, shape }: GroupGrowth): Row {
  const { expression, kind, place } = holder;
  return {
    ...{ holder: terminalText(expression), holder_kind: terminalText(kind), class: terminalText(className) },
    ...{ script: place ? terminalText(place.script) : null, line: place && place.line > 0 ? place.line : null },
    ...{ count_per_interval: countPerInterval, bytes_per_interval: bytesPerInterval, p_value: pValue, shape },
  };
}
