/**
 * p-values adjusted for how many there are (Benjamini & Hochberg, "Controlling the False Discovery Rate", 1995), in the
 * order of `p`. To call all tests with an adjusted value of at most q discoveries makes q the expected share of false ones
 * among them, for independent tests and for positively dependent ones (Benjamini & Yekutieli, 2001), as classes
 * that grow together are.
 *
 * Step-up: the i-th smallest of m values becomes the least of p(j)·m/j over all j ≥ i, at most 1. So adjusted values keep the order of
 * the values, equal ones stay equal, and none is below its own p. m is the number of candidates that were tested: leaving
 * out those with large p beforehand would make the rest look better than it is.
 *
 * Throws a RangeError for what is not within 0 … 1. Costs O(m log m).
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const wrong = p.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) throw new RangeError(`p-values: found ${p[wrong]} at ${wrong}, expected 0 to 1`);
  // Sorting is stable, so which of equal values comes first does not depend on the machine.
  const order = Array.from(p.keys()).sort((a, b) => p[a] - p[b]);
  const adjusted = new Array<number>(p.length);
  let least = 1;
  for (let at = order.length - 1; at >= 0; at--) {
    // The quotient first: it is exactly 1 for the largest value, which therefore stays what it is.
    least = Math.min(least, p[order[at]] * (p.length / (at + 1)));
    adjusted[order[at]] = least;
  }
  return adjusted;
}
