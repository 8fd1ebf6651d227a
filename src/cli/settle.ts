import { existsSync } from 'node:fs';
import type { FailOn, GatePlan } from '../gate/judge.js';
import { type Config, isDate, readBaseline, readConfig, sizeOf } from './config.js';
import { UsageError } from './exit-codes.js';
import { CONFIG_FILE, type DetectorSettings, type GateOptions, type ReporterOptions } from './options.js';

/** All classes: what is shown of them is cut later. */
const EVERY = Number.MAX_SAFE_INTEGER;

/** What a command may be told by its configuration. */
export interface Settled extends GateOptions, ReporterOptions {
  readonly top?: number;
  readonly warmup?: number;
  readonly detector?: DetectorSettings;
}

/** What a command is, to its configuration; `compare` fails on what is worse. */
export type SettledCommand = 'analyze' | 'batch' | 'diff' | 'scan' | 'compare' | 'save';

/** Options with what the configuration adds. What stands on the command line comes first. */
export async function settle<Options extends Settled>(given: Options, command: SettledCommand): Promise<Options> {
  const config = configOf(given);
  const { top = config?.top, warmup = config?.warmup } = given;
  const gate = planGate(given, config, command);
  const { redact = config?.redact, keyFile = config?.keyFile } = given;
  if (given.keyFile !== undefined && !hidesNames(redact))
    throw new UsageError(
      'found --key-file, but no names that are to be hidden, expected --redact names or full with it',
    );
  const reported = given.json || given.reporter || given.outputFile ? {} : reportersOf(config);
  return {
    ...given,
    ...reported,
    ...{ top, warmup, redact, keyFile, gate },
    detector: detectorsOf(config?.detectors, given.detector),
    listed: gate?.budgets?.classes || gate?.baseline || command === 'save' ? EVERY : top,
    redaction: await redactionOf(redact, keyFile),
  };
}

/** The configuration of the working folder, or the one that is named. Never one beside the snapshots: those come from anywhere. */
export function configOf({ config }: GateOptions): Config | undefined {
  if (config === false) return undefined;
  if (config !== undefined) return readConfig(config);
  return existsSync(CONFIG_FILE) ? readConfig(CONFIG_FILE) : undefined;
}

function planGate(given: GateOptions, config: Config | undefined, command: SettledCommand): GatePlan | undefined {
  if (command === 'save') return undefined;
  // A scan's own baseline is telemetry.
  const isCompared = command !== 'scan' && command !== 'diff';
  const baseline = isCompared ? (given.baseline ?? config?.baseline) : undefined;
  const { date } = given;
  const floor = given.floor === undefined ? config?.floor : sizeOf(given.floor);
  const tolerance = given.tolerance === undefined ? config?.tolerance : percentage(given.tolerance);
  if (date !== undefined && !isDate(date))
    throw new UsageError(`found the date ${date}, expected one such as 2026-11-28`);
  const own = command === 'compare' ? 'worse' : config?.failOn[command];
  const failOn = (given.failOn as FailOn | undefined) ?? own;
  const { budgets, suppressions } = config ?? {};
  const nothing = [failOn, budgets, suppressions, baseline].every((one) => one === undefined);
  if (nothing) return undefined;
  if (failOn === 'new' && baseline === undefined)
    throw new UsageError('found --fail-on new without a baseline, expected --baseline FILE');
  return {
    ...{ failOn: failOn ?? (command === 'scan' ? 'high' : 'budget'), budgets, suppressions, tolerance, floor },
    today: date ?? new Date().toISOString().slice(0, 10),
    ...(baseline !== undefined && { baseline: readBaseline(baseline) }),
  };
}

/** `10%`, as a share. */
function percentage(text: string): number {
  const [, percent] = /^(\d{1,4}(?:\.\d{1,3})?) ?%$/.exec(text) ?? [];
  if (percent !== undefined) return Number(percent) / 100;
  throw new UsageError(`found the tolerance ${text}, expected a share such as 10%`);
}

function reportersOf(config: Config | undefined): ReporterOptions {
  const reporters = config?.reporters ?? [];
  if (reporters.length === 0) return {};
  const files = reporters.flatMap(([name, file]) => (file === true ? [] : [`${name}=${file}`]));
  return { reporter: reporters.map(([name]) => name), outputFile: files };
}

/** A limit of the command line leaves others of the configuration as they are. */
function detectorsOf(
  config: DetectorSettings | undefined,
  given: DetectorSettings | undefined,
): DetectorSettings | undefined {
  if (config === undefined) return given;
  const merged = Object.entries(given ?? {}).map(([name, setting]) => {
    const own = config[name];
    return [name, typeof own === 'object' && typeof setting === 'object' ? { ...own, ...setting } : setting] as const;
  });
  return { ...config, ...Object.fromEntries(merged) };
}

function hidesNames(level: Settled['redact']): level is 'names' | 'full' {
  return level === 'names' || level === 'full';
}

async function redactionOf(level: Settled['redact'], keyFile: string | undefined): Promise<GateOptions['redaction']> {
  if (!hidesNames(level)) return undefined;
  const [{ ReportRedaction }, { keyOf }] = await Promise.all([
    import('../report/redact-report.js'),
    import('./key-file.js'),
  ]);
  try {
    return new ReportRedaction(level, keyOf(keyFile));
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}
