import { existsSync, statSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RedactionLevel } from '../base/rewrite-types.js';
import type { FailOn, GatePlan } from '../gate/judge.js';
import type { ReportRedaction } from '../report/redact-report.js';
import type { ReporterNeeds } from '../report/reporter.js';
import type { ProgressMode } from './terminal.js';

/** Which forms the result is written in, and where to. */
export interface ReporterOptions {
  readonly json?: boolean;
  readonly reporter?: readonly string[];
  /** `NAME=FILE`. */
  readonly outputFile?: readonly string[];
  /** What the command makes of these before it begins; undefined without reporters. */
  readonly reports?: readonly PlannedReport[];
  /** Loads what writes them. */
  readonly loadReports?: () => void;
}

export interface PlannedReport {
  readonly name: string;
  /** Undefined for stdout. */
  readonly file: string | undefined;
  readonly needs: ReporterNeeds;
}

/** What a result is held against, and what is shown of it. */
export interface GateOptions {
  /** `false` for --no-config. */
  readonly config?: string | false;
  readonly failOn?: FailOn;
  readonly baseline?: string;
  /** A share such as `10%`. */
  readonly tolerance?: string;
  /** A size as configurations have them: `100 kB`. */
  readonly floor?: string;
  /** The day that suppressions are looked at for. */
  readonly date?: string;
  readonly redact?: RedactionLevel;
  readonly keyFile?: string;
  /** What the command makes of these before it begins. */
  readonly gate?: GatePlan;
  readonly redaction?: ReportRedaction;
  /** How many classes the engine is to list. */
  readonly listed?: number;
}

/** Looked for in the working folder. */
export const CONFIG_FILE = 'heapsleuth.config.json';

/** Whether there is nothing to make of these, which costs one look at the folder. */
export function isUngated({ config, failOn, baseline, date, redact, keyFile }: GateOptions): boolean {
  const given = [failOn, baseline, date, redact, keyFile].some((one) => one !== undefined);
  return !given && (config === false || (config === undefined && !existsSync(CONFIG_FILE)));
}

/** The options of every command that looks at snapshots. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly progress: ProgressMode;
  readonly top?: number;
}

/** Those of the commands that keep what they have computed. */
export interface SharedOptions extends OutputOptions {
  /** `true` for beside each file. */
  readonly cache?: true | string;
}

/** Rows of a table when `--top` is not given; documents have the library's own default. */
export const TABLE_ROWS = 15;

export function addOutputOptions(command: Command, listed: string): Command {
  return command
    .option('--json', 'print one JSON document instead of tables')
    .option('--top <n>', `how many ${listed} to list`, positiveInteger)
    .addOption(
      new Option('--progress <when>', 'show a progress bar on stderr')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    );
}

export function addReporters(command: Command): Command {
  return command
    .option('--reporter <name>', REPORTERS_HELP, collected)
    .option('--output-file <name=file>', "a reporter's file instead of stdout; or --output-file.NAME=FILE", collected);
}

/** Names are checked by whoever loads reporters. */
const REPORTERS_HELP =
  'write terminal, json, ndjson, html, markdown, csv, junit, github, sarif, openmetrics, speedscope, folded, pprof, parquet, parquet-growth or parquet-findings; once for each';

/** `--output-file.NAME=FILE` as commander takes it. */
export function withPlainNames(argv: readonly string[]): string[] {
  return argv.map((argument) => argument.replace(/^--output-file\.([^=]+)=/, '--output-file=$1='));
}

export function addSharedOptions(command: Command, listed: string): Command {
  return addOutputOptions(command, listed).addOption(
    new Option(
      '--cache [folder]',
      'keep what was computed for the next time, beside the snapshot or in a folder; put it last, or write --cache=FOLDER',
    ).argParser(cacheFolder),
  );
}

/** `--cache a.heapsnapshot` would take the snapshot for a folder: better said than found out. */
export function cacheFolder(folder: string): string {
  if (folder === '') throw new InvalidArgumentError('Expected the name of a folder.');
  if (isFile(folder))
    throw new InvalidArgumentError('It is a file: put --cache last, or name a folder with --cache=FOLDER.');
  return folder;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export function positiveInteger(text: string): number {
  return wholeNumber(text, 1);
}

export function nonNegativeInteger(text: string): number {
  return wholeNumber(text, 0);
}

export function nonNegativeNumber(text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number, 0 or more.');
}

function wholeNumber(text: string, least: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new InvalidArgumentError(`Expected a whole number, ${least} or more.`);
}

/** Units are powers of 1024: `800M`, `1.5G`, `512MiB`, `123456`. */
export function byteSize(text: string): number {
  const [, number, unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?)([kmgt]?)(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(number) * 1024 ** ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase()));
  if (bytes > 0 && bytes <= Number.MAX_SAFE_INTEGER) return bytes;
  throw new InvalidArgumentError('Expected a size such as 4G, 800M or a number of bytes.');
}

/** `2/5`: the second of five. */
export function shardOf(text: string): { index: number; count: number } {
  const [index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).slice(1).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new InvalidArgumentError('Expected a share such as 2/5: the second of five.');
}

/** What `--detector` says of each, by name. */
export type DetectorSettings = Readonly<Record<string, boolean | Readonly<Record<string, number>>>>;

/** `live-timers=off`, `unbounded-map.leastEntries=500`; once for each setting. */
export function detectorSetting(text: string, before: DetectorSettings = {}): DetectorSettings {
  const [, name, limit, value] = /^([a-z][a-z-]*)(?:\.([A-Za-z]\w*))?=(.+)$/.exec(text) ?? [];
  if (name !== undefined && limit === undefined && (value === 'off' || value === 'on')) {
    return { ...before, [name]: value === 'on' };
  }
  const number = Number(value);
  if (limit === undefined || !Number.isFinite(number) || number < 0) {
    throw new InvalidArgumentError('Expected NAME=off or NAME.LIMIT=NUMBER, such as live-timers=off.');
  }
  const own = before[name];
  return { ...before, [name]: { ...(typeof own === 'object' && own), [limit]: number } };
}

/** A timer of Node's can wait little longer. */
const LONGEST_SECONDS = 2_000_000;

export function seconds(text: string): number {
  const value = positiveInteger(text);
  if (value <= LONGEST_SECONDS) return value;
  throw new InvalidArgumentError(`Expected at most ${LONGEST_SECONDS} seconds.`);
}

/** For an option that may be given more than once. */
export function collected(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Milliseconds since 1970. */
export function dateTime(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Expected a date such as 2026-11-28T12:00:00Z.');
  return ms;
}

/** A number of samples, or a time such as `3600s`. */
export function samplesOrSeconds(text: string): number | { readonly seconds: number } {
  return text.endsWith('s') ? { seconds: seconds(text.slice(0, -1)) } : positiveInteger(text);
}
