// A cache with a bound, full after the first calls.

const cache = new Map();
export function call(n) {
  cache.set(`key ${n}`, { n, list: new Array(50).fill(n) });
  if (cache.size > 16) cache.delete(cache.keys().next().value);
}
