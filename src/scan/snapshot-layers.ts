import type { Suspect } from '../base/suspect-types.js';
import type { Analysis, ClassGrowth } from '../base/types.js';

/** Classes that grow, and how the snapshots were compared: L2. */
export interface DiffManifest {
  readonly compared: number;
  readonly relation: string;
  readonly comparedBy: string;
  readonly notes: readonly string[];
  readonly classes: readonly GrowingClass[];
}

export interface GrowingClass {
  readonly name: string;
  readonly count: readonly (number | null)[];
  readonly countPerInterval: number;
  readonly bytesPerInterval: number;
  readonly pValue: number;
}

/** What accumulates, and the chain of references that holds it: L3. */
export interface ChainManifest {
  /** Signatures of suspects and their paths. */
  readonly chains: readonly Chain[];
  /** Whether all candidates of L2 had to be looked at, since the likely ones had no chain. */
  readonly isWidened: boolean;
}

export interface Chain {
  readonly signature: string;
  readonly holder: string;
  readonly path: readonly string[];
  readonly verdict: string;
  readonly confidence: number;
  readonly retainedSize: number;
}

/** Containers that only fill: L4. Weak references and finalizers: L5. */
export interface PatternManifest {
  readonly patterns: readonly Pattern[];
}

export interface Pattern {
  readonly signature: string;
  readonly holder: string;
  readonly detectors: readonly string[];
  /** In every snapshot compared. */
  readonly counts: readonly number[];
  /** Snapshots in which there were fewer than before. */
  readonly falls: number;
}

const MOST_CLASSES = 20;
/** Below that a suspect is not worth a chain. */
const LEAST_CONFIDENCE = 0.3;

/** D1, D2, D8, D13: containers that nothing bounds. */
const CACHES: ReadonlySet<string> = new Set(['unbounded-map', 'growing-array', 'stream-backlog', 'buffer-retention']);
/** D9, D10, D11. */
const WEAK: ReadonlySet<string> = new Set(['dead-weakrefs', 'finalization-registry', 'long-lived-weakmap-key']);

export function diffManifest({ growth, series }: Analysis): DiffManifest {
  return {
    compared: series?.compared.length ?? 0,
    relation: series?.relation ?? 'uncertain',
    comparedBy: series?.comparedBy ?? 'structure',
    notes: series?.notes ?? [],
    classes: (growth?.classes ?? []).filter(isGrowing).slice(0, MOST_CLASSES).map(growingClass),
  };
}

/** With one snapshot nothing grows, and patterns are all there is. */
export function suspectsWorth({ suspects = [] }: Analysis): Suspect[] {
  return suspects.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE);
}

/**
 * Chains to what L2 has found. Where classes grow and none of the likely candidates has a path, it goes back to L2 once, for all the others,
 * however unsure: they are chains to look at, and no findings.
 */
export function chainsFor(
  analysis: Analysis | undefined,
  likely: readonly Suspect[],
  diff: DiffManifest | undefined,
): ChainManifest {
  const chains = chainsOf(likely);
  const isWidened = chains.length === 0 && (diff?.classes.length ?? 0) > 0;
  return { chains: isWidened ? chainsOf(analysis?.suspects ?? []) : chains, isWidened };
}

function chainsOf(suspects: readonly Suspect[]): Chain[] {
  return suspects
    .filter(({ path }) => path.length > 0)
    .map(({ signature, holder, path, verdict, confidence, retainedSize }) => ({
      ...{ signature, holder: holder.expression, path, verdict, confidence, retainedSize },
    }));
}

export function cacheManifest(suspects: readonly Suspect[]): PatternManifest {
  return patternsOf(suspects, CACHES);
}

export function weakManifest(suspects: readonly Suspect[]): PatternManifest {
  return patternsOf(suspects, WEAK);
}

function patternsOf(suspects: readonly Suspect[], names: ReadonlySet<string>): PatternManifest {
  return {
    patterns: suspects.flatMap(({ signature, holder, detectors, growth }) => {
      const known = detectors.filter((name) => names.has(name));
      const counts = growth?.count ?? [];
      const falls = counts.filter((count, at) => at > 0 && count < counts[at - 1]).length;
      return known.length === 0 ? [] : [{ signature, holder: holder.expression, detectors: known, counts, falls }];
    }),
  };
}

function isGrowing({ trend }: ClassGrowth): boolean {
  return trend.countPerInterval > 0 && trend.bytesPerInterval > 0;
}

function growingClass({ name, count, trend }: ClassGrowth): GrowingClass {
  const { countPerInterval, bytesPerInterval, pValue } = trend;
  return { name, count, countPerInterval, bytesPerInterval, pValue };
}
