import { readFileSync } from 'node:fs';
import { reportDocumentText } from './report-document.js';
import type { Reporter, ReportInput } from './reporter.js';

/** Where the document belongs in the page that the build makes of `src/ui`. */
const PLACE = '"heapsleuth:document"';
/** From the folders of the library's modules and of the command's bundles alike. */
const FILE = '../ui/report.html';
/** Read once, with the reporter. */
const PAGE = readFileSync(new URL(FILE, import.meta.url), 'utf8');

/** One page that has all it needs: script, style and document. It opens from disk, and loads nothing. */
export const reporter: Reporter = { render };

function render(input: ReportInput): string {
  const [head, tail, ...more] = PAGE.split(PLACE);
  if (tail === undefined || more.length > 0)
    throw new Error(`found no place or several for a document in ${FILE}, expected one`);
  return head + reportDocumentText(input, Buffer.byteLength(PAGE)) + tail;
}
