import { baselineSchema, comparisonSchema, configSchema, gate, suppressed } from './schema-gate.js';
import {
  anyOf,
  count,
  document,
  flag,
  holder,
  integer,
  list,
  number,
  object,
  optional,
  orNull,
  place,
  positive,
  type Schema,
  text,
} from './schema-parts.js';
import { extractionSchema, redactionSchema } from './schema-rewrite.js';
import { profileDiffSchema, querySchema, scanSchema } from './schema-scan.js';

const classSummary = object({
  key: text,
  name: text,
  count,
  selfSize: count,
  retainedSize: count,
  distance: integer,
});
const statistics = object({
  total: count,
  native: object({ total: count, typedArrays: count }),
  v8heap: object({ total: count, code: count, jsArrays: count, strings: count, system: count }),
});
const report = object({
  ok: { const: true },
  file: text,
  nodeCount: count,
  edgeCount: count,
  totalSize: count,
  statistics,
  classCount: count,
  classes: list(classSummary),
});
/** Of mode `shallow`: without the figures that the edges would have to tell. */
const shallow = object({
  ok: { const: true },
  mode: { const: 'shallow' },
  file: text,
  nodeCount: count,
  edgeCount: count,
  selfSize: count,
  classCount: count,
  classes: list(object({ key: text, name: text, count, selfSize: count })),
});
const failure = object({
  ok: { const: false },
  file: text,
  error: object({ code: text, message: text, byteOffset: optional(count) }),
});
const series = list({ type: ['integer', 'null'] });
const trend = {
  countPerInterval: number,
  bytesPerInterval: number,
  bytesInterval: object({ low: number, high: number, level: number }),
  pValue: number,
  adjustedPValue: { type: ['number', 'null'] },
  shape: text,
};
const classGrowth = object({
  key: text,
  name: text,
  count: series,
  selfSize: series,
  retainedSize: series,
  countDeltas: list(integer),
  selfSizeDeltas: list(integer),
  retainedSizeDeltas: list(integer),
  risingSteps: count,
  totalCountDelta: integer,
  totalSelfSizeDelta: integer,
  totalRetainedSizeDelta: integer,
  trend: object(trend),
});
const changes = {
  newCount: count,
  deletedCount: count,
  countDelta: integer,
  allocatedSize: count,
  freedSize: count,
  sizeDelta: integer,
};
const classDiff = object({
  key: text,
  name: text,
  ...changes,
  retainedSizeBase: count,
  retainedSizeCurrent: count,
  retainedSizeDelta: integer,
});
const nodeFields = {
  id: count,
  ordinal: count,
  type: text,
  name: text,
  nameLength: count,
  className: text,
  selfSize: count,
  retainedSize: count,
  distance: integer,
};
const edgeFields = { type: text, name: { type: ['string', 'integer'] }, node: object(nodeFields) };
const freed = object({ nodes: count, bytes: count });
const listed = (items: Schema) => object({ total: count, items: list(items) });

