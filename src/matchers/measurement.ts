import type { Analysis, Bytes } from '../base/types.js';

/** How the rounds of `measureLeaks` were made. */
export interface MeasuredRounds {
  /** Rounds that ended with a snapshot. */
  readonly count: number;
  /** Calls of the function a round. */
  readonly perRound: number;
  /** Rounds before those, without a snapshot. */
  readonly warmUp: number;
  /** Bytes of the heap in use behind each round, when garbage was collected. */
  readonly heapUsed: readonly Bytes[];
  /** Where the snapshots are; null where they have been removed. */
  readonly folder: string | null;
}

/** What `measureLeaks` found: an analysis whose interval is a round. */
export interface LeakMeasurement extends Analysis {
  readonly rounds: MeasuredRounds;
}

/** What matchers take for an analysis: with or without rounds. */
export type Analysed = Analysis & { readonly rounds?: MeasuredRounds };

/** The value as an analysis; throws a TypeError where it is none. Nothing else may pass for one without a leak. */
export function analysed(value: unknown, who: string): Analysed {
  if (isAnalysis(value)) return value;
  const found = isPromise(value) ? 'a promise: await it first' : kindOf(value);
  throw new TypeError(`${who}: found ${found}, expected the result of analyze() or measureLeaks()`);
}

function isAnalysis(value: unknown): value is Analysed {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, snapshots } = value as Partial<Analysis>;
  return schemaVersion === 1 && Array.isArray(snapshots);
}

function isPromise(value: unknown): boolean {
  return typeof (value as Partial<Promise<unknown>> | null | undefined)?.then === 'function';
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object that is none' : `a ${typeof value}`;
}

/** `round` or `interval`: what a figure of growth is for. */
export function stepOf({ rounds }: Analysed): string {
  return rounds === undefined ? 'an interval' : 'a round';
}

/** `8 rounds of 20 calls`, `7 snapshots`. */
export function extentOf({ rounds, series, snapshots }: Analysed): string {
  if (rounds !== undefined) return `${rounds.count} rounds of ${calls(rounds.perRound)}`;
  const compared = series?.compared.length ?? snapshots.length;
  return compared === 1 ? '1 snapshot' : `${compared} snapshots`;
}

function calls(count: number): string {
  return count === 1 ? 'one call' : `${count} calls`;
}
