// How far figures could be off because the corpus has these patterns and not others.
import { Random } from '../generator/random.js';
import { addCounts, countsOf, metricsOf } from './score.js';

const ROUNDS = 1000;
const SEED = 1;
const [LOW, HIGH] = [0.025, 0.975];

/**
 * Metrics with intervals of 95 %. Patterns are drawn, not runs: the versions of Node that ran one pattern agree far more than two
 * patterns do. Programs and innocents are drawn apart, as many as there are; with fewer than two patterns there is no interval.
 * @param {import('./score.js').Judged[]} judged
 */
export function metricsWithIntervals(judged, rounds = ROUNDS) {
  const strata = ['program', 'innocent'].map((kind) => patternCounts(judged, kind));
  const metrics = metricsOf(countsOf(judged));
  const random = new Random(SEED);
  const drawn = Array.from({ length: rounds }, () =>
    metricsOf(addCounts(strata.flatMap((patterns) => patterns.map(() => patterns[random.below(patterns.length)])))),
  );
  const intervals = Object.fromEntries(
    Object.keys(metrics).map((name) => {
      const patterns = strata[name === 'innocentAlarms' ? 1 : 0].length;
      return [name, patterns < 2 ? null : intervalOf(drawn.map((each) => each[name]))];
    }),
  );
  return { patterns: strata.map(({ length }) => length), runs: judged.length, ...metrics, intervals };
}

function patternCounts(judged, kind) {
  const byPattern = new Map();
  for (const each of judged) {
    if ((each.variant === 'innocent') !== (kind === 'innocent')) continue;
    byPattern.set(each.pattern, [...(byPattern.get(each.pattern) ?? []), each]);
  }
  return [...byPattern.values()].map(countsOf);
}

function intervalOf(values) {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { low: at(LOW), high: at(HIGH) };
}
