import type { HeapTrend, RuleResult } from '../base/scan-types.js';
import { LEAST_DATE } from '../telemetry/timestamp.js';

/** A file, and when it was last written, in milliseconds since 1970. */
export interface DatedFile {
  /** Without its folder. */
  readonly file: string;
  readonly modified: number;
}

/** The trends, each rule that has fired with the snapshot to look at first: the one that was written nearest to that. */
export function withNearestSnapshots(trends: readonly HeapTrend[], snapshots: readonly DatedFile[]): HeapTrend[] {
  return trends.map((trend) => ({ ...trend, rules: trend.rules.map((rule) => withNearest(rule, trend, snapshots)) }));
}

function withNearest(rule: RuleResult, { hasTimes }: HeapTrend, snapshots: readonly DatedFile[]): RuleResult {
  const [first] = rule.samples;
  if (first === undefined || snapshots.length === 0 || !hasTimes || first.ts < LEAST_DATE) return rule;
  const distance = ({ modified }: DatedFile) => Math.abs(modified - first.ts);
  const nearest = snapshots.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  return { ...rule, nearestSnapshot: nearest.file };
}
