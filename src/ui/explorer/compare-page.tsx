import { useState } from 'preact/hooks';
import type { DiffAnswer, NodeRow, SnapshotStatus } from '../../base/explorer-types.js';
import type { ClassDiff } from '../../base/types.js';
import { counted, formatBytes, formatBytesDelta, formatCount, formatCountDelta } from '../../report/units.js';
import { Name } from '../parts/name.js';
import { Switch } from '../parts/switch.js';
import { goTo, hrefTo } from '../shell/routes.js';
import { ClassText, nameIn, SortChoice } from './objects-page.js';
import { nodeColumns, PagedTable } from './paged-table.js';

const SORTS: readonly (readonly [string, string])[] = [
  ['growth', 'growth'],
  ['new', 'new objects'],
  ['deleted', 'deleted objects'],
  ['delta', 'more objects'],
  ['size', 'more self size'],
  ['retained', 'more retained size'],
  ['name', 'name'],
];

interface PairProps {
  readonly base: number;
  readonly snapshot: number;
}

/** What changed between two snapshots of one process, class by class. */
export function ComparePage({ base, snapshot, snapshots }: PairProps & { snapshots: readonly SnapshotStatus[] }) {
  const [sort, setSort] = useState('growth');
  const [text, setText] = useState('');
  return (
    <section>
      <h1>Comparison</h1>
      <div class="controls">
        <SnapshotChoice
          label="Before"
          {...{ snapshots }}
          value={base}
          onChange={(to) => goTo('compare', to, snapshot)}
        />
        <SnapshotChoice
          label="After"
          {...{ snapshots }}
          value={snapshot}
          onChange={(to) => goTo('compare', base, to)}
        />
        <SortChoice sorts={SORTS} sort={sort} onChange={setSort} />
        <ClassText text={text} onInput={setText} />
      </div>
      {base === snapshot ? (
        <p class="none">Choose two snapshots.</p>
      ) : (
        <PagedTable<ClassDiff, DiffAnswer>
          of="diff"
          question={{ base, snapshot, sort, text }}
          caption="Classes that changed; sizes are self sizes but for the last column"
          columns={columnsOf({ base, snapshot })}
        >
          {({ totals }) => (
            <p class="quiet">
              {counted(totals.newCount, 'object')} new with {formatBytes(totals.allocatedSize)},{' '}
              {formatCount(totals.deletedCount)} deleted with {formatBytes(totals.freedSize)}:{' '}
              {formatBytesDelta(totals.sizeDelta)}. Objects are the same where their ids are, so both have to be of one
              process.
            </p>
          )}
        </PagedTable>
      )}
    </section>
  );
}

function columnsOf({ base, snapshot }: PairProps) {
  const link = (side: 'new' | 'deleted', count: number, key: string) =>
    count === 0 ? '0' : <a href={hrefTo('changed', base, snapshot, side, key)}>{formatCount(count)}</a>;
  return [
    { title: 'Class', cell: ({ name }: ClassDiff) => <Name text={name} most={120} /> },
    { title: 'New', isNumber: true, cell: ({ newCount, key }: ClassDiff) => link('new', newCount, key) },
    {
      title: 'Deleted',
      isNumber: true,
      cell: ({ deletedCount, key }: ClassDiff) => link('deleted', deletedCount, key),
    },
    {
      title: 'Delta',
      isNumber: true,
      isMinor: true,
      cell: ({ countDelta }: ClassDiff) => formatCountDelta(countDelta),
    },
    {
      title: 'Allocated',
      isNumber: true,
      isMinor: true,
      cell: ({ allocatedSize }: ClassDiff) => formatBytes(allocatedSize),
    },
    { title: 'Freed', isNumber: true, isMinor: true, cell: ({ freedSize }: ClassDiff) => formatBytes(freedSize) },
    {
      title: 'Size delta',
      isNumber: true,
      isMinor: true,
      cell: ({ sizeDelta }: ClassDiff) => formatBytesDelta(sizeDelta),
    },
    { title: 'Retained delta', isNumber: true, cell: (diff: ClassDiff) => formatBytesDelta(diff.retainedSizeDelta) },
  ];
}

interface ChangedProps extends PairProps {
  readonly side: 'new' | 'deleted';
  readonly classKey: string;
}

/** The objects of a class that came, or went. */
export function ChangedPage({ base, snapshot, side, classKey }: ChangedProps) {
  return (
    <section>
      <p class="quiet">
        <a href={hrefTo('compare', base, snapshot)}>Comparison</a>
      </p>
      <h1>
        <Name text={nameIn(classKey)} most={160} />
      </h1>
      <div class="controls">
        <Switch
          label="Objects"
          options={[
            ['new', 'new'],
            ['deleted', 'deleted'],
          ]}
          value={side}
          onChange={(to) => goTo('changed', base, snapshot, to, classKey)}
        />
      </div>
      <PagedTable<NodeRow>
        of="changed"
        question={{ base, snapshot, side, class: classKey }}
        caption={side === 'new' ? 'In the later snapshot only' : 'In the earlier snapshot only'}
        columns={nodeColumns(side === 'new' ? snapshot : base)}
      >
        {({ total }) => <p class="quiet">{counted(total, 'object')}</p>}
      </PagedTable>
    </section>
  );
}

interface SnapshotChoiceProps {
  readonly label: string;
  readonly snapshots: readonly SnapshotStatus[];
  readonly value: number;
  readonly onChange: (snapshot: number) => void;
}

export function SnapshotChoice({ label, snapshots, value, onChange }: SnapshotChoiceProps) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}>
        {snapshots.map(({ snapshot, file }) => (
          <option key={snapshot} value={snapshot}>
            {baseName(file)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function baseName(file: string): string {
  return file.replace(/^.*[/\\]/s, '');
}
