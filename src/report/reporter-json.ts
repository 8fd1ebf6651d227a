import { gateJson } from './gate-json.js';
import { analysisJson } from './json.js';
import type { Reporter } from './reporter.js';
import { scanJson } from './scan-json.js';

/** The document of `--json`. */
export const reporter: Reporter = {
  render: (input) => {
    const more = input.gate && gateJson(input.gate);
    return input.kind === 'scan' ? scanJson(input.report, input.extras, more) : analysisJson(input.analysis, more);
  },
};
