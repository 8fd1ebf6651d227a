import { REPORTED } from '../base/confidence-levels.js';
import type { Suspect } from '../base/suspect-types.js';
import type { Bytes, SnapshotReport } from '../base/types.js';
import { terminalText } from '../report/terminal-text.js';
import { capsFor } from '../suspects/confidence.js';
import { theilSen } from '../trend/theil-sen.js';
import { type Analysed, analysed } from './measurement.js';
import { isRunners } from './runner-holders.js';
import { bytesOf, type Size } from './sizes.js';

/** What counts as a leak. */
export interface LeakOptions {
  /** Suspects below it are no leaks; default 0.75, from which on reports call a suspect a leak. */
  readonly minConfidence?: number;
  /** What all of the heap may grow by, an interval or a round: bytes, or a size such as `'10 kB'`. Default: any. */
  readonly maxGrowth?: Size;
  /** Suspects that are no leaks: by signature, title, holder or class, or a pattern that one of these matches. */
  readonly ignore?: readonly (string | RegExp)[];
}

/** What an analysis says of leaks. */
export interface LeakCheck {
  readonly analysis: Analysed;
  readonly minConfidence: number;
  /** The worst first. */
  readonly leaks: readonly Suspect[];
  /** Suspects sure enough, but to be ignored. */
  readonly ignored: number;
  /** The surest of those that are not sure enough. */
  readonly surest: Suspect | undefined;
  /** Of the heap, an interval or a round. */
  readonly growth: Bytes;
  readonly maxGrowth: Bytes | undefined;
}

/**
 * What leaks by an analysis. Throws where it cannot say: for what is no analysis, where a snapshot failed, where no suspects were sought, or
 * where there are too few snapshots for any suspect to be as sure as `minConfidence`. So neither a matcher nor its opposite passes then.
 */
export function checkLeaks(value: unknown, options: LeakOptions = {}, who = 'checkLeaks'): LeakCheck {
  const { minConfidence = REPORTED, ignore = [] } = options;
  if (!(minConfidence > 0 && minConfidence <= 1))
    throw new RangeError(`minConfidence: found ${minConfidence}, expected more than 0 and at most 1`);
  const maxGrowth = options.maxGrowth === undefined ? undefined : bytesOf(options.maxGrowth, 'maxGrowth');
  const analysis = analysed(value, who);
  const { suspects, totals } = comparable(analysis, minConfidence, who);
  const sure = suspects.filter(({ confidence, growth }) => growth !== null && confidence >= minConfidence);
  const own = analysis.rounds === undefined ? sure : sure.filter((suspect) => !isRunners(suspect));
  const leaks = own.filter((suspect) => !ignore.some((ignored) => isMeant(suspect, ignored)));
  return {
    ...{ analysis, minConfidence, leaks, ignored: own.length - leaks.length },
    surest: suspects.filter((suspect) => !sure.includes(suspect)).sort((a, b) => b.confidence - a.confidence)[0],
    ...{ growth: theilSen(totals).slope, maxGrowth },
  };
}

/** Whether all of it is as it should be. */
export function isClean({ leaks, growth, maxGrowth }: LeakCheck): boolean {
  return leaks.length === 0 && (maxGrowth === undefined || growth <= maxGrowth);
}

function comparable(analysis: Analysed, minConfidence: number, who: string) {
  const { snapshots, series, suspects } = analysis;
  const failed = snapshots.flatMap((snapshot) => (snapshot.ok ? [] : [snapshot]));
  if (failed.length > 0) {
    const [{ file, error }] = failed;
    throw new Error(
      `${who}: found ${failed.length} of ${snapshots.length} snapshots that could not be analysed, expected none: ${terminalText(file)}: ${terminalText(error.message)}`,
    );
  }
  if (suspects === undefined || series === undefined)
    throw new Error(
      `${who}: found an analysis of ${snapshots.length} snapshots in which no leaks were sought, expected one with suspects: not in mode 'shallow' or 'external'`,
    );
  const compared = series.compared.length;
  const most = capsFor(compared).confidence;
  if (compared < 2 || most < minConfidence)
    throw new Error(
      `${who}: found ${compared} of ${snapshots.length} snapshots to compare, of which no suspect can be surer than ${most}; expected more, four or better six, for minConfidence ${minConfidence}`,
    );
  return { suspects, totals: series.compared.map((at) => (snapshots[at] as SnapshotReport).totalSize) };
}

function isMeant({ signature, title, holder }: Suspect, ignored: string | RegExp): boolean {
  const named = [signature, title, holder.expression];
  if (typeof ignored !== 'string') return named.some((text) => text.search(ignored) >= 0);
  return named.includes(ignored) || title === `${holder.expression} keeps ${ignored}`;
}
