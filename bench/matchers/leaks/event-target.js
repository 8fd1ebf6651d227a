// The same with an EventTarget.
// Holder: target

const target = new EventTarget();
export function call(n) {
  const state = { n, items: new Array(10).fill(n) };
  target.addEventListener('tick', () => state.items.length);
}
