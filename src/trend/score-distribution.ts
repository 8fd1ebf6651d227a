/**
 * The exact distribution of S when every order of the values is as likely as any other, ties included.
 *
 * Nothing is enumerated. Put the values in place one group of equal ones after the other, smallest first: t equal values
 * can be woven into m smaller ones in C(m + t, t) ways, and how many of these leave j pairs in falling order (an inversion)
 * is the coefficient of q^j in the Gaussian binomial [m + t, t]. Weaving later groups in changes no pair of earlier ones,
 * so the polynomial of a whole tie pattern is the product (MacMahon, 1913: inversions of the permutations of a multiset).
 * Of P pairs with unequal values, j inverted ones leave S = P - 2j.
 *
 * Coefficients are whole numbers and add up to at most n!, so doubles hold them exactly up to n = 18.
 */

/** Up to here the distribution is exact; above, the normal approximation is (growth-and-ranking 3). */
export const EXACT_UP_TO = 9;

/**
 * P(j ≤ index) by tie pattern: there are 96 patterns of up to nine values, with 37 entries at most. A heap has thousands
 * of classes and a series of eight snapshots only 22 patterns, so all but the first of each are a look-up.
 */
const known = new Map<string, Float64Array>();

/** P(S ≥ s) for values with these numbers of equal ones (`tieSizes`, their sum at most `EXACT_UP_TO`). */
export function exactTail(sizes: readonly number[], s: number): number {
  const shares = sharesOf(sizes);
  const mostInversions = Math.floor((shares.length - 1 - s) / 2);
  if (mostInversions < 0) return 0;
  return shares[Math.min(mostInversions, shares.length - 1)];
}

/** The order of the groups does not matter for the product, so patterns are looked up by their sorted sizes. */
function sharesOf(sizes: readonly number[]): Float64Array {
  const pattern = sizes.toSorted((a, b) => a - b);
  const key = pattern.join();
  let shares = known.get(key);
  if (shares === undefined) {
    shares = cumulated(inversionCounts(pattern));
    known.set(key, shares);
  }
  return shares;
}

/** How many distinct orders of the values have 0, 1, … inversions; length: pairs of unequal values + 1. */
function inversionCounts(sizes: readonly number[]): number[] {
  let counts = [1];
  let placed = 0;
  for (const size of sizes) {
    for (let member = 1; member <= size; member++) counts = wovenIn(counts, placed, member);
    placed += size;
  }
  return counts;
}

/**
 * From [m + t - 1, t - 1] to [m + t, t], both times the same factor: multiply by 1 - q^(m + t), divide by 1 - q^t.
 * The quotient is a polynomial again, of a degree higher by m.
 */
function wovenIn(counts: readonly number[], placed: number, member: number): number[] {
  const woven = counts.concat(new Array<number>(placed).fill(0));
  for (let at = woven.length - 1; at >= placed + member; at--) woven[at] -= woven[at - placed - member];
  for (let at = member; at < woven.length; at++) woven[at] += woven[at - member];
  return woven;
}

function cumulated(counts: readonly number[]): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  return Float64Array.from(counts, (count) => {
    below += count;
    return below / total;
  });
}
