// Generators that end, and one that is left in the middle.

function* numbers(n) {
  for (let at = 0; at < n; at++) yield { at };
}
export function call(n) {
  let sum = 0;
  for (const { at } of numbers(20)) sum += at;
  for (const { at } of numbers(20)) if (at > 5) break;
  return sum + n;
}
