import type { ComponentChild } from 'preact';

export interface PlainColumn<Row> {
  readonly title: string;
  readonly isNumber?: boolean;
  /** Left out where there is little room. */
  readonly isMinor?: boolean;
  readonly cell: (row: Row) => ComponentChild;
}

interface RowsProps<Row> {
  readonly caption: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
}

/** A table of a few rows. */
export function Rows<Row>({ caption, columns, rows }: RowsProps<Row>) {
  const kind = ({ isNumber, isMinor }: PlainColumn<Row>) =>
    [isNumber && 'number', isMinor && 'minor'].filter(Boolean).join(' ') || undefined;
  return (
    <table class="rows">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" class={kind(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {columns.map((column) => (
              <td key={column.title} class={kind(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
