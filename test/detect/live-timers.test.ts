import { expect, test } from 'vitest';
import { liveTimers } from '#src/detect/live-timers.js';
import { evidenceOf, expressionsOf, findingsOf, lineOf } from './findings.js';

const found = await findingsOf('timers', liveTimers);
const intervals = found.with('setInterval callback pollClient()');

test('timers that run are grouped by callback; cleared ones and those of Node are not found', () => {
  expect(expressionsOf(found.findings)).toEqual([
    'setInterval callback heartbeat() in timers.cjs',
    'setInterval callback pollClient() in timers.cjs',
    'setTimeout callback (anonymous) of expire() in timers.cjs',
  ]);
});

test('the intervals are counted, and the place is their callback’s', () => {
  expect(intervals).toMatchObject({
    count: 120,
    key: 'setInterval callback pollClient() in timers.cjs',
    title: "120 intervals in Node's timer lists",
  });
  expect(intervals.holder?.place?.line).toBe(lineOf('timers', 'function pollClient()'));
  expect(evidenceOf(intervals, 'closures')).toBe(120);
  // Each has an array of 500 elements behind it.
  expect(intervals.bytes).toBeGreaterThan(120 * 500 * 4);
});

test('bound callbacks count as the function that was bound', () => {
  expect(found.with('setInterval callback heartbeat()')).toMatchObject({ count: 3 });
});

test('timeouts, which end by themselves, are weaker than a third as many intervals', () => {
  const timeouts = found.with('setTimeout');
  expect(timeouts.count).toBe(40);
  expect(timeouts.strength).toBeLessThan(intervals.strength / 2);
  expect(timeouts.repair).toContain('clearTimeout');
});

test('the samples are the newest timers', () => {
  expect(intervals.samples.map(found.nameOf)).toEqual(['Timeout', 'Timeout', 'Timeout']);
  const ids = intervals.samples.map(found.idOf);
  expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  expect(new Set(ids).size).toBe(3);
});
