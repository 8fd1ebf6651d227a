import type { Reporter } from './reporter.js';

/** What `--reporter` takes. A reporter is loaded when it is asked for. */
export const REPORTERS: Readonly<Record<string, () => Promise<{ readonly reporter: Reporter }>>> = {
  terminal: () => import('./reporter-terminal.js'),
  json: () => import('./reporter-json.js'),
  ndjson: () => import('./reporter-ndjson.js'),
  html: () => import('./reporter-html.js'),
  markdown: () => import('./reporter-markdown.js'),
  csv: () => import('./reporter-csv.js'),
  junit: () => import('./reporter-junit.js'),
  github: () => import('./reporter-github.js'),
  sarif: () => import('./reporter-sarif.js'),
  openmetrics: () => import('./reporter-openmetrics.js'),
  speedscope: () => import('./reporter-speedscope.js'),
  folded: () => import('./reporter-folded.js'),
};
