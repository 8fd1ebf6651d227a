/**
 * Milliseconds below are no date: they would be of the spring of 1973. Such a timestamp is in seconds, and such a time counts from the start of a
 * program.
 */
export const LEAST_DATE = 1e11;
/** No date lies behind it (ECMA-262, time values). */
const LAST_DATE = 8.64e15;

/** NaN for what is there and no time. */
export function timestampOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isNaN(number)) return timestampOf(number);
    const ms = Date.parse(value);
    return ms >= 0 ? ms : Number.NaN;
  }
  if (typeof value !== 'number' || !(value >= 0)) return Number.NaN;
  if (value > LAST_DATE) return Number.NaN;
  return value < LEAST_DATE ? 1000 * value : value;
}
