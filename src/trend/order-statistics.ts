/** What depends on the order of values alone. All of it costs a sort, O(n log n), and leaves its input as it is. */

/** The middle value, or the mean of the two; NaN for none. */
export function median(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/** The same for values that ascend already. */
export function medianOfSorted(ascending: ArrayLike<number>): number {
  const middle = ascending.length >> 1;
  if (ascending.length % 2 === 1) return ascending[middle];
  return (ascending[middle - 1] + ascending[middle]) / 2;
}

/**
 * The tie pattern: how many values there are of each distinct one, in ascending order of the values. Their sum is n;
 * a series without ties has n ones.
 */
export function tieSizes(values: readonly number[]): number[] {
  const ascending = Float64Array.from(values).sort();
  const sizes: number[] = [];
  for (let at = 0; at < ascending.length; at++) {
    if (at > 0 && ascending[at] === ascending[at - 1]) sizes[sizes.length - 1]++;
    else sizes.push(1);
  }
  return sizes;
}

/** Ranks 1 … n; equal values share the mean of theirs (midranks), so the sum is always n(n + 1) / 2. */
export function averageRanks(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]]) end++;
    // The ranks first + 1 … end have this mean.
    for (let at = first; at < end; at++) ranks[order[at]] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}
