import type { HeapTrend, ScanFinding, Severity, TrailStep } from '../base/scan-types.js';
import type { Place, Suspect } from '../base/suspect-types.js';
import type { DiffManifest, PatternManifest } from './snapshot-layers.js';

/** Above this one, and near the heap's limit, it is severe. */
const SEVERE = 0.92;
const HOURS_LEFT = 24;

/** What the layers have seen, each by itself. */
export interface LayerViews {
  readonly trends: readonly HeapTrend[];
  readonly diff: DiffManifest | undefined;
  readonly caches: PatternManifest;
  readonly weak: PatternManifest;
}

/** Where code comes from; undefined where nothing says it. */
export type OriginalOf = (place: Place) => Place | undefined;

/** A suspect as all layers see it. */
export function findingOf(suspect: Suspect, layers: LayerViews, originalOf: OriginalOf): ScanFinding {
  const { signature, title, confidence, seedScore, holder, path, growth, retainedSize, detectors, repair } = suspect;
  return {
    ...{ signature, title, severity: severityOf(confidence, layers.trends), confidence, seedScore },
    trail: trailOf(suspect, layers),
    ...{ holder, path, growth, retainedSize, detectors, repair },
    anchor: `flame://${signature}#${growth === null ? 'retained' : 'growth'}`,
    original: (holder.place && originalOf(holder.place)) ?? null,
  };
}

/** Whether a heap that goes on growing reaches its limit within a day. */
export function isNearLimit(trends: readonly HeapTrend[]): boolean {
  return trends.some(({ hoursToLimit }) => hoursToLimit !== null && hoursToLimit <= HOURS_LEFT);
}

function severityOf(confidence: number, trends: readonly HeapTrend[]): Severity {
  return confidence > SEVERE && isNearLimit(trends) ? 'HIGH' : 'MEDIUM';
}

function trailOf(
  { signature, holder, growth, path, terms }: Suspect,
  { trends, diff, caches, weak }: LayerViews,
): TrailStep[] {
  const steps: TrailStep[] = [];
  const rising = trends.filter(({ isRising }) => isRising);
  if (rising.length > 0) steps.push({ level: 1, saw: `${rising.length} of ${trends.length} heaps go on growing` });
  if (growth !== null) {
    const grown = diff?.classes.length ?? 0;
    steps.push({ level: 2, saw: `${growth.count.join(' → ')}, ${growth.shape}; ${grown} classes grow` });
  }
  if (path.length > 0) steps.push({ level: 3, saw: `${path.length} steps from the root to ${holder.expression}` });
  const cache = caches.patterns.find((pattern) => pattern.signature === signature);
  if (cache) {
    const filled = cache.falls === 0 ? 'it only fills' : `it shrank ${cache.falls} times`;
    steps.push({
      level: 4,
      saw: `${cache.detectors.join(', ')}: ${filled}${terms.bounded < 1 ? ', a limit stands beside it' : ''}`,
    });
  }
  const other = weak.patterns.find((pattern) => pattern.signature === signature);
  if (other) steps.push({ level: 5, saw: other.detectors.join(', ') });
  return steps;
}
