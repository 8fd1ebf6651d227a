import { REPORTED } from '../base/confidence-levels.js';
import type { ScanFinding } from '../base/scan-types.js';
import type { Place } from '../base/suspect-types.js';
import { placeText } from './place-text.js';
import type { Screen } from './screen.js';
import { sparkline } from './sparkline.js';
import { terminalText } from './terminal-text.js';
import { formatBytes, formatBytesDelta, formatCount } from './units.js';

/** Of a path, the last ones. */
const STEPS = 6;

/** A finding in full: how sure, how it grows, who holds it, what each layer saw, and what to do. */
export function findingText(finding: ScanFinding, rank: number, screen: Screen): string {
  const { bold, dim, red, yellow } = screen.style;
  const {
    title,
    severity,
    confidence,
    holder,
    path,
    growth,
    retainedSize,
    repair,
    trail,
    detectors,
    original,
    anchor,
  } = finding;
  const shown = (text: string) => terminalText(text, Math.max(40, screen.width - 16));
  const line = (label: string, text: string) => `     ${dim(label.padEnd(9))} ${text}\n`;
  const place = (original ?? holder.place) && `  ${placeText(original ?? (holder.place as Place))}`;
  return [
    ` ${rank}. ${bold((confidence >= REPORTED ? red : yellow)(shown(title)))}\n`,
    line('severity', `${severity}, confidence ${confidence.toFixed(2)}${seedScoreText(finding.seedScore)}`),
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
    line('picture', shown(anchor)),
  ].join('');
}

/** Beside the engine's own, which alone decides. */
function seedScoreText(seedScore: number | null): string {
  return seedScore === null ? '' : `, ${seedScore.toFixed(2)} by age, depth and frequency`;
}

function growthText(count: readonly number[], bytesPerInterval: number, retainedSize: readonly number[]): string {
  return `${formatCount(count[0])} → ${formatCount(count[count.length - 1])}, ${formatBytesDelta(bytesPerInterval)} an interval ${sparkline(retainedSize)}`;
}
