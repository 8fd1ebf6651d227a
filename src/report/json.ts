import type {
  Analysis,
  ClassDiff,
  ClassGrowth,
  ClassSummary,
  FailedSnapshot,
  Freed,
  Growth,
  Outcome,
  ShallowReport,
  SnapshotReport,
  Statistics,
  WhatIfReport,
} from '../base/types.js';
import type { DiffReport } from './diff.js';
import type { ClassMembers, EdgeLine, Inspection, NodeLine } from './inspection.js';
import type { Listed } from './selection.js';
import { groupGrowthJson, seriesJson, suspectJson, trendJson } from './suspect-json.js';

// Each document is rebuilt key by key: the order of keys is part of the format, whatever order the engine fills
// objects in. Names from a heap are only ever values, never keys, so `__proto__` is a name like any other.

/** `more`: what the document has at its end where the result was held against something. */
export function analysisJson(analysis: Analysis, more: object = {}): string {
  const { schemaVersion, ...parts } = analysisParts(analysis);
  return toJson({ schemaVersion, kind: 'analysis', ...parts, ...more });
}

/** What the document of an analysis has, and nothing else that the engine may have left in it. */
export function analysisParts({ schemaVersion, snapshots, growth, series, suspects }: Analysis): Analysis {
  return {
    schemaVersion,
    snapshots: snapshots.map(outcome),
    growth: growth && growthOf(growth),
    series: series && seriesJson(series),
    suspects: suspects?.map(suspectJson),
  };
}

export function diffJson(report: DiffReport, more: object = {}): string {
  const { base, current, totals, classCount, classes } = report;
  const { newCount, deletedCount, countDelta, allocatedSize, freedSize, sizeDelta } = totals;
  return toJson({
    schemaVersion: 1,
    kind: 'diff',
    base,
    current,
    totals: { newCount, deletedCount, countDelta, allocatedSize, freedSize, sizeDelta },
    classCount,
    classes: classes.map(classDiff),
    ...more,
  });
}

export function inspectionJson(inspection: Inspection): string {
  const { file, node, edges, retainers, path, dominators, dominated } = inspection;
  return toJson({
    schemaVersion: 1,
    kind: 'inspection',
    file,
    node: { ...nodeLine(node), rawSelfSize: node.rawSelfSize, detachedness: node.detachedness },
    edges: listed(edges, edgeLine),
    retainers: listed(retainers, edgeLine),
    path: listed(path, (step) => ({ step: step.step, ...edgeLine(step) })),
    dominators: listed(dominators, (step) => ({ step: step.step, ...nodeLine(step) })),
    dominated: listed(dominated, nodeLine),
  });
}

export function membersJson({ file, className, members }: ClassMembers): string {
  return toJson({ schemaVersion: 1, kind: 'members', file, className, members: listed(members, nodeLine) });
}

export function whatIfJson(report: WhatIfReport): string {
  const { file, cuts, freed, freedByRealEphemerons, sumOfRetained, total, classCount, classes } = report;
  return toJson({
    schemaVersion: 1,
    kind: 'whatif',
    file,
    cuts: cuts.map(({ expression, nodes, edges }) => ({ expression, nodes, edges })),
    freed: freedNodes(freed),
    freedByRealEphemerons: freedByRealEphemerons && freedNodes(freedByRealEphemerons),
    sumOfRetained,
    total,
    classCount,
    classes: classes.map(({ key, name, count, bytes }) => ({ key, name, count, bytes })),
  });
}

function freedNodes({ nodes, bytes }: Freed) {
  return { nodes, bytes };
}

/**
 * One line, ended by a newline, so that documents can follow each other as NDJSON. Well-formed text: JSON.stringify
 * escapes lone surrogates and C0; what else a terminal acts on can stand in JSON only inside a string, where a Unicode
 * escape means the same.
 */
export function toJson(document: unknown): string {
  return `${inertJson(JSON.stringify(document))}\n`;
}

