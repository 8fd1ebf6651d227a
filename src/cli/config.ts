import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Baseline, Budgets, Suppression } from '../base/gate-types.js';
import type { RedactionLevel } from '../base/rewrite-types.js';
import type { FailOn } from '../gate/judge.js';
import { schemaViolation } from '../report/schema-check.js';
import { baselineSchema, configSchema } from '../report/schema-gate.js';
import type { Schema } from '../report/schema-parts.js';
import { UsageError } from './exit-codes.js';
import type { DetectorSettings } from './options.js';

/** Bytes of a file that means well. */
const MOST_BYTES = 16 << 20;
const UNITS: Readonly<Record<string, number>> = {
  ...{ B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
};

type CommandName = 'analyze' | 'batch' | 'diff' | 'scan';

/** A configuration, its sizes in bytes and its files where they are. */
export interface Config {
  readonly failOn: Partial<Readonly<Record<CommandName, FailOn>>>;
  readonly budgets?: Budgets;
  readonly suppressions?: readonly Suppression[];
  readonly baseline?: string;
  readonly tolerance?: number;
  readonly floor?: number;
  /** File of each, `true` for stdout. */
  readonly reporters: readonly (readonly [name: string, file: string | true])[];
  readonly detectors?: DetectorSettings;
  readonly warmup?: number;
  readonly top?: number;
  readonly alpha?: number;
  readonly window?: number | { readonly seconds: number };
  readonly redact?: RedactionLevel;
  readonly keyFile?: string;
}

/** What the file may have, once it has been checked. */
interface ConfigFile
  extends Omit<Config, 'failOn' | 'budgets' | 'tolerance' | 'floor' | 'reporters' | 'alpha' | 'window'> {
  readonly failOn?: FailOn | Config['failOn'];
  readonly budgets?: Sizes<Budgets>;
  readonly tolerance?: number | string;
  readonly floor?: number | string;
  readonly reporters?: Readonly<Record<string, string | true>>;
  readonly thresholds?: { readonly alpha?: number; readonly window?: number | string };
}

/** The same with texts in the place of numbers. */
type Sizes<T> = { readonly [Key in keyof T]: T[Key] extends number | undefined ? number | string : Sizes<T[Key]> };

/**
 * Reads a configuration. It is JSON and nothing else: code would run with all that the command may do. Throws a UsageError that says what was found, what
 * was expected, and where.
 */
export function readConfig(file: string): Config {
  const config = readChecked(file, configSchema, 'the configuration') as ConfigFile;
  const { failOn, budgets, suppressions, tolerance, floor, reporters = {}, thresholds = {}, ...rest } = config;
  const folder = dirname(resolve(file));
  const at = (name: string | undefined) => (name === undefined ? undefined : resolve(folder, name));
  for (const { expires } of suppressions ?? []) checkDate(expires, file);
  return {
    ...rest,
    failOn: typeof failOn === 'string' ? failOnOfEach(failOn) : { ...failOn },
    ...(budgets && { budgets: bytesIn(budgets) as Budgets }),
    ...(suppressions && { suppressions }),
    baseline: at(rest.baseline),
    keyFile: at(rest.keyFile),
    tolerance: shareOf(tolerance),
    floor: floor === undefined ? undefined : bytesOf(floor),
    reporters: Object.entries(reporters).map(([name, to]) => [name, to === true ? to : resolve(folder, to)]),
    alpha: thresholds.alpha,
    window: windowOf(thresholds.window),
  };
}

/** One for all commands is for each what comes next to it: a comparison has budgets alone, a scan knows of no baseline of suspects. */
function failOnOfEach(failOn: FailOn): Config['failOn'] {
  const diff = failOn === 'never' ? failOn : 'budget';
  return { analyze: failOn, batch: failOn, diff, scan: failOn === 'new' ? 'high' : failOn };
}

export function readBaseline(file: string): Baseline {
  return readChecked(file, baselineSchema, 'the baseline') as Baseline;
}

function readChecked(file: string, schema: Schema, what: string): unknown {
  const violation = (reason: string) => new UsageError(`${file}: ${reason}`);
  let value: unknown;
  try {
    value = parsed(readWhole(file));
  } catch (error) {
    throw violation(`cannot read ${what}: ${(error as Error).message}`);
  }
  const reason = schemaViolation(schema, value, what);
  if (reason !== undefined) throw violation(reason);
  return value;
}

/** A file that somebody names is read whole: it is one's own. Editors of Windows put a mark in front of UTF-8. */
function readWhole(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new Error('found no such file, expected one');
  if (stat.isDirectory()) throw new Error('found a folder, expected a file');
  if (stat.size > MOST_BYTES) throw new Error(`found ${stat.size} bytes, expected ${MOST_BYTES} at most`);
  return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
}

/** Says line and column of a mistake, as newer versions of Node do. */
function parsed(text: string): unknown {
  if (text.trim() === '') throw new Error('found nothing, expected JSON');
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const [, position] = / at position (\d+)$/.exec(message) ?? [];
    if (position === undefined) throw error;
    const lines = text.slice(0, Number(position)).split('\n');
    throw new Error(`${message} (line ${lines.length} column ${(lines.at(-1) ?? '').length + 1})`);
  }
}

/** The pattern takes the 31st of any month. */
function checkDate(date: string, file: string): void {
  if (isDate(date)) return;
  throw new UsageError(`${file}: found a suppression that expires on ${date}, expected a day that there is`);
}

export function isDate(text: string): boolean {
  const time = Date.parse(text);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Sizes as numbers, wherever they stand: no other texts are among budgets. */
function bytesIn(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'string') return bytesOf(value);
  return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, bytesIn(item)]));
}

/** A size on the command line, which no schema has looked at. */
export function sizeOf(size: string): number {
  const bytes = /^\d{1,15}$/.test(size) ? Number(size) : bytesOf(size);
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new UsageError(`found the size ${size}, expected one such as "100 kB", or a number of bytes`);
}

function bytesOf(size: number | string): number {
  if (typeof size === 'number') return size;
  const [, number, unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?) ?([kKMGT]?i?B)$/.exec(size) ?? [];
  return Math.round(Number(number) * UNITS[unit]);
}

/** `10%` or 0.1. */
function shareOf(share: number | string | undefined): number | undefined {
  return typeof share === 'string' ? Number.parseFloat(share) / 100 : share;
}

function windowOf(window: number | string | undefined): Config['window'] {
  return typeof window === 'string' ? { seconds: Number.parseInt(window, 10) } : window;
}
