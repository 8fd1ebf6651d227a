const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;

/** Reads RFC 4180: rows end with CRLF, all have as many cells as the first one. Throws for anything else. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const at = FIELD.lastIndex;
    const found = FIELD.exec(text);
    if (found === null) throw new Error(`found ${JSON.stringify(text.slice(at, at + 40))}, expected a field`);
    const [, quoted, bare, end] = found;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('found the end within a row');
  for (const { length } of rows)
    if (length !== rows[0].length) throw new Error(`found ${length} cells, expected ${rows[0].length}`);
  return rows;
}
