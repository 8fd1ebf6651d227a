import { expect, test } from 'vitest';
import { asyncStorePin } from '#src/detect/async-store-pin.js';
import { evidenceOf, expressionsOf, findingsOf, lineOf } from './findings.js';

const found = await findingsOf('async-stores', asyncStorePin);
const byTimers = found.with('stores kept by setInterval');

test('stores of requests that are over are not found', () => {
  expect(expressionsOf(found.findings)).toEqual([
    'stores kept by await in wait() in async-stores.cjs',
    'stores kept by setInterval callback refresh() in async-stores.cjs',
  ]);
});

test('stores that intervals keep are counted under the callback', () => {
  expect(byTimers.count).toBe(70);
  expect(byTimers.key).toBe('stores kept by setInterval callback refresh() in async-stores.cjs');
  expect(byTimers.holder?.place?.line).toBe(lineOf('async-stores', 'function refresh()'));
  expect(evidenceOf(byTimers, 'class of the stores')).toBe('RequestStore');
  expect(evidenceOf(byTimers, 'resources that hold a store, on average')).toBe(1);
  expect(byTimers.bytes).toBeGreaterThan(70 * 100 * 4);
  expect(byTimers.samples.map(found.nameOf)).toEqual(['RequestStore', 'RequestStore', 'RequestStore']);
});

test('stores that calls in flight may keep are weaker', () => {
  const byCalls = found.with('stores kept by await');
  expect(byCalls.count).toBe(20);
  expect(byCalls.strength).toBeLessThan(byTimers.strength / 2);
});
