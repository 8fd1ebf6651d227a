// Copies.

export function call(n) {
  return structuredClone({ n, list: new Map([[n, new Set([1, 2, 3])]]) }).list.size;
}
