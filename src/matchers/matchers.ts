import { formatExactBytes } from '../report/units.js';
import { checkLeaks, isClean, type LeakOptions } from './leak-check.js';
import { leakText } from './leak-text.js';
import { isLess, type Retained, type RetainedOptions, retainedBy } from './retained.js';
import { bytesOf, type Size } from './sizes.js';

/** What a matcher answers, in every runner that has `expect.extend`. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What runners give a matcher as `this`; all of it may be absent. */
export interface MatcherContext {
  readonly isNot?: boolean;
  readonly promise?: string;
  readonly utils?: {
    readonly matcherHint?: (
      name: string,
      received?: string,
      expected?: string,
      options?: { isNot?: boolean; promise?: string },
    ) => string;
  };
}

/** For `expect.extend`. Each throws where the value cannot say, so that `.not` does not pass then either. */
export const matchers = {
  /** Passes where an analysis has no suspect that is sure enough, and the heap does not grow more than it may. */
  toHaveNoLeak(this: MatcherContext | undefined, received: unknown, options: LeakOptions = {}): MatcherResult {
    const check = checkLeaks(received, options, 'toHaveNoLeak');
    const hint = hintOf(this, 'toHaveNoLeak', 'analysis', '');
    return { pass: isClean(check), message: () => `${hint}\n\n${leakText(check)}` };
  },

  /** Passes where the heap, a class or a node retains less: of an open snapshot, or of the last one of an analysis. */
  toRetainLessThan(
    this: MatcherContext | undefined,
    received: unknown,
    limit: Size,
    options: RetainedOptions = {},
  ): MatcherResult {
    const most = bytesOf(limit, 'toRetainLessThan');
    const retained = retainedBy(received, options);
    const hint = hintOf(this, 'toRetainLessThan', 'heap', 'limit');
    const pass = isLess(retained, most);
    const expected = `expected ${pass ? 'no less' : 'less'} than ${formatExactBytes(most)}`;
    return { pass, message: () => `${hint}\n\n${retainedText(retained)}, ${expected}` };
  },
};

function retainedText({ what, bytes, count, isAtMost }: Retained): string {
  const number = count === undefined ? '' : ` (${count} of them)`;
  return `found ${what}${number} retaining ${formatExactBytes(bytes)}${isAtMost ? ' or less' : ''}`;
}

/** The line that runners put first, in the runner's own colours. */
function hintOf(context: MatcherContext | undefined, name: string, received: string, expected: string): string {
  const { isNot, promise, utils } = context ?? {};
  if (utils?.matcherHint) return utils.matcherHint(name, received, expected, { isNot, promise });
  return `expect(${received})${isNot ? '.not' : ''}.${name}(${expected})`;
}
