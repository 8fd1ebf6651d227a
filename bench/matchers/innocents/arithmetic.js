// Nothing but numbers.

export function call(n) {
  let sum = 0;
  for (let at = 0; at < 10_000; at++) sum += Math.sqrt(at * n);
  return sum;
}
