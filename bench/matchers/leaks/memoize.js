// A memo without a bound, in a closure.
// Holder: memo

function memoize(work) {
  const memo = new Map();
  return (key) => {
    if (!memo.has(key)) memo.set(key, work(key));
    return memo.get(key);
  };
}
const square = memoize((key) => ({ key, value: key * key }));
export function call(n) {
  square(n);
}
