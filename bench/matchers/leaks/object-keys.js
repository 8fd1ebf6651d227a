// A plain object as a cache.
// Holder: cache

const cache = {};
export function call(n) {
  cache[`user-${n}`] = { name: `user ${n}`, roles: [n] };
}
