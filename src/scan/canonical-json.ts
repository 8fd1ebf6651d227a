/**
 * JSON of which the same value has the same bytes wherever it is made: keys sorted by code units, no white space, what is undefined left
 * out. Throws a TypeError for numbers that JSON does not have, functions and cycles deeper than `DEEPEST`.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, 0);
}

/** What layers pay out is far shallower. */
const DEEPEST = 64;

function textOf(value: unknown, depth: number): string {
  if (depth > DEEPEST) throw new TypeError(`found a value nested deeper than ${DEEPEST}, expected a layer's output`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`found the number ${value}, expected one that JSON has`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item ?? null, depth + 1)).join(',')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${textOf(field, depth + 1)}`);
    return `{${fields.join(',')}}`;
  }
  throw new TypeError(`found a ${typeof value}, expected a value that JSON has`);
}
