import type { Suspect } from '../base/suspect-types.js';
import { placeText } from '../report/place-text.js';
import { sparkline } from '../report/sparkline.js';
import { terminalText } from '../report/terminal-text.js';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from '../report/units.js';
import { isClean, type LeakCheck } from './leak-check.js';
import { type Analysed, extentOf, stepOf } from './measurement.js';

/** Leaks told in full. */
const TOLD = 5;
/** The end of a path says who holds it. */
const STEPS = 8;
const MOST_EVIDENCE = 3;
/** Columns of a line: runners do not break them. */
const WIDTH = 200;

/** What a check has found, for people: plain lines, without colours, and nothing of a heap's that a terminal would act on. */
export function leakText(check: LeakCheck): string {
  return isClean(check) ? cleanText(check) : faultText(check);
}

function faultText({ analysis, leaks, growth, maxGrowth, minConfidence }: LeakCheck): string {
  const extent = extentOf(analysis);
  const grown =
    maxGrowth !== undefined && growth > maxGrowth
      ? [
          `the heap grows by ${formatBytes(growth)} ${stepOf(analysis)} over ${extent}, expected ${formatBytes(maxGrowth)} at most`,
        ]
      : [];
  const found =
    leaks.length === 0
      ? [`no suspect has confidence ${minConfidence} or more`]
      : [`found ${leaks.length === 1 ? 'a leak' : `${leaks.length} leaks`} in ${extent}, expected none`];
  const told = leaks.slice(0, TOLD).map((leak, at) => `\n${paragraph(leak, at + 1, analysis)}`);
  const others = leaks.length > TOLD ? [`\n${leaks.length - TOLD} more are not shown`] : [];
  return [...(leaks.length === 0 ? [...grown, ...found] : [...found, ...grown]), ...told, ...others].join('\n');
}

function cleanText({ analysis, ignored, surest, minConfidence, growth }: LeakCheck): string {
  const lines = [
    `found no leak of confidence ${minConfidence} or more in ${extentOf(analysis)}; the heap grows by ${formatBytes(growth)} ${stepOf(analysis)}`,
    ...(ignored > 0 ? [`ignored, as was asked for: ${ignored}`] : []),
    ...(surest === undefined ? [] : ['the surest of the others:', `\n${paragraph(surest, 1, analysis)}`]),
  ];
  return lines.join('\n');
}

function paragraph(suspect: Suspect, rank: number, analysis: Analysed): string {
  const { title, verdict, confidence, holder, path, evidence, detectors, repair, signature } = suspect;
  const line = (label: string, text: string) => `   ${label.padEnd(9)} ${text}`;
  const named = variableNamer(suspect);
  const shown = (text: string) => terminalText(named(text), WIDTH);
  return [
    `${rank}. ${shown(title)}`,
    line('verdict', `${verdict}, confidence ${confidence.toFixed(2)}`),
    line('growth', growthLine(suspect, analysis)),
    line('held by', `${shown(holder.expression)}${holder.place ? `  ${shown(placeText(holder.place))}` : ''}`),
    ...(path.length > 0 ? [line('path', shown(path.slice(-STEPS).join(' → ')))] : []),
    ...evidence.slice(0, MOST_EVIDENCE).map(({ label, value }) => line('', shown(`${label}: ${value}`))),
    ...(detectors.length > 0 ? [line('known as', detectors.join(', '))] : []),
    line('change', shown(repair)),
    line('signature', signature),
  ].join('\n');
}

/**
 * Test runners put a file's variables into a block, of which signatures and holders know no more than that it is one of several. The path is
 * that of one snapshot, and often says which.
 */
function variableNamer({ holder, path }: Suspect): (text: string) => string {
  const [several] = /^block variable \([^)]+\)/.exec(holder.expression) ?? [];
  const step = path.findLast((text) => text.startsWith('block variable '));
  const [one] = /^block variable [^\s(]+/.exec(step ?? '') ?? [];
  return several === undefined || one === undefined ? (text) => text : (text) => text.replaceAll(several, () => one);
}

function growthLine({ growth, retainedSize }: Suspect, analysis: Analysed): string {
  if (growth === null) return `unknown: retains ${formatBytes(retainedSize)}`;
  const { count, countPerInterval, bytesPerInterval, shape } = growth;
  const ends = `${formatCount(count[0])} → ${formatCount(count[count.length - 1])}`;
  const rates = `${formatCountDelta(countPerInterval)} and ${formatBytesDelta(bytesPerInterval)}`;
  return `${rates} ${stepOf(analysis)} · ${ends} · ${sparkline(growth.retainedSize)} ${shape}`;
}
