import type { Level, Severity } from '../base/scan-types.js';

/*
 * Figures that the scan was once described with. They are here under their names, exactly as given, so that they can be looked up and compared
 * with; no verdict, confidence or order depends on any of them. The score that goes with `CONFIDENCE_LIMITS` is `seedScore` of the suspects.
 */

/** L1 … L5 as layers of exposure (five-layer-scan S24), each with its remark. They are a network's, not a heap's: nothing here looks there. */
export const EXPOSURE: Readonly<Record<Level, { readonly name: string; readonly remark: string | null }>> = {
  1: { name: 'network edge', remark: 'ms' },
  2: { name: 'service fingerprint', remark: null },
  3: { name: 'API path', remark: null },
  4: { name: 'parameter', remark: 'AST' },
  5: { name: 'business logic', remark: null },
};

/** What an audit of a layer takes (five-layer-scan S26); null where nothing is said of one. */
export interface LayerAudit {
  readonly states: number;
  readonly rounds: number;
  readonly check: string;
}

export const AUDITS: Readonly<Record<Level, LayerAudit | null>> = {
  1: { states: 1e2, rounds: 1.2, check: 'SYN check' },
  2: null,
  3: null,
  4: { states: 1e6, rounds: 8.7, check: 'OpenAPI audit' },
  5: null,
};

/** Of L1 … L5. */
const CONVERGE_BASES = [0.95, 0.88, 0.76, 0.62, 0.45] as const;

/** Whether the formula is believed, or what is written about it. */
export type ConvergeReading = 'formula' | 'text';

/**
 * base^(n/1000) of a layer (five-layer-scan S25): 1 where n is 0, and falling from there. The formula and its text contradict each other:
 * with the bases as given L5 falls off fastest, the text has it slowest. `text` hands the bases out the other way round.
 */
export function convergeRate(layer: Level, n: number, reading: ConvergeReading = 'formula'): number {
  return CONVERGE_BASES[reading === 'formula' ? layer - 1 : CONVERGE_BASES.length - layer] ** (n / 1000);
}

/** The longest pause for garbage collection in milliseconds; it says nothing of a leak (five-layer-scan S44). */
export function severitySeed(longestPauseMs: number): Severity {
  return longestPauseMs > 2000 ? 'HIGH' : 'MEDIUM';
}

/** Where a report leads to in a trace (five-layer-scan S44): `span` is the caller's, for a heap has none. */
export function anchorSeed(span: string): string {
  return `flame://${span}#cpu+io`;
}

/**
 * Where confidence is low and where it is high (five-layer-scan S42). `prose` are the limits that the text names beside them:
 * collections survived, edges deep, allocations a second. Alerts are for scores above `alertAbove`.
 */
export const CONFIDENCE_LIMITS = {
  age: { low: 2, high: 6, prose: 3, unit: 'GCs' },
  depth: { low: 2, high: 7, prose: 5, unit: 'edges' },
  frequency: { low: 10, high: 100, prose: 50, unit: '/s' },
  alertAbove: 0.75,
} as const;
