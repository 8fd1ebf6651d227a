/**
 * Milliseconds below are no date: they would be of the spring of 1973. Such a timestamp is in seconds, and such a time counts from the start of a
 * program.
 */
export const LEAST_DATE = 1e11;
/** No time lies behind it (ECMA-262, time values). */
const LAST_TIME = 8.64e15;
/** The last millisecond of the year 9999: what is later no calendar has, and no folder of an archive is called. */
export const LAST_DATE = 253_402_300_799_999;

/** At the end of a date: a zone's name or distance, if it has one. `PM` is none. */
const ZONE = /(?:[a-z)]|:\d{2}(?:\.\d+)?\s*[+-]\d{2}(?::?\d{2})?)$/i;
const HALF_OF_DAY = /\d\s*[ap]m$/i;

/** NaN for what is there and no time. Dates without a zone are of UTC. */
export function timestampOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isNaN(number)) return timestampOf(number);
    const ms = dateOf(value.trim());
    return ms >= 0 ? ms : Number.NaN;
  }
  if (typeof value !== 'number' || !(value >= 0)) return Number.NaN;
  if (value > LAST_TIME) return Number.NaN;
  return value < LEAST_DATE ? 1000 * value : value;
}

/** Not as `Date.parse` has it, which takes the zone of the machine: the same file would have other times, days and signatures on another. */
function dateOf(text: string): number {
  if (HALF_OF_DAY.test(text)) return Date.parse(`${text} UTC`);
  return Date.parse(ZONE.test(text) ? text : `${text}Z`);
}
