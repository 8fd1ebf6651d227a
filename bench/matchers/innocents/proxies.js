// Proxies.

export function call(n) {
  const target = { n };
  const proxy = new Proxy(target, { get: (object, key) => object[key] ?? key });
  return proxy.n + String(proxy.missing).length;
}
