// A list of the module that only gets longer.
// Holder: kept

const kept = [];
export function call(n) {
  kept.push({ id: n, tags: [n, n + 1] });
}
