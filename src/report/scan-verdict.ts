import type { ScanReport } from '../base/scan-types.js';

const VERDICTS: Readonly<Record<ScanReport['verdict'], string>> = {
  leak: 'Something leaks.',
  suspicious: 'Heaps go on growing, but nothing in the snapshots accounts for it.',
  clean: 'No leak found.',
  'no evidence': 'Too little to go by: no trend of memory over time, and no two snapshots to compare.',
  unverified: 'Not verified: the layers contradict each other.',
};

/** What the snapshots show may be right without being sure. */
export function verdictOf({ verdict, findings, sites }: Pick<ScanReport, 'verdict' | 'findings' | 'sites'>): string {
  // A sample of what is in use may be a cache that fills as well as a leak.
  if (verdict === 'no evidence' && sites.length > 0)
    return 'Heap profiles alone are no verdict. What they have more of is below: snapshots would tell who holds it.';
  if (verdict !== 'suspicious' || findings.length === 0) return VERDICTS[verdict];
  return 'Heaps go on growing. What the snapshots show is not sure yet: more of them would tell.';
}
