// Texts there and back.

export function call(n) {
  const text = JSON.stringify(Array.from({ length: 200 }, (_, at) => ({ at, n, name: `row ${at}` })));
  return JSON.parse(text).length;
}
