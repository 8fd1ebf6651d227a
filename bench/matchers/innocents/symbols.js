// Symbols of the registry: twelve.

export function call(n) {
  return { [Symbol.for(`heapsleuth innocent ${n % 12}`)]: n };
}
