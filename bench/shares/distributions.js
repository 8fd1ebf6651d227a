/** Bands of degrees by their lowest value; the last one is open. */
const BANDS = [0, 1, 2, 3, 5, 9, 17, 65];

/**
 * Which share of all values lies in each band.
 * @param {Uint32Array} values
 * @returns {[string, number][]}
 */
export function bandShares(values) {
  const counts = BANDS.map(() => 0);
  for (const value of values) {
    let band = BANDS.length - 1;
    while (value < BANDS[band]) band--;
    counts[band]++;
  }
  return counts.map((count, band) => [bandName(band), count / values.length]);
}

function bandName(band) {
  const [from, next] = [BANDS[band], BANDS[band + 1]];
  if (next === undefined) return `${from} and more`;
  return next === from + 1 ? String(from) : `${from} to ${next - 1}`;
}

/** The value that `share` of all values do not exceed. */
export function quantile(values, share) {
  const sorted = values.slice().sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** What the `count` largest values are of the sum of all. */
export function shareOfLargest(values, count) {
  const sorted = values.slice().sort();
  const sum = (list) => list.reduce((total, value) => total + value, 0);
  return sum(sorted.subarray(Math.max(0, sorted.length - count))) / sum(sorted);
}
