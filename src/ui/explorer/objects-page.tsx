import { useState } from 'preact/hooks';
import type { ClassRow, NodeRow, OverviewAnswer } from '../../base/explorer-types.js';
import { distanceText } from '../../report/distance-text.js';
import { counted, formatBytes, formatCount } from '../../report/units.js';
import { Name } from '../parts/name.js';
import { goTo, hrefTo } from '../shell/routes.js';
import { FILTER_TITLES, filterTitle } from './filters.js';
import { nodeColumns, PagedTable } from './paged-table.js';
import { useAnswer } from './use-answer.js';

const CLASS_SORTS: readonly (readonly [string, string])[] = [
  ['retained', 'retained size'],
  ['self', 'self size'],
  ['count', 'number of objects'],
  ['distance', 'distance'],
  ['name', 'name'],
];
const NODE_SORTS = CLASS_SORTS.filter(([sort]) => ['retained', 'self', 'distance'].includes(sort));

/** The classes of a snapshot, of all objects or of those that a filter keeps. */
export function ObjectsPage({ snapshot, filter }: { snapshot: number; filter: string }) {
  const [text, setText] = useState('');
  const [sort, setSort] = useState('retained');
  return (
    <section>
      <h1>Objects by class</h1>
      <div class="controls">
        <FilterChoice snapshot={snapshot} filter={filter} onChange={(to) => goTo('objects', snapshot, to)} />
        <SortChoice sorts={CLASS_SORTS} sort={sort} onChange={setSort} />
        <ClassText text={text} onInput={setText} />
      </div>
      <PagedTable<ClassRow>
        of="classes"
        question={{ snapshot, filter, sort, text }}
        caption={`Classes: ${filterTitle(filter)}`}
        columns={[
          {
            title: 'Class',
            cell: ({ key, name }) => (
              <a href={hrefTo('members', snapshot, key, filter)}>
                <Name text={name} most={120} />
              </a>
            ),
          },
          { title: 'Objects', isNumber: true, cell: ({ count }) => formatCount(count) },
          { title: 'Distance', isNumber: true, isMinor: true, cell: ({ distance }) => distanceText(distance) },
          { title: 'Self', isNumber: true, isMinor: true, cell: ({ selfSize }) => formatBytes(selfSize) },
          { title: 'Retained', isNumber: true, cell: ({ retainedSize }) => formatBytes(retainedSize) },
        ]}
      />
    </section>
  );
}

/** The objects of one class. */
export function MembersPage({ snapshot, classKey, filter }: { snapshot: number; classKey: string; filter: string }) {
  const [sort, setSort] = useState('retained');
  return (
    <section>
      <p class="quiet">
        <a href={hrefTo('objects', snapshot, filter)}>{filterTitle(filter)}</a>
      </p>
      <h1>
        <Name text={nameIn(classKey)} most={160} />
      </h1>
      <div class="controls">
        <FilterChoice snapshot={snapshot} filter={filter} onChange={(to) => goTo('members', snapshot, classKey, to)} />
        <SortChoice sorts={NODE_SORTS} sort={sort} onChange={setSort} />
      </div>
      <PagedTable<NodeRow>
        of="members"
        question={{ snapshot, class: classKey, filter, sort }}
        caption="Objects of the class"
        columns={nodeColumns(snapshot)}
      >
        {({ total }) => <p class="quiet">{counted(total, 'object')}</p>}
      </PagedTable>
    </section>
  );
}

/** A key is a name, or a place and a name. */
export function nameIn(key: string): string {
  return key.replace(/^(?:\d+,\d+,\d+)?,/, '');
}

interface FilterChoiceProps {
  readonly snapshot: number;
  readonly filter: string;
  readonly onChange: (filter: string) => void;
}

/** With how much each filter keeps, as soon as that is known. */
function FilterChoice({ snapshot, filter, onChange }: FilterChoiceProps) {
  const reply = useAnswer<OverviewAnswer>('overview', { snapshot });
  const totals = reply?.state === 'ready' ? reply.answer.filters : [];
  return (
    <label class="choice">
      <span>Filter</span>
      <select value={filter} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {FILTER_TITLES.map(([name, title]) => {
          const kept = totals.find((one) => one.filter === name);
          return (
            <option key={name} value={name}>
              {title}
              {kept && `: ${formatCount(kept.count)}, ${formatBytes(kept.selfSize)}`}
            </option>
          );
        })}
      </select>
    </label>
  );
}

/** Which classes are listed, by a text in their names. */
export function ClassText({ text, onInput }: { text: string; onInput: (text: string) => void }) {
  return (
    <input
      type="search"
      aria-label="Classes whose names have this text"
      placeholder="class"
      maxLength={200}
      value={text}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  );
}

interface SortChoiceProps {
  readonly sorts: readonly (readonly [string, string])[];
  readonly sort: string;
  readonly onChange: (sort: string) => void;
}

export function SortChoice({ sorts, sort, onChange }: SortChoiceProps) {
  return (
    <label class="choice">
      <span>Order</span>
      <select value={sort} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {sorts.map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
