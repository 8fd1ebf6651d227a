import { LAYERS } from '../base/scan-layers.js';
import type { LeakChecklist, ScanInput, ScanLayer, ScanReport } from '../base/scan-types.js';
import { anchorSeed } from '../scan/seed.js';
import { findingText } from './scan-finding-text.js';
import type { ScanExtras } from './scan-json.js';
import { sitesText, trendsText } from './scan-trend-text.js';
import { verdictOf } from './scan-verdict.js';
import { heading, type Screen } from './screen.js';
import { seedText } from './seed-figures.js';
import { terminalText } from './terminal-text.js';
import { formatCount } from './units.js';

/** Findings told in full. */
const TOLD = 5;

/** A scan, for people: the verdict, what to do about each finding, and what every layer had to go by. */
export function scanText(report: ScanReport, screen: Screen, { span, seed }: ScanExtras = {}): string {
  const { bold, red, green, yellow } = screen.style;
  const paint = report.verdict === 'leak' ? red : report.verdict === 'clean' ? green : yellow;
  const told = report.findings.slice(0, TOLD);
  return [
    `${bold(paint(verdictOf(report)))}\n`,
    ...seedTexts(report, screen, span),
    ...report.contradictions.map((text) => `  ${terminalText(text, screen.width - 2)}\n`),
    ...(told.length > 0
      ? ['\n', heading('Findings', `${told.length} of ${report.findings.length}, the worst first`, screen)]
      : []),
    ...told.map((finding, at) => findingText(finding, at + 1, screen)),
    ...missedText(report.missed, screen),
    ...trendsText(report.trends, screen),
    ...sitesText(report.sites, screen),
    ...checklistText(report.checklist, screen),
    '\n',
    heading('Layers', 'each signed over those before it', screen),
    ...report.layers.map((layer) => layerText(layer, screen)),
    '\n',
    heading('Files', `${report.inputs.length}`, screen),
    ...report.inputs.map((input) => inputText(input, screen)),
    ...(seed ? [seedText(screen)] : []),
  ].join('');
}

/** What makes it worth a report though nothing leaks, and the seed's own figures, beside ours. */
function seedTexts({ trigger, severitySeed }: ScanReport, { style }: Screen, span: string | undefined): string[] {
  const texts = [
    ...(trigger === 'P99' ? ['a heap is above the 99th percentile of its baseline'] : []),
    ...(severitySeed !== null ? [`severity by the longest pause: ${severitySeed}`] : []),
    ...(span !== undefined ? [terminalText(anchorSeed(span), 200)] : []),
  ];
  return texts.map((text) => `  ${style.dim(text)}\n`);
}

/** What trends and patterns have found apart from each other says how much neither has. */
function missedText(missed: ScanReport['missed'], { style }: Screen): string[] {
  if (missed === null) return [];
  const { byGrowth, byPattern, byBoth } = missed;
  const found = `${byGrowth} by growth, ${byPattern} by pattern, ${byBoth} by both`;
  return [`  ${style.dim(`found ${found}; estimated missed: ${Number(missed.missed.toFixed(1))}`)}\n`];
}

/** What a leak looks like, and what it comes from, as far as there is something to see. */
function checklistText({ symptoms, causes }: LeakChecklist, screen: Screen): string[] {
  const seen = symptoms.filter(({ isSeen }) => isSeen !== null);
  const behind = causes.filter(({ findings }) => findings.length > 0);
  if (seen.length === 0 && behind.length === 0) return [];
  return [
    '\n',
    heading('Symptoms and causes', 'as far as the evidence speaks of them', screen),
    ...seen.map(({ name, isSeen }) => `  ${isSeen ? 'yes' : 'no '}  ${name}\n`),
    ...behind.map(({ name, findings }) => `  ${String(findings.length).padEnd(3)}  ${name}\n`),
  ];
}

function layerText({ level, status, reason, signature_hash }: ScanLayer, { style }: Screen): string {
  const what = status === 'ok' ? 'ok' : style.yellow(`no evidence: ${terminalText(reason ?? '')}`);
  return `  L${level} ${LAYERS[level - 1].title.padEnd(28)} ${style.dim(signature_hash.slice(0, 12))}  ${what}\n`;
}

function inputText(
  { file, kind, format, lines, used, bad, badLines, left, error }: ScanInput,
  { style, width }: Screen,
): string {
  const name = terminalText(file, Math.max(30, width / 2));
  if (error) return `  ${name}  ${style.red(terminalText(`${error.code}: ${error.message}`))}\n`;
  if (kind === 'snapshot' || kind === 'profile') return `  ${name}  ${style.dim(kind)}\n`;
  if (kind === 'other') return `  ${name}  ${style.dim('no telemetry that is known')}\n`;
  const broken = bad
    ? `; ${style.yellow(`${formatCount(bad)} broken, the first: line ${badLines?.[0]?.line}, ${badLines?.[0]?.reason}`)}`
    : '';
  const more = left ? `; ${style.yellow(`${formatCount(left)} samples of more than 256 processes left out`)}` : '';
  return `  ${name}  ${style.dim(`${format}, ${formatCount(used ?? 0)} of ${formatCount(lines ?? 0)} lines used`)}${broken}${more}\n`;
}
