import { useRef, useState } from 'preact/hooks';
import { BY_NAME, type ClassColumn, type Sorting } from '../model/class-columns.js';
import type { ClassLine } from '../model/class-rows.js';
import { shownText } from '../model/shown-text.js';
import { Name } from './name.js';
import { Sparkline } from './sparkline.js';
import { useVirtualRows } from './virtual-rows.js';

interface ClassTableProps {
  readonly lines: readonly ClassLine[];
  readonly columns: readonly ClassColumn[];
  readonly sorting: Sorting;
  readonly hasTrend: boolean;
  readonly onSort: (by: string) => void;
  /** What Enter, or a click on the name, does. */
  readonly onOpen: (line: ClassLine) => void;
}

const ROW = 34;
const PAGE = 12;

/** Any number of classes: only rows that are to be seen are in the page. Arrow keys move a mark, Enter opens what it is on. */
export function ClassTable({ lines, columns, sorting, hasTrend, onSort, onOpen }: ClassTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState(-1);
  const { items, height, scrollTo } = useVirtualRows(scroller, lines.length, ROW);
  const before = items[0]?.start ?? 0;
  const behind = height - (items[items.length - 1]?.end ?? 0);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && lines[marked] && event.target === scroller.current) onOpen(lines[marked]);
    const moved = movedBy(event.key, marked, lines.length);
    if (moved === undefined) return;
    setMarked(moved);
    scrollTo(moved);
    event.preventDefault();
  };
  return (
    <section
      class="scroller"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label="Classes, arrow keys move through them"
      onKeyDown={onKey}
    >
      <table class="rows class-table" aria-rowcount={lines.length + 1}>
        <colgroup>
          <col class="name-column" />
          {hasTrend && <col class="minor trend-column" />}
          {columns.map(({ id, width, isMinor }) => (
            <col key={id} class={isMinor ? 'minor' : undefined} style={{ width: `${width}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <SortHeader id={BY_NAME} title="Class" sorting={sorting} onSort={onSort} />
            {hasTrend && (
              <th scope="col" class="minor">
                Trend
              </th>
            )}
            {columns.map(({ id, title, isMinor }) => (
              <SortHeader
                key={id}
                id={id}
                title={title}
                sorting={sorting}
                onSort={onSort}
                kind={isMinor ? 'number minor' : 'number'}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} />
          {items.map(({ index }) => (
            <ClassRow
              key={index}
              line={lines[index]}
              index={index}
              columns={columns}
              hasTrend={hasTrend}
              isMarked={index === marked}
              onOpen={() => onOpen(lines[index])}
            />
          ))}
          <Spacer height={behind} />
        </tbody>
      </table>
    </section>
  );
}

function movedBy(key: string, at: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ...{ ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE, PageUp: at - PAGE, Home: 0, End: count - 1 },
  };
  const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return to === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, to));
}

interface SortHeaderProps {
  readonly id: string;
  readonly title: string;
  readonly sorting: Sorting;
  readonly onSort: (by: string) => void;
  readonly kind?: string;
}

function SortHeader({ id, title, sorting, onSort, kind }: SortHeaderProps) {
  const isSorted = sorting.by === id;
  return (
    <th scope="col" class={kind} aria-sort={isSorted ? (sorting.isRising ? 'ascending' : 'descending') : undefined}>
      <button type="button" class="sort" onClick={() => onSort(id)}>
        {title}
        {isSorted && (sorting.isRising ? ' ↑' : ' ↓')}
      </button>
    </th>
  );
}

/** Holds the place of rows that are not in the page. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr class="spacer" style={{ height: `${height}px` }}>
      <td />
    </tr>
  );
}

interface ClassRowProps {
  readonly line: ClassLine;
  readonly index: number;
  readonly columns: readonly ClassColumn[];
  readonly hasTrend: boolean;
  readonly isMarked: boolean;
  readonly onOpen: () => void;
}

function ClassRow({ line, index, columns, hasTrend, isMarked, onOpen }: ClassRowProps) {
  return (
    <tr aria-rowindex={index + 2} aria-selected={isMarked}>
      <td title={shownText(line.name)}>
        <button type="button" class="plain" tabIndex={-1} onClick={onOpen}>
          <Name text={line.name} most={160} />
        </button>
      </td>
      {hasTrend && (
        <td class="minor">
          <Sparkline values={line.series} label="Retained size over the series" width={84} height={22} />
        </td>
      )}
      {columns.map((column) => (
        <FigureCell key={column.id} column={column} line={line} />
      ))}
    </tr>
  );
}

function FigureCell({ column: { value, text, isMinor, isDelta }, line }: { column: ClassColumn; line: ClassLine }) {
  const figure = value(line);
  const kind = isDelta && figure ? (figure > 0 ? 'delta-up' : 'delta-down') : '';
  return (
    <td class={`number ${isMinor ? 'minor' : ''} ${kind}`}>
      {figure === null ? '–' : figure === 0 && isDelta ? '0' : text(figure)}
    </td>
  );
}
