import { analysisText } from './analysis-text.js';
import type { Reporter } from './reporter.js';
import { scanText } from './scan-text.js';

/** Text for people, as without any reporter. */
export const reporter: Reporter = {
  render: (input) =>
    input.kind === 'scan'
      ? scanText(input.report, input.screen, input.extras)
      : analysisText(input.analysis, input.rows, input.screen),
};
