import {
  anyOf,
  count,
  document,
  flag,
  integer,
  list,
  mapOf,
  number,
  object,
  oneOf,
  optional,
  orNull,
  positive,
  type Schema,
  text,
  textLike,
} from './schema-parts.js';

// What results are held against: the configuration, the baseline, and what is told of either.

/** Decimal units, as reports have them, or powers of 1024. */
const SIZE = '^\\d{1,15}(?:\\.\\d{1,3})? ?(?:B|[kMGT]B|[KMGT]iB)$';
const size = oneOf(count, textLike(SIZE, 'a size such as "50 MB" or "1.5 GiB"'));
const share = { type: 'number', minimum: 0 };
/** Not of a hundred: nothing would ever exceed that. */
const ofOne = { ...share, maximum: 1 };
const DATE = '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$';

const failOn = anyOf('high', 'medium', 'new', 'budget', 'never');
const scanFailOn = anyOf('high', 'medium', 'budget', 'never');
const suppression = { signature: textLike('^[0-9a-f]{40}$', 'a signature of 40 hexadecimal digits'), reason: text };
const WASTE = [
  ...['duplicate-strings', 'possibly-equal-strings', 'sliced-strings', 'sparse-tables', 'empty-collections'],
  ...['array-slack', 'duplicate-shapes', 'dead-variables'],
];
const someOf = (properties: Readonly<Record<string, Schema>>) =>
  object(Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, optional(schema)])));

/** What `heapsleuth.config.json` may have. */
export const configSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'heapsleuth configuration',
  ...someOf({
    $schema: text,
    failOn: oneOf(failOn, someOf({ analyze: failOn, batch: failOn, diff: anyOf('budget', 'never'), scan: scanFailOn })),
    budgets: someOf({
      heap: someOf({ size, nodes: count, growth: size }),
      classes: mapOf(someOf({ count, selfSize: size, retainedSize: size, growth: size, countGrowth: share })),
      suspects: someOf({ count, confidence: ofOne, retainedSize: size, growth: size, countGrowth: share }),
      waste: someOf(Object.fromEntries(WASTE.map((kind) => [kind, size]))),
    }),
    suppressions: list(object({ ...suppression, expires: textLike(DATE, 'a date such as "2027-01-31"') })),
    baseline: text,
    tolerance: oneOf(ofOne, textLike('^\\d{1,3}(?:\\.\\d{1,3})? ?%$', 'a share such as 0.1 or "10%"')),
    floor: size,
    reporters: mapOf(oneOf(text, { const: true })),
    detectors: mapOf(oneOf(flag, mapOf(share))),
    warmup: count,
    top: positive,
    thresholds: someOf({ alpha: share, window: oneOf(positive, textLike('^\\d{1,7}s$', 'a time such as "3600s"')) }),
    redact: anyOf('none', 'basic', 'names', 'full'),
    keyFile: text,
  }),
};

const bytesOrNone = orNull(integer);
const baselineSuspect = object({
  signature: text,
  title: text,
  confidence: number,
  countGrowth: orNull(number),
  growth: bytesOrNone,
  retainedSize: count,
});
const baselineClass = object({
  name: text,
  count,
  selfSize: count,
  retainedSize: count,
  countGrowth: orNull(number),
  growth: bytesOrNone,
});

export const baselineSchema = document('baseline', {
  engineVersion: text,
  snapshots: positive,
  heap: object({ size: count, nodes: count, growth: bytesOrNone }),
  unlisted: object({ count, retainedSize: count, countGrowth: orNull(number), growth: bytesOrNone }),
  suspects: list(baselineSuspect),
  classes: list(baselineClass),
});

export const suppressed = object({ reason: text, expires: text });
const budget = object({
  budget: text,
  unit: anyOf('bytes', 'count', 'confidence'),
  limit: number,
  actual: orNull(number),
  over: number,
  state: anyOf('met', 'exceeded', 'unknown'),
  what: optional(text),
  snapshot: optional(text),
  reason: optional(text),
});
const figureChange = object({
  what: text,
  isClass: flag,
  figure: anyOf('size', 'nodes', 'retainedSize', 'count', 'growth', 'countGrowth'),
  before: number,
  now: number,
  isWorse: flag,
});
const comparison = {
  tolerance: number,
  floor: count,
  isWorse: flag,
  suspects: list(
    object({
      signature: text,
      title: text,
      state: anyOf('new', 'gone', 'faster', 'slower', 'known'),
      isWorse: flag,
      confidence: orNull(number),
      figure: anyOf('growth', 'retainedSize'),
      before: bytesOrNone,
      now: bytesOrNone,
    }),
  ),
  heap: list(figureChange),
  classes: list(figureChange),
  notes: list(text),
};

export const comparisonSchema = document('comparison', comparison);

/** What a document has more where its result is held against something. */
export const gate = {
  budgets: optional(list(budget)),
  suppressions: optional(
    list(object({ signature: text, reason: text, expires: text, state: anyOf('applied', 'expired', 'unmatched') })),
  ),
  comparison: optional(object(comparison)),
  failures: optional(list(text)),
};
