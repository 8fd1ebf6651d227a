import type { Analysis } from '../base/types.js';
import { renderFailures } from './failure-text.js';
import type { Screen } from './screen.js';
import { seriesText } from './series-text.js';
import { shallowText } from './shallow-text.js';
import { snapshotText } from './snapshot-text.js';
import { suspectsText } from './suspect-text.js';

/** What `analyze` and `batch` print: a series when snapshots could be compared, else each snapshot for itself. */
export function analysisText(analysis: Analysis, top: number, screen: Screen): string {
  if (analysis.growth !== undefined) return seriesText(analysis, analysis.growth, top, screen);
  const parts = analysis.snapshots.map((snapshot) => {
    if (!snapshot.ok) return '';
    return snapshot.mode === 'shallow' ? shallowText(snapshot, top, screen) : snapshotText(snapshot, top, screen);
  });
  return [...parts, suspectsText(analysis, screen), renderFailures(analysis.snapshots, screen)]
    .filter((part) => part !== '')
    .join('\n');
}
