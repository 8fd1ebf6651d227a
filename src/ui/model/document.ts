import type { ReportDocument } from '../../base/report-types.js';

/** The document within the page. Throws where there is none, as in the page that no reporter has filled. */
export function readDocument(): ReportDocument {
  const found: unknown = JSON.parse(document.getElementById('document')?.textContent ?? 'null');
  if (typeof found !== 'object' || found === null || (found as ReportDocument).kind !== 'report')
    throw new Error('found a page without a report, expected one written by --reporter html');
  return found as ReportDocument;
}
