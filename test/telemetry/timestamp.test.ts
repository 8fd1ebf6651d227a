import { afterEach, describe, expect, test } from 'vitest';
import { timestampOf } from '#src/telemetry/timestamp.js';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe.each(['UTC', 'Asia/Tokyo', 'America/Los_Angeles'])('timestamps on a machine in %s', (name) => {
  test.each([
    ['2026-11-23 10:00:00', 10],
    ['2026-11-23T10:00:00', 10],
    ['2026-11-23T10:00:00.000000', 10],
    ['2026/11/23 10:00', 10],
    ['23 Nov 2026 10:00:00', 10],
    ['2026-11-23 10:00:00 PM', 22],
    ['2026-11-23', 0],
    ['2026-11-23T10:00:00Z', 10],
    ['2026-11-23T10:00:00+02:00', 8],
    ['2026-11-23 10:00:00-0130', 11.5],
    ['Mon Nov 23 2026 10:00:00 GMT+0900 (Japan Standard Time)', 1],
    [' 1795428000 ', 10],
    ['1795428000000', 10],
  ])('are the same: %s', (text, hour) => {
    process.env.TZ = name;
    expect(timestampOf(text)).toBe(Date.UTC(2026, 10, 23) + hour * 3_600_000);
  });

  test('are NaN for what is no time', () => {
    process.env.TZ = name;
    expect(['', 'x', '2026-11-23 10:00:00 XX', '-1'].map(timestampOf)).toEqual([NaN, NaN, NaN, NaN]);
  });
});