/** JSON that says the same, and nothing to a terminal. */
export function inertJson(text: string): string {
  return UNUSUAL.test(text) ? text.replace(TERMINAL_ACTIVE, unicodeEscape) : text;
}

/** What most documents have none of, which is quicker to see than what all Unicode says of a character. */
const UNUSUAL = /[^\n -~]/;

// Line breaks between values are ours: within them JSON has no bare ones.
const TERMINAL_ACTIVE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function unicodeEscape(character: string): string {
  let escaped = '';
  for (let unit = 0; unit < character.length; unit++) {
    escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}

export function outcome(snapshot: Outcome) {
  if (!snapshot.ok) return failedSnapshot(snapshot);
  return snapshot.mode === 'shallow' ? shallowReport(snapshot) : snapshotReport(snapshot);
}

function shallowReport({ ok, mode, file, nodeCount, edgeCount, selfSize, classCount, classes }: ShallowReport) {
  return {
    ok,
    mode,
    file,
    nodeCount,
    edgeCount,
    selfSize,
    classCount,
    classes: classes.map(({ key, name, count, selfSize }) => ({ key, name, count, selfSize })),
  };
}

function snapshotReport({
  ok,
  file,
  nodeCount,
  edgeCount,
  totalSize,
  statistics,
  classCount,
  classes,
}: SnapshotReport) {
  return {
    ok,
    file,
    nodeCount,
    edgeCount,
    totalSize,
    statistics: statisticsOf(statistics),
    classCount,
    classes: classes.map(classSummary),
  };
}

function failedSnapshot({ ok, file, error: { code, message, byteOffset } }: FailedSnapshot) {
  return { ok, file, error: { code, message, byteOffset } };
}

function statisticsOf({ total, native, v8heap }: Statistics) {
  const { code, jsArrays, strings, system } = v8heap;
  return {
    total,
    native: { total: native.total, typedArrays: native.typedArrays },
    v8heap: { total: v8heap.total, code, jsArrays, strings, system },
  };
}

export function classSummary({ key, name, count, selfSize, retainedSize, distance }: ClassSummary) {
  return { key, name, count, selfSize, retainedSize, distance };
}

function growthOf({ snapshots, classCount, classes, paths, dominated }: Growth) {
  return {
    snapshots,
    classCount,
    classes: classes.map(classGrowth),
    paths: paths?.map(groupGrowthJson),
    dominated: dominated?.map(groupGrowthJson),
  };
}

function classGrowth(growth: ClassGrowth) {
  const { key, name, count, selfSize, retainedSize, countDeltas, selfSizeDeltas, retainedSizeDeltas } = growth;
  const { risingSteps, totalCountDelta, totalSelfSizeDelta, totalRetainedSizeDelta, trend } = growth;
  return {
    key,
    name,
    count,
    selfSize,
    retainedSize,
    countDeltas,
    selfSizeDeltas,
    retainedSizeDeltas,
    risingSteps,
    totalCountDelta,
    totalSelfSizeDelta,
    totalRetainedSizeDelta,
    trend: trendJson(trend),
  };
}

function classDiff(diff: ClassDiff) {
  const { key, name, newCount, deletedCount, countDelta, allocatedSize, freedSize, sizeDelta } = diff;
  const { retainedSizeBase, retainedSizeCurrent, retainedSizeDelta } = diff;
  return {
    key,
    name,
    newCount,
    deletedCount,
    countDelta,
    allocatedSize,
    freedSize,
    sizeDelta,
    retainedSizeBase,
    retainedSizeCurrent,
    retainedSizeDelta,
  };
}

function listed<T, U>({ total, items }: Listed<T>, show: (item: T) => U) {
  return { total, items: items.map(show) };
}

function nodeLine({ id, ordinal, type, name, nameLength, className, selfSize, retainedSize, distance }: NodeLine) {
  return { id, ordinal, type, name, nameLength, className, selfSize, retainedSize, distance };
}

function edgeLine({ type, name, node }: EdgeLine) {
  return { type, name, node: nodeLine(node) };
}
