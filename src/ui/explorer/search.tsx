import { useEffect, useState } from 'preact/hooks';
import type { ClassRow, FoundAnswer, NodeAnswer, NodeRow } from '../../base/explorer-types.js';
import { counted, formatBytes, formatCount } from '../../report/units.js';
import { shownText } from '../model/shown-text.js';
import { Name } from '../parts/name.js';
import { Switch } from '../parts/switch.js';
import { goTo, hrefTo } from '../shell/routes.js';
import { NodeLink } from './node-name.js';
import { nodeColumns, PagedTable } from './paged-table.js';
import { useAnswer } from './use-answer.js';

const ID = /^\s*@?(\d{1,16})\s*$/;

/** Always there: an id leads to its node, a text to what has it. */
export function SearchBar({ snapshot, text, note }: { snapshot: number; text: string; note: string }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (typed.trim() !== '') goTo('search', snapshot, typed);
  };
  return (
    <search>
      <form class="search-bar" onSubmit={submit}>
        <input
          type="search"
          aria-label="Find nodes by name, id or class"
          placeholder="name, @id or class"
          maxLength={200}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <button type="submit">Find</button>
      </form>
      {note !== '' && (
        <p class="note" role="status">
          {shownText(note)}
        </p>
      )}
    </search>
  );
}

/** What has a text: a node with that id, classes, nodes by name. */
export function SearchPage({ snapshot, text }: { snapshot: number; text: string }) {
  const [matchCase, setMatchCase] = useState<'ignore' | 'match'>('ignore');
  const [, id] = ID.exec(text) ?? [];
  return (
    <section>
      <h1>
        Found for <Name text={text} most={80} />
      </h1>
      {id !== undefined && <FoundId snapshot={snapshot} id={id} />}
      <FoundClasses snapshot={snapshot} text={text} />
      <h2>Nodes by name</h2>
      <div class="controls">
        <Switch
          label="Case"
          options={[
            ['ignore', 'ignore'],
            ['match', 'match'],
          ]}
          value={matchCase}
          onChange={setMatchCase}
        />
      </div>
      <PagedTable<NodeRow, FoundAnswer>
        of="search"
        question={{ snapshot, text, case: matchCase }}
        caption="Nodes whose names have the text, largest retained size first"
        columns={nodeColumns(snapshot)}
      >
        {({ total, names }) => (
          <p class="quiet">
            {counted(total, 'node')} with {counted(names, 'name')}
          </p>
        )}
      </PagedTable>
    </section>
  );
}

function FoundId({ snapshot, id }: { snapshot: number; id: string }) {
  const reply = useAnswer<NodeAnswer>('node', { snapshot, id });
  return (
    <p>
      {reply?.state === 'ready' && (
        <>
          The node with that id: <NodeLink snapshot={snapshot} node={reply.answer.node} />
        </>
      )}
      {reply?.state === 'failed' && <span class="quiet">No node has that id.</span>}
    </p>
  );
}

function FoundClasses({ snapshot, text }: { snapshot: number; text: string }) {
  const reply = useAnswer<{ readonly total: number; readonly items: readonly ClassRow[] }>('classes', {
    ...{ snapshot, text, limit: 10 },
  });
  if (reply?.state !== 'ready' || reply.answer.total === 0) return null;
  const { total, items } = reply.answer;
  return (
    <>
      <h2>
        Classes{' '}
        <span class="note">{total > items.length && `the ${items.length} largest of ${formatCount(total)}`}</span>
      </h2>
      <ul class="found-classes">
        {items.map(({ key, name, count, retainedSize }) => (
          <li key={key}>
            <a href={hrefTo('members', snapshot, key)}>
              <Name text={name} most={100} />
            </a>{' '}
            <span class="quiet">
              {counted(count, 'object')}, {formatBytes(retainedSize)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
