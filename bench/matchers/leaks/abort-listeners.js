// Listeners of one long-lived signal.
// Holder: AbortSignal|shutdown|signal

const shutdown = new AbortController();
export function call(n) {
  const state = { n, list: new Array(10).fill(n) };
  shutdown.signal.addEventListener('abort', () => state.list.length);
}
