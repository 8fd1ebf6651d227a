// A cache with a bound that is full after three rounds.

const cache = new Map();
export function call(n) {
  cache.set(`key ${n}`, { n, list: new Array(20).fill(n) });
  if (cache.size > 60) cache.delete(cache.keys().next().value);
}
