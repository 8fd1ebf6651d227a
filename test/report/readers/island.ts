import type { ReportDocument } from '#src/base/report-types.js';

const ISLAND = /<script type="application\/json" id="document">(.*?)<\/script/gs;

/** The document within a page, as an HTML parser finds it: up to the first thing that ends a script. */
export function readIsland(page: string): ReportDocument {
  const found = [...page.matchAll(ISLAND)];
  if (found.length !== 1) throw new Error(`found ${found.length} documents in the page, expected 1`);
  return JSON.parse(found[0][1]);
}
