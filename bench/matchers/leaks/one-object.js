// The smallest: one object without anything else.
// Holder: kept

const kept = [];
export function call(n) {
  kept.push({ n });
}
