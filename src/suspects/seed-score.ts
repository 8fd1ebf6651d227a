/**
 * 0.45·min(age/10, 1) + 0.35·min(depth/8, 1) + 0.20·min(freq/200, 1): age in snapshots survived by the oldest member that was born in
 * the series, depth from the user roots, freq in new members. A column for comparison, never what suspects are ranked by: it
 * rewards depth, and allocation is not survival. Snapshots have no clock, so freq is an interval's instead of a second's.
 */
export function seedScore(births: readonly number[], snapshots: number, distance: number): number {
  const oldest = births.findIndex((count) => count > 0);
  const age = oldest < 0 ? 0 : Math.min(snapshots, births.length) - oldest;
  const depth = Math.max(0, distance);
  const fresh = births.at(-1) ?? 0;
  return 0.45 * Math.min(age / 10, 1) + 0.35 * Math.min(depth / 8, 1) + 0.2 * Math.min(Math.max(0, fresh) / 200, 1);
}