const told = list(object({ label: text, value: { type: ['string', 'number'] } }));
const suspectGrowth = object({
  count: list(count),
  retainedSize: list(count),
  ...trend,
  births: orNull(list(count)),
});
const groupGrowth = object({
  holder,
  className: text,
  count: list(count),
  selfSize: list(count),
  retainedSize: list(count),
  ...trend,
});
const suspect = object({
  signature: text,
  title: text,
  verdict: text,
  confidence: number,
  seedScore: { type: ['number', 'null'] },
  growth: orNull(suspectGrowth),
  retainedSize: count,
  holder,
  path: list(text),
  evidence: told,
  detectors: list(text),
  repair: text,
  sampleIds: list(count),
  terms: object({
    growth: number,
    ages: number,
    share: number,
    regularity: number,
    detectors: number,
    artifact: number,
    bounded: number,
    plateau: number,
  }),
  suppressed: optional(suppressed),
  baseline: optional(anyOf('new', 'known')),
});
const seriesReport = object({
  compared: list(count),
  relation: text,
  comparedBy: text,
  warmUp: count,
  restarts: list(count),
  notes: list(text),
});
const groupTable = object({
  isCut: flag,
  keys: text,
  parents: text,
  members: text,
  degrees: text,
  selfSize: text,
  retainedSize: text,
});
const wasteKind = object({
  kind: text,
  reclaimable: count,
  atMost: optional(count),
  count,
  note: optional(text),
  itemCount: count,
  items: list(
    object({
      holder,
      className: text,
      count,
      bytes: count,
      reclaimable: count,
      atMost: optional(count),
      note: text,
      sampleIds: list(count),
      text: optional(object({ length: count, fingerprint: text, value: optional(text) })),
    }),
  ),
});
/** Columns are base64 of little-endian numbers. */
const evidence = object({
  totalSize: count,
  ids: object({ level: count, ids: text, kinds: text, largest: count }),
  groups: groupTable,
  dominated: groupTable,
  findings: list(
    object({
      detector: text,
      name: text,
      key: text,
      count,
      bytes: count,
      strength: number,
      bounded: optional(number),
      told: optional(
        object({
          title: text,
          holder,
          chain: list(count),
          sampleGroups: list(count),
          path: list(text),
          evidence: told,
          repair: text,
          sampleIds: list(count),
          identity: text,
        }),
      ),
    }),
  ),
  details: list(
    object({
      group: count,
      holder,
      chain: list(count),
      inside: count,
      memberClass: text,
      containerClass: text,
      memberPlace: optional(place),
      writers: optional(list(text)),
      path: list(text),
      distance: integer,
      identity: text,
      ids: text,
      sampleIds: list(count),
    }),
  ),
  dominatedDetails: list(object({ group: count, holder, className: text })),
  dominators: list(
    object({
      className: text,
      retainedSize: count,
      isClass: optional(flag),
      accumulation: object({
        className: text,
        id: count,
        retainedSize: count,
        holder,
        path: list(text),
        identity: text,
      }),
      members: optional(object({ className: text, count, retainedSize: count })),
    }),
  ),
});

/** What `--json` and `--shard` print, by the document's `kind`. */
export const SCHEMAS = {
  analysis: document('analysis', {
    snapshots: list({ oneOf: [report, shallow, failure] }),
    growth: optional(
      object({
        snapshots: list(count),
        classCount: count,
        classes: list(classGrowth),
        paths: optional(list(groupGrowth)),
        dominated: optional(list(groupGrowth)),
      }),
    ),
    series: optional(seriesReport),
    suspects: optional(list(suspect)),
    ...gate,
  }),
  diff: document('diff', {
    base: text,
    current: text,
    totals: object(changes),
    classCount: count,
    classes: list(classDiff),
    ...gate,
  }),
  inspection: document('inspection', {
    file: text,
    node: object({ ...nodeFields, rawSelfSize: count, detachedness: count }),
    edges: listed(object(edgeFields)),
    retainers: listed(object(edgeFields)),
    path: listed(object({ step: count, ...edgeFields })),
    dominators: listed(object({ step: count, ...nodeFields })),
    dominated: listed(object(nodeFields)),
  }),
  shard: document('shard', {
    shard: object({ index: positive, count: positive }),
    series: object({
      snapshotCount: count,
      listing: text,
      top: optional(positive),
      warmUp: optional(count),
      assumeSameProcess: optional(flag),
    }),
    names: optional(object({ from: count, digest: text })),
    snapshots: list(
      object({
        index: count,
        outcome: { oneOf: [report, failure] },
        classes: optional(list(classSummary)),
        evidence: optional(evidence),
      }),
    ),
  }),
  members: document('members', { file: text, className: text, members: listed(object(nodeFields)) }),
  whatif: document('whatif', {
    file: text,
    cuts: list(object({ expression: text, nodes: count, edges: count })),
    freed,
    freedByRealEphemerons: optional(freed),
    sumOfRetained: count,
    total: count,
    classCount: count,
    classes: list(object({ key: text, name: text, count, bytes: count })),
  }),
  /** No byte counts twice within a kind; `overlap`: two kinds may count the same one. */
  waste: document('waste', {
    file: text,
    nodeCount: count,
    totalSize: count,
    overlap: { const: true },
    kinds: list(wasteKind),
  }),
  scan: scanSchema,
  query: querySchema,
  'profile-diff': profileDiffSchema,
  baseline: baselineSchema,
  comparison: comparisonSchema,
  redaction: redactionSchema,
  extraction: extractionSchema,
  /** Of the file that commands are set up by, not of something that they print. */
  config: configSchema,
} as const;
