// `import 'heapsleuth/vitest'` in a setup file: Vitest's `expect` has the matchers then, and their types.

import { expect } from 'vitest';
import type { LeakOptions } from './leak-check.js';
import { matchers } from './matchers.js';
import type { RetainedOptions } from './retained.js';
import type { Size } from './sizes.js';

export * from './index.js';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: declared as it is there
  interface Matchers<T = any> {
    /** Passes where an analysis has no suspect that is sure enough, and the heap does not grow more than it may. */
    toHaveNoLeak(options?: LeakOptions): void;
    /** Passes where the heap, a class or a node retains less: of an open snapshot, or of the last one of an analysis. */
    toRetainLessThan(limit: Size, options?: RetainedOptions): void;
  }
}

expect.extend(matchers);
