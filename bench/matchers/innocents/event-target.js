// The same with an EventTarget and a signal.

const target = new EventTarget();
export function call(n) {
  const off = new AbortController();
  target.addEventListener('tick', () => n, { signal: off.signal });
  target.dispatchEvent(new Event('tick'));
  off.abort();
}
