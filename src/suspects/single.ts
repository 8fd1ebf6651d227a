import type { Suspect, SuspectEvidence, SuspectTerms } from '../base/suspect-types.js';
import { signatureOf } from '../paths/signature.js';
import { artifactFactor } from './artifacts.js';
import { boundedBy, capsFor, confidenceOf } from './confidence.js';
import type { FoundPattern, SnapshotEvidence, ToldDominator, ToldPattern } from './evidence.js';

/** Patterns of one snapshot that are worth a suspect of their own: the largest. */
const MOST_PATTERNS = 50;

const MOST_OF_IT = 0.5;

/**
 * What one snapshot shows: where much memory comes together, and patterns that are known to leak. Without a second snapshot nobody
 * can say that any of it grows, so confidence ends at a half.
 */
export function suspectsOfOne({ findings, dominators, totalSize }: SnapshotEvidence): Suspect[] {
  const patterns = findings.filter(isTold);
  const open = new Set(patterns.toSorted((a, b) => b.bytes - a.bytes).slice(0, MOST_PATTERNS));
  const big = dominators.map((dominator) => {
    const own = patterns.filter((pattern) => isAbout(pattern, dominator));
    for (const pattern of own) open.delete(pattern);
    return suspectOfDominator(dominator, own, totalSize);
  });
  return [...big, ...[...open].map(suspectOfPattern)];
}

type Told = FoundPattern & { readonly told: ToldPattern };

/** A pattern that the same holder has, and that is about most of what comes together there. */
function isAbout({ told, bytes }: Told, { accumulation }: ToldDominator): boolean {
  return told.holder.expression === accumulation.holder.expression && bytes >= MOST_OF_IT * accumulation.retainedSize;
}

function isTold(pattern: FoundPattern): pattern is Told {
  return pattern.told !== undefined && pattern.strength > 0;
}

function suspectOfDominator(dominator: ToldDominator, patterns: readonly Told[], totalSize: number): Suspect {
  const { accumulation, members, isClass } = dominator;
  const { holder, path, identity, retainedSize } = accumulation;
  const strength = patterns.reduce(
    (most, pattern) => Math.max(most, pattern.strength),
    retainedSize / Math.max(1, totalSize),
  );
  const what = members ? `${members.count} ${members.className}` : accumulation.className;
  const evidence: SuspectEvidence[] = [
    { label: 'share of the heap', value: Math.round((1000 * retainedSize) / Math.max(1, totalSize)) / 1000 },
    ...(members ? [{ label: `bytes of ${members.className}`, value: members.retainedSize }] : []),
  ];
  return onePattern({
    signature: signatureOf(identity),
    title: isClass ? `${what}, held by ${holder.expression}` : `${holder.expression} retains ${what}`,
    ...{ retainedSize, holder, path },
    evidence: [...evidence, ...patterns.flatMap(({ told }) => told.evidence)],
    detectors: [...new Set(patterns.map(({ name }) => name))],
    repair:
      patterns[0]?.told.repair ??
      `See whether ${isClass ? 'so many are meant to be there' : `${holder.expression} is meant to hold so much`}; a second snapshot tells whether it grows`,
    sampleIds: [accumulation.id],
    strength,
    bounded: boundedBy(patterns),
    artifact: artifactFactor(accumulation.className, path, holder),
  });
}

function suspectOfPattern(pattern: Told): Suspect {
  const { told, name, bytes, strength } = pattern;
  const { identity, title, holder, path, evidence, repair, sampleIds } = told;
  const signature = signatureOf(identity);
  const shown = { signature, title: `${holder.expression}: ${title}`, holder, path, evidence, repair, sampleIds };
  return onePattern({
    ...shown,
    detectors: [name],
    retainedSize: bytes,
    strength,
    bounded: boundedBy([pattern]),
    artifact: artifactFactor('', path, holder),
  });
}

type OnePattern = Omit<Suspect, 'verdict' | 'confidence' | 'seedScore' | 'growth' | 'terms'> & {
  readonly strength: number;
  readonly bounded: number;
  readonly artifact: number;
};

function onePattern({ strength, bounded, artifact, ...shown }: OnePattern): Suspect {
  const none = { growth: 0, ages: 0, share: 0, regularity: 0 };
  const terms: SuspectTerms = { ...none, detectors: Math.min(1, strength), artifact, bounded, plateau: 1 };
  return {
    ...shown,
    verdict: capsFor(1).verdict,
    confidence: confidenceOf(terms, 1),
    seedScore: null,
    growth: null,
    terms,
  };
}
