import { useMemo, useState } from 'preact/hooks';
import { counted, formatCount } from '../../report/units.js';
import { OF_A_SERIES, OF_A_SNAPSHOT, type Sorting, sortedLines } from '../model/class-columns.js';
import { classLines } from '../model/class-rows.js';
import type { Report } from '../model/report.js';
import { shownText } from '../model/shown-text.js';
import { ClassTable } from '../parts/class-table.js';
import { goTo } from '../shell/routes.js';

const SERIES = 'series';

export function Classes({ report }: { report: Report }) {
  const { snapshots, series, document } = report;
  const readable = snapshots.filter(({ outcome }) => outcome.ok);
  const [chosen, setChosen] = useState(series.length > 1 ? SERIES : String(readable[readable.length - 1]?.index));
  const [wanted, setWanted] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const snapshot = snapshots[Number(chosen)] ?? null;
  const isSeries = chosen === SERIES;
  const lines = useMemo(() => classLines(report, snapshot), [report, snapshot]);
  const columns = (isSeries ? OF_A_SERIES : OF_A_SNAPSHOT).filter((column) =>
    lines.some((line) => column.value(line) !== null),
  );
  const order = sorting ?? { by: isSeries ? 'retainedDelta' : 'retained', isRising: false };
  const shown = useMemo(() => sortedLines(lines, columns, order, wanted), [lines, order.by, order.isRising, wanted]);
  const sort = (by: string) => setSorting({ by, isRising: order.by === by ? !order.isRising : by === 'name' });
  const openClass = (name: string) =>
    document.tree ? goTo('tree', document.tree.id[0] ?? 0, 'treemap', name) : undefined;
  return (
    <>
      <div class="page-head">
        <h1>Classes</h1>
        <p>
          {isSeries
            ? 'From the first snapshot to the last. The retained size is that of a class as a whole: members below another member count once.'
            : 'The retained size is that of a class as a whole: members below another member count once.'}
          {document.tree && ' A class opens the dominator tree with its objects marked.'}
        </p>
      </div>
      <div class="controls">
        <label>
          <span class="quiet">Of </span>
          <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            {series.length > 1 && <option value={SERIES}>the series, first to last</option>}
            {readable.map(({ index, name }) => (
              <option key={index} value={String(index)}>
                {shownText(name, 60)}
              </option>
            ))}
          </select>
        </label>
        <input
          type="search"
          placeholder="Filter by name"
          aria-label="Filter classes by name"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <span class="quiet" role="status">
          {counted(shown.length, 'class', 'classes')}
          {shown.length < lines.length && ` of ${formatCount(lines.length)}`}
        </span>
      </div>
      <ClassTable
        key={chosen}
        lines={shown}
        columns={columns}
        sorting={order}
        hasTrend={isSeries}
        onSort={sort}
        onOpen={({ name }) => openClass(name)}
      />
    </>
  );
}
