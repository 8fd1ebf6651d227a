// An interval that is never cleared.
// Holder: setInterval|timer|poll

export function call(n) {
  const state = { n, items: new Array(20).fill(n) };
  setInterval(function poll() {
    return state.items.length;
  }, 3_600_000).unref();
}
