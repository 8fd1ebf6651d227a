import type { HeapTrend, RuleResult, ScanFinding, ScanInput, ScanLayer, ScanReport } from '../base/scan-types.js';
import { holderJson, rounded } from './suspect-json.js';

// Rebuilt key by key, as all documents are.

export function scanJson({
  engineVersion,
  verdict,
  contradictions,
  findings,
  trends,
  inputs,
  layers,
}: ScanReport): string {
  const document = {
    ...{ schemaVersion: 1, kind: 'scan', engineVersion, verdict, contradictions },
    findings: findings.map(finding),
    trends: trends.map(trend),
    inputs: inputs.map(input),
    layers: layers.map(layer),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
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
    ...{ repair: found.repair, anchor: found.anchor },
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
    ...{ isRising, limit, hoursToLimit, rules: rules.map(rule) },
  };
}

function rule({ rule: name, fired, samples, threshold }: RuleResult) {
  return {
    ...{ rule: name, fired },
    ...(threshold !== undefined && { threshold }),
    samples: samples.map((sample) => ({ ts: sample.ts, value: sample.value, threshold: sample.threshold })),
  };
}

function input({ file, kind, format, lines, used, bad, badLines, error }: ScanInput) {
  return {
    ...{ file, kind, format, lines, used, bad },
    ...(badLines && { badLines: badLines.map(({ line, reason }) => ({ line, reason })) }),
    ...(error && { error: { code: error.code, message: error.message, byteOffset: error.byteOffset } }),
  };
}

function layer({ level, output, deps, status, reason, prevHash, signature_hash }: ScanLayer) {
  return { level, output, deps, status, ...(reason !== undefined && { reason }), prevHash, signature_hash };
}
