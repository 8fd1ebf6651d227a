// Numbers in typed arrays.

export function call(n) {
  const numbers = Float64Array.from({ length: 4000 }, (_, at) => at * n);
  return numbers.subarray(10, 20).reduce((sum, value) => sum + value, 0);
}
