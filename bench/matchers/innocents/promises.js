// Many promises at a time.

export async function call(n) {
  const all = await Promise.all(Array.from({ length: 100 }, async (_, at) => at * n));
  return all.length;
}
