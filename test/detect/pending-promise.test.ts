import { expect, test } from 'vitest';
import { pendingPromise } from '#src/detect/pending-promise.js';
import { evidenceOf, expressionsOf, findingsOf, lineOf } from './findings.js';

const found = await findingsOf('promises', pendingPromise);
const inner = found.with('await in ask()');
const outer = found.with('await in handle()');

test('settled calls, a single consumer and what waits in Node itself are not found', () => {
  expect(expressionsOf(found.findings)).toEqual([
    'await in ask() in promises.cjs',
    'await in handle() in promises.cjs',
    'promise callback onReply() in promises.cjs',
  ]);
});

test('suspended calls are counted by function, with what their variables hold', () => {
  expect(inner).toMatchObject({ count: 90, title: '90 suspended calls', key: 'await in ask() in promises.cjs' });
  expect(inner.holder?.place?.line).toBe(lineOf('promises', 'async function ask('));
  expect(Number(evidenceOf(inner, 'bytes that only local variables hold'))).toBeGreaterThan(90 * 400 * 4);
  expect(inner.bytes).toBeGreaterThan(Number(evidenceOf(inner, 'bytes that only local variables hold')));
  expect(evidenceOf(inner, 'newest promise held by')).toMatch(/^module-level waiting\[\]/);
});

test('calls that wait for other calls are weaker than those', () => {
  expect(outer.count).toBe(90);
  expect(evidenceOf(outer, 'waits for')).toBe('ask() in promises.cjs (90 times)');
  expect(outer.strength).toBeLessThan(0.6 * inner.strength);
});

test('callbacks of then() are counted by function', () => {
  const callbacks = found.with('promise callback');
  expect(callbacks).toMatchObject({ count: 30, title: '30 callbacks of pending promises' });
  expect(callbacks.holder?.place?.line).toBe(lineOf('promises', 'function onReply('));
});
