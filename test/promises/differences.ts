/** First position where two columns differ, -1 if none: millions of numbers are too many for a printed comparison. */
export function firstDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Math.min(found.length, expected.length);
  for (let at = 0; at < found.length; at++) if (found[at] !== expected[at]) return at;
  return -1;
}
