import { writeSync } from 'node:fs';
import { resolve } from 'node:path';

/** How much is collected, and where it goes. All of it has a default; the environment gives others where the collector starts by itself. */
export interface CollectOptions {
  /** Where telemetry and snapshots go; made if it is not there. Default: `heapsleuth` in the working folder. */
  readonly folder?: string;
  /** Milliseconds between two samples; default 10,000. */
  readonly interval?: number;
  /** Snapshots of one process at most; 0 takes none. Default 8. */
  readonly mostSnapshots?: number;
  /** What all snapshots of the folder may take on the disk together. Default: 4 GiB. */
  readonly mostBytes?: number;
  /** Milliseconds between two of them at least; default five minutes. */
  readonly distance?: number;
  /** Bytes by which the heap has to have grown, behind full collections, since the last snapshot. Default: 5 MiB. */
  readonly growth?: number;
  /** Told what could not be done, once each. Default: a line on stderr. */
  readonly onNote?: (note: string) => void;
}

export type Settings = Required<CollectOptions>;

const MEGABYTE = 1 << 20;
/** What a timer of Node takes: anything longer is one millisecond to it. */
const LONGEST_INTERVAL = 2 ** 31 - 1;

/** Throws a RangeError for what is no number of its kind. */
export function settingsOf(options: CollectOptions): Settings {
  return {
    // As of now: programs change their working folder.
    folder: resolve(options.folder ?? 'heapsleuth'),
    interval: checked('interval', options.interval, 10_000, 10, LONGEST_INTERVAL),
    mostSnapshots: checked('mostSnapshots', options.mostSnapshots, 8, 0),
    mostBytes: checked('mostBytes', options.mostBytes, 4096 * MEGABYTE, 0),
    distance: checked('distance', options.distance, 300_000, 0),
    growth: checked('growth', options.growth, 5 * MEGABYTE, 0),
    onNote: options.onNote ?? sayNote,
  };
}

/** Where nobody else listens, and nobody at all perhaps: the stream would end the program where its other end is closed. */
export function sayNote(note: string): void {
  try {
    writeSync(2, `heapsleuth: ${note}\n`);
  } catch {
    // There is nobody left to tell.
  }
}

const VARIABLES = {
  HEAPSLEUTH_INTERVAL: 'interval',
  HEAPSLEUTH_SNAPSHOTS: 'mostSnapshots',
  HEAPSLEUTH_MAX_BYTES: 'mostBytes',
  HEAPSLEUTH_DISTANCE: 'distance',
  HEAPSLEUTH_GROWTH: 'growth',
} as const;

/** `HEAPSLEUTH_FOLDER` and the like. What is set to no number is told and left out: a collector never ends its program. */
export function optionsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  onNote: (note: string) => void,
): CollectOptions {
  const options: Record<string, number | string> = {};
  for (const [variable, option] of Object.entries(VARIABLES)) {
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    if (/^\d{1,15}$/.test(text)) options[option] = Number(text);
    else onNote(`found ${variable}=${JSON.stringify(text.slice(0, 40))}, expected a whole number: left as it is`);
  }
  const folder = environment.HEAPSLEUTH_FOLDER;
  return { ...options, ...(folder && { folder }), onNote };
}

function checked(
  name: string,
  value: number | undefined,
  usual: number,
  least: number,
  most = Number.MAX_VALUE,
): number {
  if (value === undefined) return usual;
  if (!Number.isFinite(value) || value < least || value > most)
    throw new RangeError(
      `${name}: found ${value}, expected ${least} ${most < Number.MAX_VALUE ? `to ${most}` : 'or more'}`,
    );
  return value;
}
