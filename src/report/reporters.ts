import type { Reporter, ReporterNeeds } from './reporter.js';

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
  pprof: () => import('./reporter-pprof.js'),
  parquet: () => import('./reporter-parquet.js'),
  'parquet-growth': () => import('./reporter-parquet-growth.js'),
  'parquet-findings': () => import('./reporter-parquet-findings.js'),
};

/** By name; of those that are not here nothing is. */
export const REPORTER_NEEDS: Readonly<Record<string, ReporterNeeds>> = {
  html: { picture: true, charts: true },
};
