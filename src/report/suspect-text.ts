import { LEAST_CONFIDENCE } from '../base/confidence-levels.js';
import type { SeriesReport, Suspect, SuspectGrowth } from '../base/suspect-types.js';
import type { Analysis } from '../base/types.js';
import { placeText } from './place-text.js';
import { heading, type Screen } from './screen.js';
import { sparkline } from './sparkline.js';
import { terminalText } from './terminal-text.js';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './units.js';

/** Suspects told in full; more of them only confuse. */
const TOLD = 5;
/** Steps of a path that fit a line: its end says who holds it. */
const STEPS = 6;
const MOST_EVIDENCE = 4;

/** What leaks, for people: one paragraph a suspect. Empty where none was sought. */
export function suspectsText({ suspects, series }: Analysis, screen: Screen): string {
  if (suspects === undefined || series === undefined) return '';
  const told = suspects.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE).slice(0, TOLD);
  const others = suspects.length - told.length;
  const note =
    others > 0
      ? `${told.length} of ${suspects.length}, by confidence and bytes an interval`
      : 'by confidence and bytes an interval';
  const title = told.length === 0 ? none(screen) : heading('Suspects', note, screen);
  return `${title}${told.map((suspect, at) => paragraph(suspect, at + 1, screen)).join('')}${howCompared(series, screen)}`;
}

function none({ style }: Screen): string {
  return `${style.bold(style.green('No suspects.'))}\n`;
}

function paragraph(suspect: Suspect, rank: number, screen: Screen): string {
  const { bold, dim, red, yellow } = screen.style;
  const { title, confidence, verdict, growth, retainedSize, holder, path, detectors, repair, sampleIds, evidence } =
    suspect;
  const paint = confidence >= 0.75 ? red : yellow;
  const line = (label: string, text: string) => `     ${dim(label.padEnd(9))} ${text}\n`;
  const shown = (text: string) => terminalText(text, Math.max(40, screen.width - 16));
  const parts = [
    ` ${rank}. ${bold(paint(shown(title)))}\n`,
    line(
      verdict === 'pattern' ? 'pattern' : 'verdict',
      `${verdict === 'pattern' ? 'not a leak yet' : verdict}, confidence ${confidence.toFixed(2)}`,
    ),
    line('growth', growth === null ? `unknown: retains ${formatBytes(retainedSize)}` : growthLine(growth)),
    line('held by', `${shown(holder.expression)}${holder.place ? `  ${placeText(holder.place)}` : ''}`),
    line('path', shown(path.slice(-STEPS).join(' → '))),
    ...evidence.slice(0, MOST_EVIDENCE).map(({ label, value }) => line('', shown(`${label}: ${value}`))),
    ...(detectors.length > 0 ? [line('known as', detectors.join(', '))] : []),
    line('change', shown(repair)),
    ...(sampleIds.length > 0 ? [line('newest', sampleIds.map((id) => `--id ${id}`).join('  '))] : []),
  ];
  return parts.join('');
}

function growthLine({
  count,
  countPerInterval,
  bytesPerInterval,
  bytesInterval,
  retainedSize,
  shape,
}: SuspectGrowth): string {
  const counts = `${formatCount(count[0])} → ${formatCount(count[count.length - 1])}`;
  const range =
    bytesInterval.level > 0
      ? ` (${formatBytesDelta(bytesInterval.low)} … ${formatBytesDelta(bytesInterval.high)})`
      : '';
  return `${formatCountDelta(countPerInterval)} and ${formatBytesDelta(bytesPerInterval)} an interval${range} · ${counts} · ${sparkline(retainedSize)} ${shape}`;
}

function howCompared({ compared, relation, comparedBy, warmUp, notes }: SeriesReport, { style }: Screen): string {
  const parts = [
    ...(compared.length > 1
      ? [
          `${compared.length} snapshots of ${relation === 'same process' ? 'one process' : relation}, compared by ${comparedBy === 'ids' ? 'ids and paths' : 'structure'}`,
        ]
      : []),
    ...(warmUp > 0 ? [`the first ${warmUp === 1 ? 'one' : warmUp} left out as warm-up`] : []),
    ...notes,
  ];
  return parts.length === 0 ? '' : `  ${style.dim(parts.join('; '))}\n`;
}
