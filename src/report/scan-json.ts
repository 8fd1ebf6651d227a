import type {
  HeapTrend,
  LeakChecklist,
  RuleResult,
  ScanFinding,
  ScanInput,
  ScanLayer,
  ScanReport,
  ScanSite,
} from '../base/scan-types.js';
import type { Place } from '../base/suspect-types.js';
import { anchorSeed } from '../scan/seed.js';
import { inertJson } from './json.js';
import { seedJson } from './seed-figures.js';
import { growthJson, holderJson, rounded } from './suspect-json.js';

// Rebuilt key by key, as all documents are.

/** What a report may have besides. */
export interface ScanExtras {
  /** Of a trace, which the seed's anchor names. */
  readonly span?: string;
  /** Whether the figures of the first description are told. */
  readonly seed?: boolean;
}

export function scanJson(report: ScanReport, { span, seed }: ScanExtras = {}): string {
  const { engineVersion, verdict, trigger, severitySeed, contradictions, findings, missed, checklist, isWidened } =
    report;
  const document = {
    ...{ schemaVersion: 1, kind: 'scan', engineVersion, verdict, trigger, severitySeed, contradictions },
    ...(span !== undefined && { anchorSeed: anchorSeed(span) }),
    findings: findings.map(finding),
    isWidened,
    checklist: checklistJson(checklist),
    missed: missed && { ...missed, missed: rounded(missed.missed) },
    trends: report.trends.map(trend),
    sites: report.sites.map(site),
    inputs: report.inputs.map(input),
    layers: report.layers.map(layer),
    ...(seed && { seed: seedJson() }),
  };
  return `${inertJson(JSON.stringify(document, null, 2))}\n`;
}

/** What people look at of a scan: what the document has, how findings have grown in full, and no payloads of layers. */
export function scanParts(report: ScanReport): ScanReport {
  const { engineVersion, verdict, trigger, severitySeed, contradictions, missed, checklist, isWidened } = report;
  return {
    ...{ schemaVersion: 1, engineVersion, verdict, trigger, severitySeed, contradictions },
    findings: report.findings.map((found) => ({ ...finding(found), growth: found.growth && growthJson(found.growth) })),
    isWidened,
    checklist: checklistJson(checklist),
    missed: missed && { ...missed, missed: rounded(missed.missed) },
    trends: report.trends.map(trend),
    sites: report.sites.map(site),
    inputs: report.inputs.map(input),
    layers: report.layers.map((one) => ({ ...layer(one), payload: null })),
  };
}

function checklistJson({ symptoms, causes }: LeakChecklist): LeakChecklist {
  return {
    symptoms: symptoms.map(({ name, isSeen }) => ({ name, isSeen })),
    causes: causes.map(({ name, findings: signatures }) => ({ name, findings: signatures })),
  };
}

function finding(found: ScanFinding) {
  const { signature, title, severity, confidence, seedScore, trail, holder, path, growth, retainedSize, detectors } =
    found;
  return {
    ...{ signature, title, severity, confidence: rounded(confidence) },
    seedScore: seedScore === null ? null : rounded(seedScore),
    trail: trail.map(({ level, saw }) => ({ level, saw })),
    holder: holderJson(holder),
    ...{ path, growth: growth && { count: growth.count, retainedSize: growth.retainedSize }, retainedSize, detectors },
    ...{ repair: found.repair, anchor: found.anchor, original: found.original && placeJson(found.original) },
  };
}

function trend(heap: HeapTrend) {
  const { source, process, metric, samples, from, to, hasTimes, clockJumps, basis, points, warmUp, start, end } = heap;
  const { pValue, slope, shape, changePoint, isRising, limit, hoursToLimit, rules } = heap;
  return {
    ...{ source, process, metric, samples, from, to, hasTimes, clockJumps, basis, points, warmUp, start, end },
    ...{ pValue, slope: slope && { median: slope.median, low: slope.low, high: slope.high, level: slope.level } },
    shape,
    changePoint: changePoint && { ts: changePoint.ts, before: changePoint.before, after: changePoint.after },
    ...{ isRising, limit, hoursToLimit, rules: rules.map(rule), ...figures(heap) },
  };
}

function figures({ pressure, difference, rates, longestPause, detachedContexts, residentRises }: HeapTrend) {
  const { ofLimit, ofGoal, live, unused } = pressure;
  const { used, inUse, collections, prefers } = difference;
  return {
    pressure: { ofLimit, ofGoal, live, unused },
    difference: { used, inUse, collections, prefers },
    rates: rates.map(({ metric, perMinute }) => ({ metric, perMinute })),
    ...{ longestPause, residentRises },
    detachedContexts: detachedContexts && {
      ...{ first: detachedContexts.first, last: detachedContexts.last, pValue: detachedContexts.pValue },
      isRising: detachedContexts.isRising,
    },
  };
}

function site({ function: name, script, line, column, values, delta, rises, count, stack, original }: ScanSite) {
  return {
    ...{ function: name, script, line, column, values, delta, rises, ...(count !== undefined && { count }), stack },
    original: original && placeJson(original),
  };
}

function placeJson({ script, line, column }: Place) {
  return { script, line, column };
}

function rule({ rule: name, fired, samples, threshold, isAboveNow, nearestSnapshot }: RuleResult) {
  return {
    ...{ rule: name, fired },
    ...(threshold !== undefined && { threshold }),
    ...(isAboveNow !== undefined && { isAboveNow }),
    ...(nearestSnapshot !== undefined && { nearestSnapshot }),
    samples: samples.map((sample) => ({ ts: sample.ts, value: sample.value, threshold: sample.threshold })),
  };
}

function input({ file, kind, format, lines, used, bad, badLines, left, error }: ScanInput) {
  return {
    ...{ file, kind, format, lines, used, bad },
    ...(badLines && { badLines: badLines.map(({ line, reason }) => ({ line, reason })) }),
    ...(left !== undefined && { left }),
    ...(error && { error: { code: error.code, message: error.message, byteOffset: error.byteOffset } }),
  };
}

function layer({ level, output, deps, status, reason, prevHash, signature_hash }: ScanLayer) {
  return { level, output, deps, status, ...(reason !== undefined && { reason }), prevHash, signature_hash };
}
