import { analysisText } from './analysis-text.js';
import { gateText } from './gate-text.js';
import type { Reporter } from './reporter.js';
import { scanText } from './scan-text.js';

/** Text for people, as without any reporter. */
export const reporter: Reporter = {
  render: (input) => {
    const { gate, screen } = input;
    const [text, items] =
      input.kind === 'scan'
        ? [scanText(input.report, screen, input.extras), input.report.findings]
        : [analysisText(input.analysis, input.rows, screen), input.analysis.suspects];
    return gate === undefined ? text : `${gateText(gate, items ?? [], screen)}\n${text}`;
  },
};
