// `import 'heapsleuth/jest'` in a file of `setupFilesAfterEnv`: Jest's `expect` has the matchers then, and their types.

import type { LeakOptions } from './leak-check.js';
import { matchers } from './matchers.js';
import type { RetainedOptions } from './retained.js';
import type { Size } from './sizes.js';

export * from './index.js';

interface LeakMatchers<R> {
  /** Passes where an analysis has no suspect that is sure enough, and the heap does not grow more than it may. */
  toHaveNoLeak(options?: LeakOptions): R;
  /** Passes where the heap, a class or a node retains less: of an open snapshot, or of the last one of an analysis. */
  toRetainLessThan(limit: Size, options?: RetainedOptions): R;
}

declare global {
  /** As `@types/jest` has it. */
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: declared as it is there
    interface Matchers<R, T = {}> extends LeakMatchers<R> {}
  }
}

const { expect } = globalThis as { expect?: { extend?: (added: typeof matchers) => void } };
if (typeof expect?.extend !== 'function')
  throw new Error(
    'heapsleuth/jest: found no global expect, expected Jest; elsewhere use matchers of heapsleuth/matchers',
  );
expect.extend(matchers);
