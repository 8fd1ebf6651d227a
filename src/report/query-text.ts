import type { QueryResult, QueryValue } from '../archive/query.js';
import type { Screen } from './screen.js';
import { type Column, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';

const NARROWEST = 12;
const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|U?INTEGER|DOUBLE|FLOAT|DECIMAL.*)$/;

/** Rows of an answer under the names of its columns; every text is escaped, and cut where the line ends. */
export function queryText({ columns, rows }: QueryResult, screen: Screen): string {
  const shown = columns.map(
    ({ name, type }): Column => ({
      title: name,
      ...(NUMBER.test(type) ? { align: 'right' } : { shrinksTo: NARROWEST }),
    }),
  );
  if (rows.length === 0) return `  no rows: ${columns.map(({ name }) => terminalText(name)).join(', ')}\n`;
  return renderTable(
    shown,
    rows.map((row) => row.map(cellText)),
    screen,
  );
}

function cellText(value: QueryValue): string {
  if (value === null) return '';
  return typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : String(value);
}

export function queryJson({ columns, rows, isCut }: QueryResult): string {
  const document = {
    ...{ schemaVersion: 1, kind: 'query' },
    columns: columns.map(({ name, type }) => ({ name, type })),
    ...{ rows, isCut },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
