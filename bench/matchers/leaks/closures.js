// Functions with what they close over.
// Holder: handlers

const handlers = [];
export function call(n) {
  const big = new Array(30).fill(n);
  handlers.push(() => big.length);
}
