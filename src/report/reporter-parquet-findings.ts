import { nullable, type Row, required } from '../archive/tables.js';
import { type Issue, issuesOf } from './issues.js';
import { parquetOf } from './parquet-table.js';
import type { Reporter } from './reporter.js';
import { terminalText } from './terminal-text.js';

const COLUMNS = [
  ...required('text', 'signature', 'level', 'title'),
  ...required('double', 'confidence'),
  ...required('text', 'holder', 'holder_kind'),
  ...nullable('text', 'script'),
  ...nullable('count', 'line', 'column'),
  ...required('count', 'retained_size'),
  ...nullable('count', 'count'),
  ...nullable('double', 'count_per_interval', 'bytes_per_interval', 'p_value'),
  ...nullable('text', 'shape'),
  /** Lists as JSON. */
  ...required('json', 'path', 'detectors', 'details'),
  ...required('text', 'repair'),
];

/** A row for each suspect of an analysis, or finding of a scan. */
export const reporter: Reporter = {
  render: (input) => parquetOf(COLUMNS, issuesOf(input).map(rowOf)),
};

function rowOf(issue: Issue): Row {
  const { signature, level, title, confidence, holder, place, growth, retainedSize, repair } = issue;
  const list = (texts: readonly string[]) => JSON.stringify(texts.map((text) => terminalText(text)));
  return {
    ...{ signature: terminalText(signature), level, title: terminalText(title), confidence },
    ...{ holder: terminalText(holder.expression), holder_kind: terminalText(holder.kind) },
    ...{ script: place ? terminalText(place.script) : null, line: place?.line ?? null, column: place?.column ?? null },
    ...{ retained_size: retainedSize, count: growth?.count.at(-1) ?? null },
    ...{ count_per_interval: growth?.countPerInterval ?? null, bytes_per_interval: growth?.bytesPerInterval ?? null },
    ...{ p_value: growth?.pValue ?? null, shape: growth?.shape ?? null },
    ...{ path: list(issue.path), detectors: list(issue.detectors), details: list(issue.details) },
    repair: terminalText(repair),
  };
}
