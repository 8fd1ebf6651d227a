import type { HeapTrend, ScanFinding, ScanInput, ScanReport, ScanSite } from '../base/scan-types.js';
import { type FileNames, knownOf, redactError, redactHolder, redactPlace } from './redact-analysis.js';
import type { TextRedaction } from './redact-text.js';

/** All texts of a scan. Signatures, hashes and figures stay; what layers are signed over is not shown. */
export function redactScan(report: ScanReport, text: TextRedaction, nameOf: FileNames): ScanReport {
  const { findings, trends, layers, sites, contradictions, inputs } = report;
  return {
    ...report,
    findings: findings.map((finding) => redactFinding(finding, text)),
    trends: trends.map((trend) => redactTrend(trend, text, nameOf)),
    layers: layers.map(({ reason, ...layer }) => ({
      ...layer,
      ...(reason !== undefined && { reason: text.sentence(reason) }),
    })),
    sites: sites.map((site) => redactSite(site, text)),
    contradictions: contradictions.map((one) => text.sentence(one)),
    inputs: inputs.map((input) => redactInput(input, text, nameOf)),
  };
}

function redactFinding(finding: ScanFinding, text: TextRedaction): ScanFinding {
  const { title, holder, path, trail, repair, original, suppressed } = finding;
  const known = knownOf(holder, text);
  return {
    ...finding,
    title: title.includes(' keeps ') ? text.title(title) : text.sentence(title, known),
    holder: redactHolder(holder, text),
    path: path.map((step) => text.expression(step)),
    trail: trail.map(({ level, saw }) => ({ level, saw: text.sentence(saw, known) })),
    repair: text.sentence(repair, known),
    original: original && redactPlace(original, text),
    ...(suppressed && { suppressed: { ...suppressed, reason: text.text(suppressed.reason) } }),
  };
}

/** Numbers of processes say nothing. */
export function redactProcess(process: string, text: TextRedaction): string {
  return /^\d{1,10}(?: \(\d+\))?$/.test(process) ? process : text.text(process);
}

function redactTrend(trend: HeapTrend, text: TextRedaction, nameOf: FileNames): HeapTrend {
  const { source, process, rules } = trend;
  return {
    ...trend,
    source: nameOf(source),
    process: redactProcess(process, text),
    rules: rules.map(({ nearestSnapshot, ...rule }) => ({
      ...rule,
      ...(nearestSnapshot !== undefined && { nearestSnapshot: nameOf(nearestSnapshot) }),
    })),
  };
}

function redactSite(site: ScanSite, text: TextRedaction): ScanSite {
  const { function: name, script, stack, original } = site;
  return {
    ...site,
    function: text.name(name),
    script: text.script(script),
    stack: stack.map((step) => text.expression(step)),
    original: original && redactPlace(original, text),
  };
}

function redactInput(input: ScanInput, text: TextRedaction, nameOf: FileNames): ScanInput {
  const { badLines, error } = input;
  const file = nameOf(input.file);
  return {
    ...{ ...input, file },
    ...(badLines && { badLines: badLines.map(({ line, reason }) => ({ line, reason: text.sentence(reason) })) }),
    ...(error && { error: redactError(error, text, input.file, file) }),
  };
}
