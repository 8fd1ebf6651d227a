import { AssertionError } from 'node:assert';
import type { Analysis } from '../base/types.js';
import { checkLeaks, isClean, type LeakOptions } from './leak-check.js';
import { leakText } from './leak-text.js';

/**
 * What an analysis says of leaks, for people, for any test runner. Throws where the analysis cannot say: where a snapshot failed, or there
 * are too few.
 */
export function describeLeaks(analysis: Analysis, options: LeakOptions = {}): string {
  return leakText(checkLeaks(analysis, options, 'describeLeaks'));
}

/** Throws an `AssertionError` that says what leaks, who holds it and what to change. Throws also where `describeLeaks` does. */
export function assertNoLeak(analysis: Analysis, options: LeakOptions = {}): void {
  const check = checkLeaks(analysis, options, 'assertNoLeak');
  if (isClean(check)) return;
  throw new AssertionError({ message: leakText(check), operator: 'assertNoLeak', stackStartFn: assertNoLeak });
}
