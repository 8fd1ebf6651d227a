import { appendFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { writeFileOrPipe } from '../archive/file-or-pipe.js';
import type { LeftOut } from '../base/report-types.js';
import type { Reporter, ReportInput } from '../report/reporter.js';
import { REPORTER_NEEDS, REPORTERS } from '../report/reporters.js';
import { createScreen, type Screen, UNBOUND_WIDTH } from '../report/screen.js';
import type { CommandResult } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import type { PlannedReport, ReporterOptions } from './options.js';

/** What reports have come to. */
export interface WrittenReports {
  /** Of the one for stdout; '' without one. */
  readonly output: string | Uint8Array;
  /** What could not be written, and why. */
  readonly notes: readonly string[];
}

/** A report's input, but for where it is read. */
export type ReportSource = ReportInput extends infer Input
  ? Input extends ReportInput
    ? Omit<Input, 'screen' | 'root'>
    : never
  : never;

/**
 * What the options ask for. Throws for what cannot be done, before the work. `isEvidence`: whether a file is what the command reads, or would
 * read the next time.
 */
export function planReports(
  { json, reporter = [], outputFile = [] }: ReporterOptions,
  isEvidence: (file: string) => boolean,
): PlannedReport[] {
  const names = [...new Set([...(json ? ['json'] : []), ...reporter])];
  for (const name of names) checkName(name);
  const files = filesByName(outputFile, names);
  for (const file of files.values())
    if (isEvidence(file)) throw new UsageError(`found the output file ${file} among what is read`);
  const plan = names.map((name) => ({ name, file: files.get(name), needs: REPORTER_NEEDS[name] ?? {} }));
  const toStdout = plan.filter(({ file }) => file === undefined);
  if (toStdout.length < 2) return plan;
  const [first, second] = toStdout.map(({ name }) => name);
  throw new UsageError(
    `found the reporters ${first} and ${second} for stdout, expected at most one: --output-file.${second}=FILE`,
  );
}

/** Begins to load the reporters of a plan. A failure is met when one is used. */
export function loadReporters(plan: readonly PlannedReport[]): void {
  for (const { name } of plan) REPORTERS[name]().catch(() => {});
}

function checkName(name: string): void {
  if (Object.hasOwn(REPORTERS, name)) return;
  throw new UsageError(`found no reporter ${name}, expected one of ${Object.keys(REPORTERS).join(', ')}`);
}

/** `NAME=FILE`, once for each. */
function filesByName(settings: readonly string[], names: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const setting of settings) {
    const [, name, file] = /^([^=]+)=(.+)$/s.exec(setting) ?? [];
    if (name === undefined) throw new UsageError(`found --output-file ${setting}, expected --output-file.NAME=FILE`);
    checkName(name);
    if (!names.includes(name))
      throw new UsageError(`found an output file of ${name}, expected --reporter ${name} with it`);
    if (files.has(name)) throw new UsageError(`found two output files of ${name}, expected one`);
    if ([...files.values()].some((other) => resolve(other) === resolve(file)))
      throw new UsageError(`found two reporters that write to ${file}, expected a file for each`);
    files.set(name, file);
  }
  return files;
}

/** Whether a file is one of these. */
export function isOneOf(files: readonly string[]): (file: string) => boolean {
  const known = new Set(files.map((file) => resolve(file)));
  return (file) => known.has(resolve(file));
}

/** Whether `file` lies in `folder` itself, with a name that `names` matches. */
export function isDirectlyIn(folder: string, names: RegExp): (file: string) => boolean {
  return (file) => dirname(resolve(file)) === resolve(folder) && names.test(basename(file));
}

interface ResultNotes {
  /** Inputs that failed: text for people has them. */
  readonly failures: readonly string[];
  readonly notes: readonly string[];
  readonly exitCode: number;
}

/** Reports as a command's result. */
export async function reportResult(
  plan: readonly PlannedReport[],
  source: ReportSource,
  screen: Screen,
  { failures, notes, exitCode }: ResultNotes,
  signal: AbortSignal,
): Promise<CommandResult> {
  const written = await writeReports(plan, source, screen, signal);
  const isTold = plan.some(({ name, file }) => name === 'terminal' && file === undefined);
  return {
    output: written.output,
    notes: [...(isTold ? [] : failures), ...notes, ...written.notes],
    exitCode: written.notes.length > 0 ? EXIT.internal : exitCode,
  };
}

/** Renders all, writes those that have a file, and hands back the one that has none. One that cannot be written costs no other. */
export async function writeReports(
  plan: readonly PlannedReport[],
  source: ReportSource,
  screen: Screen,
  signal: AbortSignal,
): Promise<WrittenReports> {
  let output: string | Uint8Array = '';
  // One is written while the disk is still at the one before.
  const written: Promise<readonly string[]>[] = [];
  const fileScreen = createScreen(UNBOUND_WIDTH, false);
  const leftOut = leftOutOf(source, plan);
  try {
    for (const { name, file } of plan) {
      const { reporter } = await REPORTERS[name]();
      const place = { screen: file === undefined ? screen : fileScreen, root: process.cwd() };
      const input = { ...source, ...place, ...(leftOut.length > 0 && { leftOut }) };
      const text = reporter.render(input);
      if (file === undefined) output = text;
      else written.push(refusal(`the report ${file}`, () => writeFileOrPipe(file, [bytesOf(text)], signal)));
      signal.throwIfAborted();
      written.push(append(reporter, input));
    }
  } finally {
    // None of these rejects, and none is to be cut off.
    await Promise.all(written);
  }
  signal.throwIfAborted();
  return { output, notes: (await Promise.all(written)).flat() };
}

/** Also that there is no picture where one is wanted: of shards, with edges in files, and where there was no room. */
function leftOutOf({ analysis, leftOut = [] }: ReportSource, plan: readonly PlannedReport[]): readonly LeftOut[] {
  const last = analysis?.snapshots.findLast(({ ok }) => ok);
  if (!last?.ok || 'picture' in last || !plan.some(({ needs }) => needs.picture)) return leftOut;
  return [...leftOut, { what: 'nodes of the dominator tree', shown: 0, of: last.nodeCount }];
}

/** What a reporter has for a file of the environment's, where there is one. */
async function append({ appendix }: Reporter, input: ReportInput): Promise<string[]> {
  const file = appendix && process.env[appendix.variable];
  if (!file) return [];
  return refusal(`the summary ${file}`, () => {
    const length = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    appendFileSync(file, appendix.render(input, appendix.limit - length));
  });
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : text;
}

/** A note, where the system refuses. */
async function refusal(what: string, write: () => void | Promise<void>): Promise<string[]> {
  try {
    await write();
    return [];
  } catch (error) {
    return [`${what} could not be written: ${(error as Error).message}`];
  }
}
