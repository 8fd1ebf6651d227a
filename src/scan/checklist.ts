import type { HeapTrend, LeakChecklist, ScanFinding } from '../base/scan-types.js';

/** Whether a trend shows a symptom; null where it does not say. */
type Shows = (trend: HeapTrend) => boolean | null;

const SYMPTOMS: readonly (readonly [name: string, shows: Shows])[] = [
  ['memory of the process rises', ({ residentRises }) => residentRises],
  [
    'full collections come, and leave more each time',
    ({ difference, basis, pValue, isRising }) =>
      difference.collections === null || pValue === null ? null : basis === 'full collections' && isRising,
  ],
  // Nothing in the telemetry of a process counts goroutines.
  ['goroutines stay as they are while allocations go on', () => null],
];

/** What findings are told by: detectors that know a pattern, and what holds it all. */
const CAUSES: readonly (readonly [name: string, detectors: readonly string[], holders: readonly string[]])[] = [
  [
    'lives longer than it is needed',
    [
      ...['retained-errors', 'pending-promise', 'async-store-pin', 'long-lived-weakmap-key', 'dead-weakrefs'],
      ...['string-retention', 'buffer-retention', 'detached-dom', 'unmounted-fiber'],
    ],
    [],
  ],
  ['a cache without a bound', ['unbounded-map', 'growing-array'], []],
  ['a closure, or what it shares its variables with', ['shared-context-pin', 'bound-and-module-growth'], []],
  [
    'a resource that is not closed',
    ['live-timers', 'emitter-listeners', 'event-target-listeners', 'stream-backlog', 'finalization-registry'],
    [],
  ],
  ['a registry that everyone can reach', [], ['global', 'module', 'static']],
];

/** The seed's symptoms and causes, as far as the evidence speaks of them. No verdict depends on it. */
export function checklistOf(trends: readonly HeapTrend[], findings: readonly ScanFinding[]): LeakChecklist {
  return {
    symptoms: SYMPTOMS.map(([name, shows]) => ({ name, isSeen: anyOf(trends.map(shows)) })),
    causes: CAUSES.map(([name, detectors, holders]) => ({
      name,
      findings: findings
        .filter((one) => one.detectors.some((known) => detectors.includes(known)) || holders.includes(one.holder.kind))
        .map(({ signature }) => signature),
    })),
  };
}

function anyOf(seen: readonly (boolean | null)[]): boolean | null {
  if (seen.some((one) => one === true)) return true;
  return seen.some((one) => one === false) ? false : null;
}
