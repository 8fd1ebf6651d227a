import { expect, test } from 'vitest';
import { emitterListeners } from '#src/detect/emitter-listeners.js';
import { evidenceOf, expressionsOf, findingsOf, lineOf } from './findings.js';

const found = await findingsOf('emitters', emitterListeners);
const tick = found.with('listeners of "tick"');

test('emitters with a listener each and the listeners of Node are not found', () => {
  expect(expressionsOf(found.findings)).toEqual([
    'listeners of "audit" on global.keep.bus',
    'listeners of "drain" on global.keep.mixed',
    'listeners of "end" on global.keep.varied',
    'listeners of "flush" on global.keep.bus',
    'listeners of "tick" on global.keep.bus',
  ]);
});

test('listeners are counted by event, and the place is their function’s', () => {
  expect(tick).toMatchObject({ count: 250, key: 'listeners of "tick" on global.keep.bus' });
  expect(tick.holder?.place?.line).toBe(lineOf('emitters', 'function onTick()'));
  expect(evidenceOf(tick, 'distinct scopes among them')).toBe(250);
  expect(evidenceOf(tick, 'duplicates among them')).toBe(0);
  expect(tick.bytes).toBeGreaterThan(250 * 200 * 4);
  expect(tick.samples.map(found.nameOf)).toEqual(['onTick', 'onTick', 'onTick']);
});

test('the same function over the same variables is a duplicate, a bound one is not', () => {
  expect(evidenceOf(found.with('listeners of "audit"'), 'duplicates among them')).toBe(29);
  const flush = found.with('listeners of "flush"');
  expect(flush.count).toBe(8);
  expect(evidenceOf(flush, 'most frequent function')).toBe('audit() in emitters.cjs');
  expect(evidenceOf(flush, 'duplicates among them')).toBe(0);
});

test('once() is looked behind', () => {
  const drain = found.with('listeners of "drain"');
  expect(drain.count).toBe(15);
  expect(evidenceOf(drain, 'most frequent function')).toBe('onDrain() in emitters.cjs');
  expect(evidenceOf(drain, 'bound or registered for once')).toBe(15);
});

test('listeners from different places are weak', () => {
  const end = found.with('listeners of "end"');
  expect(evidenceOf(end, 'listeners from this function')).toBe(1);
  expect(end.strength).toBeLessThan(0.1);
  expect(tick.strength).toBeGreaterThan(0.8);
});
