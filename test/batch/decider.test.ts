import { expect, it } from 'vitest';
import { Decider } from '#src/batch/decider.js';

it('the last snapshot decides; when it fails the one before it, and so on', () => {
  const decider = new Decider(4);
  expect(decider.index).toBe(3);
  expect([2, 3].map((index) => decider.isAwaited(index))).toEqual([false, true]);
  decider.fail(1);
  expect(decider.index).toBe(3);
  decider.fail(3);
  expect(decider.index).toBe(2);
  decider.fail(2);
  expect(decider.index).toBe(0);
  expect(decider.names).toBeUndefined();
});

it('none is awaited once it has decided, or when all have failed', () => {
  const decided = new Decider(2);
  decided.decide([{ name: '{a}', properties: ['a'] }]);
  expect(decided.isAwaited(1)).toBe(false);
  expect(decided.names).toEqual([{ name: '{a}', properties: ['a'] }]);
  const failed = new Decider(2);
  failed.fail(0);
  failed.fail(1);
  expect(failed.index).toBe(-1);
  expect([0, 1].some((index) => failed.isAwaited(index))).toBe(false);
});
