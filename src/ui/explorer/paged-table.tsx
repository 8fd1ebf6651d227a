import type { ComponentChild } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NodeRow, Rows as Part } from '../../base/explorer-types.js';
import { distanceText } from '../../report/distance-text.js';
import { formatBytes, formatCount } from '../../report/units.js';
import { Name } from '../parts/name.js';
import { type PlainColumn, Rows } from '../parts/rows.js';
import { Replied } from './answer.js';
import { NodeLink } from './node-name.js';
import type { Question } from './server.js';
import { useAnswer } from './use-answer.js';

interface PagedTableProps<Row, Answer extends Part<Row>> {
  readonly of: string;
  readonly question: Question;
  readonly caption: string;
  readonly columns: readonly PlainColumn<Row>[];
  /** Above the table, made of the answer. */
  readonly children?: (answer: Answer) => ComponentChild;
}

const PAGE = 50;

/** A list of the server's, a page at a time. */
export function PagedTable<Row, Answer extends Part<Row> = Part<Row>>(props: PagedTableProps<Row, Answer>) {
  const { of, question, caption, columns, children } = props;
  const key = `${of} ${JSON.stringify(question)}`;
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(0), [key]);
  const reply = useAnswer<Answer>(of, { ...question, offset, limit: PAGE });
  return (
    <Replied reply={reply}>
      {(answer: Answer) => (
        <>
          {children?.(answer)}
          {answer.total === 0 ? (
            <p class="none">none</p>
          ) : (
            <div class="wide">
              <Rows caption={caption} columns={columns} rows={answer.items} />
            </div>
          )}
          {answer.total > PAGE && (
            <nav class="pager" aria-label="Pages of the table">
              <button type="button" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                Previous
              </button>
              <span>
                {formatCount(answer.offset + 1)} to {formatCount(answer.offset + answer.items.length)} of{' '}
                {formatCount(answer.total)}
              </span>
              <button type="button" disabled={offset + PAGE >= answer.total} onClick={() => setOffset(offset + PAGE)}>
                Next
              </button>
            </nav>
          )}
        </>
      )}
    </Replied>
  );
}

/** Columns of a table of nodes. */
export function nodeColumns(snapshot: number): readonly PlainColumn<NodeRow>[] {
  return [
    { title: 'Node', cell: (node) => <NodeLink snapshot={snapshot} node={node} /> },
    { title: 'Class', isMinor: true, cell: ({ className }) => <Name text={className} most={80} /> },
    { title: 'Distance', isNumber: true, isMinor: true, cell: ({ distance }) => distanceText(distance) },
    { title: 'Self', isNumber: true, isMinor: true, cell: ({ selfSize }) => formatBytes(selfSize) },
    { title: 'Retained', isNumber: true, cell: ({ retainedSize }) => formatBytes(retainedSize) },
  ];
}
