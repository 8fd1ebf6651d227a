// A registry whose objects die, and which then forgets them.

const names = new Map();
const registry = new FinalizationRegistry((n) => names.delete(n));
export function call(n) {
  const object = { n };
  names.set(n, `object ${n}`);
  registry.register(object, n);
}
