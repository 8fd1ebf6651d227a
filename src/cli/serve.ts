import { statSync } from 'node:fs';
import { SnapshotError } from '../base/errors.js';
import { listSnapshots } from '../index.js';
import { terminalText } from '../report/terminal-text.js';
import { serve } from '../serve/serve.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { OutputError, say, writeOutput } from './output.js';
import type { ProgressMode } from './terminal.js';

export interface ServeCommandOptions {
  readonly port?: number;
  readonly showValues?: boolean;
  readonly maxMemory?: number;
  readonly cache?: true | string;
  readonly progress: ProgressMode;
}

const MOST_PORT = 65_535;

/** Ends with the signal that ends the process. */
export async function serveCommand(
  path: string,
  { port, showValues, maxMemory, cache }: ServeCommandOptions,
  { engine, clearProgress }: Execution,
): Promise<CommandResult> {
  if (port !== undefined && port > MOST_PORT)
    throw new UsageError(`found the port ${port}, expected one from 0 to ${MOST_PORT}`);
  const files = await filesOf(path);
  chooseKernelTier(files);
  await serve(files, {
    ...{ port, showValues, maxMemory, cache, signal: engine.signal, onProgress: engine.onProgress },
    onNote: (note) => {
      clearProgress();
      say(note);
    },
    onListening: async (address) => {
      await writeOutput(`${address}\n`);
      say('open this address in a browser; whoever has it can look at the snapshots; Ctrl+C ends it');
    },
    onReady: () => {
      clearProgress();
      say(`${terminalText(files[files.length - 1])} is open`);
    },
  }).catch(orNoPort);
  return { output: '', exitCode: EXIT.ok };
}

/** A port is no input: for exit codes it is where the command puts out. */
function orNoPort(thrown: unknown): never {
  if (thrown instanceof SnapshotError && thrown.code === 'OUTPUT') throw new OutputError(thrown.message);
  throw thrown;
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const files = await listSnapshots(path);
  if (files.length === 0) throw new UsageError(`found no snapshot in ${path}, expected one or more`);
  return files;
}
