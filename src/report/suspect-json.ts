import type {
  GroupGrowth,
  Place,
  SeriesReport,
  Suspect,
  SuspectEvidence,
  SuspectGrowth,
  SuspectHolder,
  SuspectTerms,
  Trend,
} from '../base/suspect-types.js';

// Rebuilt key by key, as all documents are: the order of keys is part of the format.

export function seriesJson({ compared, relation, comparedBy, warmUp, restarts, notes }: SeriesReport): SeriesReport {
  return { compared, relation, comparedBy, warmUp, restarts, notes };
}

export function suspectJson(suspect: Suspect): Suspect {
  const { signature, title, verdict, confidence, seedScore, growth, retainedSize, holder, path } = suspect;
  const { evidence, detectors, repair, sampleIds, terms } = suspect;
  return {
    ...{ signature, title, verdict },
    confidence: rounded(confidence),
    seedScore: seedScore === null ? null : rounded(seedScore),
    growth: growth && growthJson(growth),
    retainedSize,
    holder: holderJson(holder),
    path,
    evidence: evidence.map(evidenceLine),
    ...{ detectors, repair, sampleIds },
    terms: termsJson(terms),
  };
}

export function growthJson({ count, retainedSize, births, ...trend }: SuspectGrowth): SuspectGrowth {
  return { count, retainedSize, ...trendJson(trend), births };
}

export function groupGrowthJson({
  holder,
  className,
  count,
  selfSize,
  retainedSize,
  ...trend
}: GroupGrowth): GroupGrowth {
  return { holder: holderJson(holder), className, count, selfSize, retainedSize, ...trendJson(trend) };
}

export function trendJson({
  countPerInterval,
  bytesPerInterval,
  bytesInterval,
  pValue,
  adjustedPValue,
  shape,
}: Trend): Trend {
  const { low, high, level } = bytesInterval;
  return {
    ...{ countPerInterval, bytesPerInterval },
    bytesInterval: { low, high, level: rounded(level) },
    ...{ pValue, adjustedPValue, shape },
  };
}

export function holderJson({ expression, kind, place }: SuspectHolder): SuspectHolder {
  return { expression, kind, ...(place && { place: placeJson(place) }) };
}

export function placeJson({ script, line, column }: Place): Place {
  return { script, line, column };
}

export function evidenceLine({ label, value }: SuspectEvidence): SuspectEvidence {
  return { label, value };
}

function termsJson(terms: SuspectTerms): SuspectTerms {
  const { growth, ages, share, regularity, detectors, artifact, bounded, plateau } = terms;
  return {
    growth: rounded(growth),
    ages: rounded(ages),
    share: rounded(share),
    regularity: rounded(regularity),
    detectors: rounded(detectors),
    ...{ artifact, bounded, plateau },
  };
}

/** Digits behind these are noise, and differ between processors. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
