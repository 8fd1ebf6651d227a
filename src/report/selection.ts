/** Some of `total` things. */
export interface Listed<T> {
  readonly total: number;
  readonly items: readonly T[];
}

/**
 * The `limit` items with the largest key, largest first; among equal keys the earlier item. One pass and memory for
 * twice `limit` items, since a node can have millions of edges.
 */
export function largest<T>(items: Iterable<T>, limit: number, key: (item: T) => number): Listed<T> {
  let best: { item: T; key: number }[] = [];
  let total = 0;
  let floor = Number.NEGATIVE_INFINITY;
  const prune = () => {
    // Array sort is stable, so equal keys stay in the order of arrival.
    best = best.sort((a, b) => (a.key === b.key ? 0 : b.key - a.key)).slice(0, limit);
    if (best.length === limit) floor = best[limit - 1].key;
  };
  for (const item of items) {
    total += 1;
    const value = key(item);
    if (total > limit && value <= floor) continue;
    best.push({ item, key: value });
    if (best.length >= 2 * limit) prune();
  }
  prune();
  return { total, items: best.map(({ item }) => item) };
}

/** Places 0 … length - 1, or the first and last of them, `limit` in all. */
export function ends(length: number, limit: number): number[] {
  const head = Math.min(length, Math.ceil(limit / 2));
  const tail = Math.min(length - head, limit - head);
  const places: number[] = [];
  for (let place = 0; place < head; place++) places.push(place);
  for (let place = length - tail; place < length; place++) places.push(place);
  return places;
}
