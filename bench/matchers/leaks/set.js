// A set of objects.
// Holder: seen

const seen = new Set();
export function call(n) {
  seen.add({ visitor: n });
}
