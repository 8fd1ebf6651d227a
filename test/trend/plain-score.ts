/** S by its definition. */
export function plainScore(values: readonly number[]): number {
  let score = 0;
  for (const [at, value] of values.entries())
    for (const later of values.slice(at + 1)) score += Math.sign(later - value);
  return score;
}

/** All n! orders of the values; equal ones count as often as they occur, which does not change shares. */
export function* orders(values: readonly number[]): Generator<number[]> {
  if (values.length === 0) yield [];
  for (const [at, value] of values.entries()) {
    for (const rest of orders(values.toSpliced(at, 1))) yield [value, ...rest];
  }
}

/** P(S ≥ s) by counting all orders. */
export function plainTail(values: readonly number[], s: number): number {
  let [all, atLeast] = [0, 0];
  for (const order of orders(values)) {
    all++;
    if (plainScore(order) >= s) atLeast++;
  }
  return atLeast / all;
}
