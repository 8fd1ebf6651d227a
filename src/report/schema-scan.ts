import { gate, suppressed } from './schema-gate.js';
import {
  anyOf,
  count,
  document,
  flag,
  holder,
  list,
  number,
  object,
  optional,
  orNull,
  place,
  positive,
  text,
} from './schema-parts.js';

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
  original: orNull(place),
  suppressed: optional(suppressed),
});
const rule = object({
  rule: text,
  fired: count,
  threshold: optional(number),
  isAboveNow: optional(flag),
  nearestSnapshot: optional(text),
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
  pressure: object({ ofLimit: orNull(number), ofGoal: orNull(number), live: orNull(number), unused: orNull(number) }),
  difference: object({
    used: number,
    inUse: orNull(number),
    collections: orNull(number),
    prefers: anyOf('used', 'inUse'),
  }),
  rates: list(object({ metric: text, perMinute: number })),
  longestPause: orNull(number),
  residentRises: orNull(flag),
  detachedContexts: orNull(object({ first: number, last: number, pValue: number, isRising: flag })),
});
const site = object({
  function: text,
  script: text,
  line: count,
  column: count,
  values: list(count),
  delta: count,
  rises: count,
  count: optional(count),
  stack: list(text),
  original: orNull(place),
});
const input = object({
  file: text,
  kind: anyOf('telemetry', 'snapshot', 'profile', 'other'),
  format: optional(text),
  lines: optional(count),
  used: optional(count),
  bad: optional(count),
  badLines: optional(list(object({ line: positive, reason: text }))),
  left: optional(count),
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

const claim = object({ name: text, value: orNull(number), unit: orNull(text), isMeasured: { const: false } });
const limit = object({ low: number, high: number, prose: number, unit: text });
const seed = object({
  layers: list(
    object({
      level,
      exposure: text,
      remark: orNull(text),
      audit: orNull(object({ states: number, rounds: number, check: text })),
      convergeRate: object({ n: count, formula: number, text: number }),
    }),
  ),
  confidenceLimits: object({ age: limit, depth: limit, frequency: limit, alertAbove: number }),
  claims: object({ edge: list(claim), operation: list(claim) }),
});

export const scanSchema = document('scan', {
  engineVersion: text,
  verdict: anyOf('leak', 'suspicious', 'clean', 'no evidence', 'unverified'),
  trigger: orNull(anyOf('verdict', 'P99')),
  severitySeed: orNull(anyOf('HIGH', 'MEDIUM')),
  anchorSeed: optional(text),
  contradictions: list(text),
  findings: list(finding),
  isWidened: flag,
  checklist: object({
    symptoms: list(object({ name: text, isSeen: orNull(flag) })),
    causes: list(object({ name: text, findings: list(text) })),
  }),
  missed: orNull(object({ byGrowth: count, byPattern: count, byBoth: count, missed: number })),
  trends: list(trend),
  sites: list(site),
  inputs: list(input),
  layers: list(layer),
  seed: optional(seed),
  ...gate,
});

export const querySchema = document('query', {
  columns: list(object({ name: text, type: text })),
  rows: list(list({ oneOf: [{ type: 'null' }, text, number, flag] })),
  isCut: flag,
});

export const profileDiffSchema = document('profile-diff', {
  base: text,
  current: text,
  total: list(count),
  sites: list(
    object({
      ...{ function: text, script: text, line: count, column: count, base: count, current: count, delta: count },
      stack: list(text),
    }),
  ),
});
