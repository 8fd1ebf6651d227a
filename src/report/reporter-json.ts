import { analysisJson } from './json.js';
import type { Reporter } from './reporter.js';
import { scanJson } from './scan-json.js';

/** The document of `--json`. */
export const reporter: Reporter = {
  render: (input) => (input.kind === 'scan' ? scanJson(input.report, input.extras) : analysisJson(input.analysis)),
};
