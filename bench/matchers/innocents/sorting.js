// Lists that are sorted and searched.

export function call(n) {
  const list = Array.from({ length: 500 }, (_, at) => ({ key: (at * 7919 + n) % 1009 }));
  return list.toSorted((a, b) => a.key - b.key)[0].key;
}
