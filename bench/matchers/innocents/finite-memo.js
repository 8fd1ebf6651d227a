// A memo of a few keys.

const memo = new Map();
export function call(n) {
  const key = n % 12;
  if (!memo.has(key)) memo.set(key, { key, list: new Array(100).fill(key) });
  return memo.get(key).list.length;
}
