/**
 * Milliseconds below are no date: they would be of the spring of 1973. Such a timestamp is in seconds, and such a time counts from the start of a
 * program.
 */
export const LEAST_DATE = 1e11;
/** The last millisecond of the year 9999: what is later no calendar has, and no folder of an archive is called. */
export const LAST_DATE = 253_402_300_799_999;

/** NaN for what is there and no time. */
export function timestampOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    return Number.isNaN(number) ? Date.parse(value) : timestampOf(number);
  }
  if (typeof value !== 'number' || !(value >= 0)) return Number.NaN;
  return value < LEAST_DATE ? 1000 * value : value;
}
