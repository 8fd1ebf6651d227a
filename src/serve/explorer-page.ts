import { readFileSync } from 'node:fs';

/** From the folders of the library's modules and of the command's bundles alike. */
const PAGE = '../ui/explorer.html';
const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/;

/** The explorer's page, and the policy that it states itself: nothing runs but its own script, nothing is asked but its own server. */
export interface ExplorerPage {
  readonly html: Buffer;
  readonly policy: string;
}

export function readExplorerPage(): ExplorerPage {
  const html = readFileSync(new URL(PAGE, import.meta.url));
  const [, policy] = POLICY.exec(html.toString('utf8')) ?? [];
  if (policy === undefined) throw new Error(`found no policy in ${PAGE}, expected one`);
  // A policy within a page cannot say who may show the page.
  return { html, policy: `${policy}; frame-ancestors 'none'` };
}
