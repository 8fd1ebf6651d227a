import type { Suspect } from '#src/base/suspect-types.js';
import type { Analysis } from '#src/base/types.js';
import { sampleClass, sampleFailure, sampleGrowth, sampleReport } from '../report/samples.js';

export const SIGNATURE = 'a'.repeat(40);

export function sampleSuspect(title: string, changes: Partial<Suspect> = {}): Suspect {
  const growth = {
    ...{ countPerInterval: 50, bytesPerInterval: 50_000, bytesInterval: { low: 0, high: 0, level: 0.9 } },
    ...({ pValue: 0.001, adjustedPValue: 0.001, shape: 'linear', births: null } as const),
    ...{ count: [1, 51, 101], retainedSize: [1000, 51_000, 101_000] },
  };
  return {
    ...{ signature: SIGNATURE, title, verdict: 'leak suspect', confidence: 0.9, seedScore: null, growth },
    ...{ retainedSize: 101_000, holder: { expression: title, kind: 'global' }, path: [], evidence: [] },
    ...{ detectors: [], repair: 'Bound it', sampleIds: [] },
    terms: { growth: 1, ages: 1, share: 1, regularity: 1, detectors: 1, artifact: 1, bounded: 1, plateau: 1 },
    ...changes,
  };
}

/** Four snapshots, of which the third failed: sizes rise by 10,000; `Leak` by 50 and 50,000, `Session` not; `Still` is unchanged. */
export function sampleAnalysis(suspects: readonly Suspect[] = [sampleSuspect('cache keeps Leak')]): Analysis {
  const ok = [0, 1, 2].map((at) => ({
    ...sampleReport(`folder/s-${at + 1}.heapsnapshot`, ['Still', 'Leak'], 1000 + 100 * at),
    classes: [sampleClass('Still', 7)],
  }));
  const gap = (values: readonly (number | null)[]) => [values[0], values[1], null, values[2]];
  const rows = [sampleGrowth('Leak', [50, 50]), sampleGrowth('Session', [40, -40])].map((row) => ({
    ...row,
    count: gap(row.count),
    selfSize: gap(row.selfSize),
    retainedSize: gap(row.retainedSize),
  }));
  return {
    schemaVersion: 1,
    snapshots: [ok[0], ok[1], sampleFailure('folder/s-3.heapsnapshot'), ok[2]],
    growth: { snapshots: [0, 1, 3], classCount: 2, classes: rows },
    suspects,
  };
}
