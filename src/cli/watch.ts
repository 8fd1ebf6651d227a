import { setTimeout as sleep } from 'node:timers/promises';
import { folderState } from '../batch/folder-state.js';
import type { FolderScan } from '../batch/scan-folder.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { say, writeOutput } from './output.js';
import { finishScan, type ScanCommandOptions, scanOnce } from './scan.js';

/** Milliseconds between two looks at the folder. */
const USUAL = 60_000;

/**
 * Scans a folder whenever its files have changed, until someone ends it: telemetry that is longer, a snapshot that is new. The folder is looked at
 * every so often, since not every file system tells of changes; the next look is so long behind the end of a scan. The analysis of
 * snapshots that are the same is not repeated.
 */
export async function watchFolder(
  folder: string,
  options: ScanCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const { signal } = execution.engine;
  const distance = typeof options.watch === 'number' ? options.watch : USUAL;
  const written = options.messages === undefined ? [] : [options.messages];
  const delivered = new Set<string>();
  let [state, before]: [string, FolderScan | undefined] = ['', undefined];
  while (!signal.aborted) {
    const now = await folderState(folder, written);
    if (now !== state) before = await scanAndTell(folder, options, execution, { before, delivered });
    state = now;
    await sleep(distance, undefined, { signal }).catch(() => {});
  }
  return { output: '', exitCode: EXIT.ok };
}

/** A folder that is still empty is waited for. */
async function scanAndTell(
  folder: string,
  options: ScanCommandOptions,
  execution: Execution,
  { before, delivered }: { before: FolderScan | undefined; delivered: Set<string> },
): Promise<FolderScan> {
  const scanned = await scanOnce(folder, options, execution, before);
  if (scanned.report.inputs.length === 0) {
    say(`nothing to scan in ${folder} yet`);
    return scanned;
  }
  const { output, notes = [] } = await finishScan(folder, scanned, options, execution, delivered);
  execution.clearProgress();
  await writeOutput(separated(output, options));
  for (const note of notes) say(note);
  return scanned;
}

/** A document a line, so that whoever reads them knows where one ends; texts with a blank line between them, and others as they are. */
function separated(output: CommandResult['output'], { json, reports }: ScanCommandOptions): CommandResult['output'] {
  const name = reports ? reports.find(({ file }) => file === undefined)?.name : json ? 'json' : 'terminal';
  if (typeof output !== 'string') return output;
  if (name === 'json') return `${JSON.stringify(JSON.parse(output))}\n`;
  return name === 'terminal' ? `${output}\n` : output;
}
