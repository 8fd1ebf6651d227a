/**
 * Most values of a series that is compared pair by pair: 2,000 make 1,999,000 pairs, 16 MB of slopes and a fifth of a
 * second to sort them.
 */
export const MOST_VALUES = 2000;

/**
 * Throws a RangeError unless a series is one: finite numbers, at least `fewest` and at most `MOST_VALUES`.
 * Longer ones are refused instead of thinned: averaging neighbours or leaving some out changes what a trend is tested on
 * (the first makes neighbours more alike, the second forgets values), so that is for the caller to choose and to say.
 */
export function checkSeries(values: readonly number[], fewest = 0): void {
  if (values.length < fewest || values.length > MOST_VALUES) {
    throw new RangeError(`series: found ${values.length} values, expected ${fewest} to ${MOST_VALUES}`);
  }
  checkFinite('series', values);
}

/**
 * Positions of the values: 0 … n - 1 where none are given, otherwise the given ones (seconds, numbers of rounds), as many
 * as values and strictly ascending, or a RangeError. Two values at one position have no slope.
 */
export function positionsOf(values: readonly number[], positions?: readonly number[]): readonly number[] {
  if (positions === undefined) return Array.from(values.keys());
  if (positions.length !== values.length) {
    throw new RangeError(`positions: found ${positions.length}, expected ${values.length}, one a value`);
  }
  checkFinite('positions', positions);
  const wrong = positions.findIndex((position, index) => index > 0 && position <= positions[index - 1]);
  if (wrong > 0) {
    throw new RangeError(`positions: found ${positions[wrong]} after ${positions[wrong - 1]}, expected a larger one`);
  }
  return positions;
}

function checkFinite(what: string, values: readonly number[]): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new RangeError(`${what}: found ${values[wrong]} at ${wrong}, expected a finite number`);
}
