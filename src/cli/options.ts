import { statSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ProgressMode } from './terminal.js';

/** The options every command has. */
export interface SharedOptions {
  readonly json?: boolean;
  readonly progress: ProgressMode;
  readonly top?: number;
}

/** The options of commands that analyse. */
export interface CachingOptions extends SharedOptions {
  /** `true` for beside each file. */
  readonly cache?: true | string;
}

/** Rows of a table when `--top` is not given; documents have the library's own default. */
export const TABLE_ROWS = 15;

export function addSharedOptions(command: Command, listed: string): Command {
  return command
    .option('--json', 'print one JSON document instead of tables')
    .option('--top <n>', `how many ${listed} to list`, positiveInteger)
    .addOption(
      new Option('--progress <when>', 'show a progress bar on stderr')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    );
}

export function cacheOption(): Option {
  return new Option(
    '--cache [folder]',
    'keep the results for the next time, beside the file or in a folder (as the last option, or --cache=FOLDER)',
  ).argParser(cacheFolder);
}

/** `--cache a.heapsnapshot` would take the snapshot for a folder: better said than found out. */
function cacheFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile())
    throw new InvalidArgumentError('It is a file: put --cache behind the files, or name a folder with --cache=FOLDER.');
  if (folder === '') throw new InvalidArgumentError('Expected the name of a folder.');
  return folder;
}

export function positiveInteger(text: string): number {
  return wholeNumber(text, 1);
}

export function nonNegativeInteger(text: string): number {
  return wholeNumber(text, 0);
}

function wholeNumber(text: string, least: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new InvalidArgumentError(`Expected a whole number, ${least} or more.`);
}
