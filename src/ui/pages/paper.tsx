import type { Report } from '../model/report.js';
import { KeyFigures, LeftOut, Verdict } from './overview.js';

/** What is printed, whichever page is open: all that matters, one thing after the other. On a screen it is not there. */
export function Paper({ report }: { report: Report }) {
  return (
    <div class="paper">
      <Verdict report={report} />
      <KeyFigures report={report} />
      <LeftOut report={report} />
    </div>
  );
}
