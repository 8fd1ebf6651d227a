import type { HeapTrend, ScanFinding, ScanInput, ScanLayer, ScanReport, ScanSite } from '../base/scan-types.js';
import type { Place } from '../base/suspect-types.js';
import { LAYERS } from '../scan/context.js';
import { REPORTED } from '../scan/findings.js';
import { anchorSeed } from '../scan/seed.js';
import { LEAST_DATE } from '../telemetry/timestamp.js';
import { heading, type Screen } from './screen.js';
import { sparkline } from './sparkline.js';
import { terminalText } from './terminal-text.js';
import { formatBytes, formatBytesDelta, formatCount } from './units.js';

/** Findings told in full. */
const TOLD = 5;
const STEPS = 6;
const MOST_TRENDS = 10;
const MOST_SITES = 10;
const VERDICTS: Readonly<Record<ScanReport['verdict'], string>> = {
  leak: 'Something leaks.',
  suspicious: 'Heaps go on growing, but nothing in the snapshots accounts for it.',
  clean: 'No leak found.',
  'no evidence': 'Too little to go by: no trend of memory over time, and no two snapshots to compare.',
  unverified: 'Not verified: the layers contradict each other.',
};

/** A scan, for people: the verdict, what to do about each finding, and what every layer had to go by. */
export function scanText(report: ScanReport, screen: Screen, span?: string): string {
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
    '\n',
    heading('Layers', 'each signed over those before it', screen),
    ...report.layers.map((layer) => layerText(layer, screen)),
    '\n',
    heading('Files', `${report.inputs.length}`, screen),
    ...report.inputs.map((input) => inputText(input, screen)),
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

/** What the snapshots show may be right without being sure. */
function verdictOf({ verdict, findings }: ScanReport): string {
  if (verdict !== 'suspicious' || findings.length === 0) return VERDICTS[verdict];
  return 'Heaps go on growing. What the snapshots show is not sure yet: more of them would tell.';
}

function findingText(finding: ScanFinding, rank: number, screen: Screen): string {
  const { bold, dim, red, yellow } = screen.style;
  const { title, severity, confidence, holder, path, growth, retainedSize, repair, trail, detectors, original } =
    finding;
  const shown = (text: string) => terminalText(text, Math.max(40, screen.width - 16));
  const line = (label: string, text: string) => `     ${dim(label.padEnd(9))} ${text}\n`;
  const place = (original ?? holder.place) && `  ${placeText(original ?? (holder.place as Place))}`;
  return [
    ` ${rank}. ${bold((confidence >= REPORTED ? red : yellow)(shown(title)))}\n`,
    line('severity', `${severity}, confidence ${confidence.toFixed(2)}${seedText(finding.seedScore)}`),
    line(
      'growth',
      growth === null
        ? `unknown: retains ${formatBytes(retainedSize)}`
        : growthText(growth.count, growth.bytesPerInterval, growth.retainedSize),
    ),
    line('held by', `${shown(holder.expression)}${place ?? ''}`),
    line('path', shown(path.slice(-STEPS).join(' → '))),
    ...trail.map(({ level, saw }) => line(`L${level}`, shown(saw))),
    ...(detectors.length > 0 ? [line('known as', detectors.join(', '))] : []),
    line('change', shown(repair)),
  ].join('');
}

function placeText({ script, line }: Place): string {
  return terminalText(line > 0 ? `${script}:${line}` : script);
}

/** Beside the engine's own, which alone decides. */
function seedText(seedScore: number | null): string {
  return seedScore === null ? '' : `, ${seedScore.toFixed(2)} by age, depth and frequency`;
}

function growthText(count: readonly number[], bytesPerInterval: number, retainedSize: readonly number[]): string {
  return `${formatCount(count[0])} → ${formatCount(count[count.length - 1])}, ${formatBytesDelta(bytesPerInterval)} an interval ${sparkline(retainedSize)}`;
}

/** What trends and patterns have found apart from each other says how much neither has. */
function missedText(missed: ScanReport['missed'], { style }: Screen): string[] {
  if (missed === null) return [];
  const { byGrowth, byPattern, byBoth } = missed;
  const found = `${byGrowth} by growth, ${byPattern} by pattern, ${byBoth} by both`;
  return [`  ${style.dim(`found ${found}; estimated missed: ${Number(missed.missed.toFixed(1))}`)}\n`];
}

function sitesText(sites: readonly ScanSite[], screen: Screen): string[] {
  if (sites.length === 0) return [];
  const shown = sites.slice(0, MOST_SITES);
  return [
    '\n',
    heading('Functions with more in use', `${shown.length} of ${sites.length}, by heap profiles`, screen),
    ...shown.map(({ function: name, values, delta, original, ...place }) => {
      const sizes = `${formatBytes(values[0])} → ${formatBytes(values[values.length - 1])}`;
      const where = original ?? place;
      return `  ${terminalText(name, 40)}  ${formatBytesDelta(delta)}  ${sizes}  ${screen.style.dim(placeText(where))}\n`;
    }),
  ];
}

function trendsText(trends: readonly HeapTrend[], screen: Screen): string[] {
  if (trends.length === 0) return [];
  const shown = [...trends].sort((a, b) => Number(b.isRising) - Number(a.isRising)).slice(0, MOST_TRENDS);
  return [
    '\n',
    heading('Heaps', `${shown.length} of ${trends.length}`, screen),
    ...shown.map((trend) => trendText(trend, screen)),
  ];
}

function trendText(trend: HeapTrend, { style, width }: Screen): string {
  const {
    source,
    process,
    start,
    end,
    slope,
    pValue,
    shape,
    isRising,
    hoursToLimit,
    basis,
    points,
    rules,
    clockJumps,
  } = trend;
  const name = terminalText(process === '' ? source : `${source}, process ${process}`, width - 4);
  const rate =
    slope === null || pValue === null
      ? 'too few points for a trend'
      : `${formatBytesDelta(slope.median)} ${trend.hasTimes ? 'an hour' : 'a sample'}, ${shape}, p ${pValue.toPrecision(2)}`;
  const limit =
    hoursToLimit === null
      ? ''
      : `; its limit in ${hoursToLimit < 100 ? hoursToLimit.toPrecision(2) : Math.round(hoursToLimit).toLocaleString('en-US')} hours`;
  const fired = rules.filter((rule) => rule.fired > 0).map((rule) => `${rule.rule} (${formatCount(rule.fired)})`);
  const others = [
    `${points} points of ${basis}`,
    ...(trend.changePoint ? [stepText(trend.changePoint)] : []),
    ...(clockJumps > 0 ? [`${clockJumps} times the clock went back`] : []),
    ...(fired.length > 0 ? [`also fired: ${fired.join(', ')}`] : []),
    ...figureTexts(trend),
  ];
  return `  ${isRising ? style.red(name) : name}\n    ${formatBytes(start)} → ${formatBytes(end)}  ${rate}${limit}\n    ${style.dim(others.join('; '))}\n`;
}

/** What else telemetry says of a heap, what matters most first. */
function figureTexts({ pressure, longestPause, detachedContexts, rules }: HeapTrend): string[] {
  const { ofLimit, ofGoal, live } = pressure;
  const nearest = rules.find((rule) => rule.nearestSnapshot !== undefined)?.nearestSnapshot;
  return [
    ...(live !== null ? [`${formatBytes(live)} live at most`] : []),
    ...(ofGoal !== null ? [`${percent(ofGoal)} of the next collection's size`] : []),
    ...(ofLimit !== null ? [`${percent(ofLimit)} of its limit`] : []),
    ...(detachedContexts?.isRising
      ? [`detached contexts ${formatCount(detachedContexts.first)} → ${formatCount(detachedContexts.last)}`]
      : []),
    ...(longestPause !== null ? [`longest pause ${Number(longestPause.toPrecision(3))} ms`] : []),
    ...(nearest !== undefined ? [`snapshot to look at: ${terminalText(nearest)}`] : []),
  ];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** Times of a log that counts from its program's start are no dates. */
function stepText({ ts, before, after }: NonNullable<HeapTrend['changePoint']>): string {
  const when = ts >= LEAST_DATE ? new Date(ts).toISOString() : `${Math.round(ts / 1000).toLocaleString('en-US')} s`;
  return `went from ${formatBytes(before)} to ${formatBytes(after)} at ${when}`;
}

function layerText({ level, status, reason, signature_hash }: ScanLayer, { style }: Screen): string {
  const what = status === 'ok' ? 'ok' : style.yellow(`no evidence: ${reason ?? ''}`);
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
