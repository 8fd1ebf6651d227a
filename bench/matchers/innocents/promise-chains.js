// A long chain.

export async function call(n) {
  let value = n;
  for (let at = 0; at < 50; at++) value = await Promise.resolve(value + at);
  return value;
}
