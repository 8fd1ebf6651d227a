import {
  count,
  document,
  flag,
  holder,
  list,
  number,
  object,
  optional,
  orNull,
  positive,
  text,
} from './schema-parts.js';

/** One of these values. */
const anyOf = (...values: readonly (string | number)[]) => ({ oneOf: values.map((value) => ({ const: value })) });

const level = anyOf(1, 2, 3, 4, 5);
const finding = object({
  signature: text,
  title: text,
  severity: anyOf('HIGH', 'MEDIUM'),
  confidence: number,
  seedScore: orNull(number),
  trail: list(object({ level, saw: text })),
  holder,
  path: list(text),
  growth: orNull(object({ count: list(count), retainedSize: list(count) })),
  retainedSize: count,
  detectors: list(text),
  repair: text,
  anchor: text,
});
const rule = object({
  rule: text,
  fired: count,
  threshold: optional(number),
  samples: list(object({ ts: number, value: number, threshold: number })),
});
const trend = object({
  source: text,
  process: text,
  metric: text,
  samples: count,
  from: number,
  to: number,
  hasTimes: flag,
  clockJumps: count,
  basis: text,
  points: count,
  warmUp: count,
  start: number,
  end: number,
  pValue: orNull(number),
  slope: orNull(object({ median: number, low: number, high: number, level: number })),
  shape: text,
  changePoint: orNull(object({ ts: number, before: number, after: number })),
  isRising: flag,
  limit: orNull(number),
  hoursToLimit: orNull(number),
  rules: list(rule),
});
const input = object({
  file: text,
  kind: anyOf('telemetry', 'snapshot', 'other'),
  format: optional(text),
  lines: optional(count),
  used: optional(count),
  bad: optional(count),
  badLines: optional(list(object({ line: positive, reason: text }))),
  error: optional(object({ code: text, message: text, byteOffset: optional(count) })),
});
const layer = object({
  level,
  output: text,
  deps: list(text),
  status: anyOf('ok', 'no-evidence'),
  reason: optional(text),
  prevHash: text,
  signature_hash: text,
});

export const scanSchema = document('scan', {
  engineVersion: text,
  verdict: anyOf('leak', 'suspicious', 'clean', 'no evidence', 'unverified'),
  contradictions: list(text),
  findings: list(finding),
  trends: list(trend),
  inputs: list(input),
  layers: list(layer),
});

export const querySchema = document('query', {
  columns: list(object({ name: text, type: text })),
  rows: list(list({ oneOf: [{ type: 'null' }, text, number, flag] })),
  isCut: flag,
});
