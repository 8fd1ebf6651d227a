// What tests need, for any runner: `expect.extend(matchers)`, or `assertNoLeak` without one.

export { assertNoLeak, describeLeaks } from './assert-no-leak.js';
export type { LeakOptions } from './leak-check.js';
export { type MatcherContext, type MatcherResult, matchers } from './matchers.js';
export { type Measured, type MeasureOptions, measureLeaks } from './measure.js';
export type { LeakMeasurement, MeasuredRounds } from './measurement.js';
export type { RetainedOptions } from './retained.js';
export type { Size } from './sizes.js';
