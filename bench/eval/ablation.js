// What each part of the confidence is good for: it is switched off, and suspects are judged and ordered anew.
import { confidenceOf } from '../../dist/suspects/confidence.js';

const TERMS = ['growth', 'ages', 'share', 'regularity', 'detectors'];
const FACTORS = ['artifact', 'bounded', 'plateau'];

/**
 * @typedef {{name: string, apply: (suspects: object[], comparedBy: string) => object[]}} Change
 *   what is made of a run's suspects, in the order in which they are then listed
 */

/** @type {Change[]} */
export const CHANGES = [
  { name: 'as it is', apply: (suspects) => rescored(suspects, {}) },
  ...TERMS.map((term) => ({ name: `without ${term}`, apply: (suspects) => rescored(suspects, { [term]: 0 }) })),
  ...FACTORS.map((factor) => ({ name: `without ${factor}`, apply: (suspects) => rescored(suspects, { [factor]: 1 }) })),
  { name: 'no detector, from terms', apply: withoutDetectors },
  { name: 'order: confidence', apply: (suspects) => ordered(suspects, ({ confidence }) => confidence) },
  { name: 'order: bytes an interval', apply: (suspects) => ordered(suspects, bytesOf) },
  { name: 'order: retained size', apply: (suspects) => ordered(suspects, ({ retainedSize }) => retainedSize) },
  { name: 'order: seedScore', apply: (suspects) => ordered(suspects, ({ seedScore }) => seedScore ?? 0) },
];

/** A term of 0 or a factor of 1 says nothing: as if it had no weight. */
function rescored(suspects, off) {
  const judged = suspects.map((suspect) => ({
    ...suspect,
    confidence: confidenceOf({ ...suspect.terms, ...off }, suspect.growth?.count.length ?? 1),
  }));
  return ordered(judged, (suspect) => suspect.confidence * Math.max(0, bytesOf(suspect)));
}

/**
 * Leaves out what only a detector sees. Other names of holders would be: where a path ends inside the engine, a detector's
 * name for the holder is taken, and stays. Analysing again with all detectors off (`--without-detectors`) is exact.
 */
function withoutDetectors(suspects, comparedBy) {
  return rescored(
    suspects.filter((suspect) => !isDetectorsAlone(suspect, comparedBy)),
    { detectors: 0 },
  );
}

/** What grows along paths has members, whose births are told wherever ids mean something; a detector's finding has none. */
export function isDetectorsAlone({ detectors, growth }, comparedBy) {
  return detectors.length > 0 && comparedBy === 'ids' && growth !== null && growth.births === null;
}

function bytesOf({ growth, retainedSize }) {
  return growth === null ? retainedSize : growth.bytesPerInterval;
}

function ordered(suspects, figure) {
  const byText = (a, b) => (a < b ? -1 : Number(a > b));
  return [...suspects].sort((a, b) => figure(b) - figure(a) || byText(a.signature, b.signature));
}
