import { SnapshotError } from '../base/errors.js';
import type { Estimate, OpenOptions } from '../base/types.js';
import { estimateText, isWorthSaying } from '../report/estimate-text.js';
import { failureText } from '../report/failure-text.js';
import type { Screen } from '../report/screen.js';
import { EXIT, SIGNAL_EXIT, UsageError } from './exit-codes.js';
import { OutputError, outputTerminal, say, talkStream, talkTerminal, writeOutput } from './output.js';
import { createProgressLine, silentProgress } from './progress.js';
import { type ProgressMode, screenOf, showsProgress } from './terminal.js';

/** What a finished command leaves: bytes for stdout, lines for stderr, an exit code. */
export interface CommandResult {
  readonly output: string | Uint8Array;
  readonly notes?: readonly string[];
  /** Finished text for stderr. */
  readonly talk?: string;
  readonly exitCode: number;
}

/** What a command may use of its process. */
export interface Execution {
  readonly screen: Screen;
  /** That of stderr. */
  readonly talkScreen: Screen;
  /** For the engine's calls. Notes come after the output. */
  readonly engine: Required<Pick<OpenOptions, 'signal' | 'onProgress' | 'onNote'>>;
  /** Before a command that goes on says something: leaves no bar in front of it. */
  readonly clearProgress: () => void;
  /** Tells what a large file will take. */
  readonly onEstimate: (estimate: Estimate) => void;
}

/** A worker that does not react to the abort may not keep the user waiting. */
const PATIENCE_MS = 2000;
const MOST_NOTES = 3;

/** Runs one command from its first byte to the process's exit. Never returns. */
export async function execute(
  command: (execution: Execution) => Promise<CommandResult>,
  progressMode: ProgressMode,
): Promise<never> {
  const { env } = process;
  const isWatched = showsProgress(progressMode, talkTerminal(), env);
  const progress = isWatched ? createProgressLine(talkStream()) : silentProgress;
  const abort = new AbortController();
  let signalExit: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      progress.clear();
      // The second signal is someone who does not want to wait.
      if (signalExit !== undefined) process.exit(SIGNAL_EXIT[name]);
      signalExit = SIGNAL_EXIT[name];
      abort.abort();
      setTimeout(() => process.exit(signalExit), PATIENCE_MS).unref();
    });
  }
  const onProgress: Execution['engine']['onProgress'] = (step) => {
    // A late report must not redraw the line that the signal has cleared.
    if (signalExit === undefined) progress.update(step);
  };

  const onEstimate = (estimate: Estimate) => {
    if (signalExit !== undefined || !isWorthSaying(estimate)) return;
    progress.clear();
    say(estimateText(estimate));
  };

  const engineNotes: string[] = [];
  const engine = { signal: abort.signal, onProgress, onNote: (note: string) => void engineNotes.push(note) };
  let exitCode: number;
  try {
    const screens = { screen: screenOf(outputTerminal(), env), talkScreen: screenOf(talkTerminal(), env) };
    const result = await command({ ...screens, engine, clearProgress: progress.clear, onEstimate });
    progress.clear();
    exitCode = result.exitCode;
    if (signalExit === undefined) {
      await writeOutput(result.output);
      for (const note of [...(result.notes ?? []), ...shortened(engineNotes)]) say(note);
      if (result.talk) talkStream().write(result.talk);
    }
  } catch (thrown) {
    progress.clear();
    exitCode = EXIT.internal;
    if (signalExit === undefined) exitCode = explain(thrown);
  }
  // Not left to the event loop: a thread the engine keeps ready would hold the process open.
  process.exit(signalExit ?? exitCode);
}

/** A folder that cannot be written to is worth a few lines, not one for each of its snapshots. */
function shortened(notes: readonly string[]): string[] {
  const more = notes.length - MOST_NOTES;
  return more > 0 ? [...notes.slice(0, MOST_NOTES), `and ${more} more notes of this kind`] : [...notes];
}

function explain(thrown: unknown): number {
  if (thrown instanceof UsageError) {
    say(thrown.message);
    return EXIT.usage;
  }
  if (thrown instanceof OutputError) {
    say(thrown.message);
    return EXIT.internal;
  }
  const error = SnapshotError.from(thrown);
  say(error.file === undefined ? failureText(error) : `${error.file}: ${failureText(error)}`);
  if (error.code !== 'INTERNAL') return EXIT.inputs;
  // The stack is what a report of a defect needs; its lines hold our own paths only, but messages hold anything.
  if (thrown instanceof Error && thrown.stack) for (const line of thrown.stack.split('\n').slice(1)) say(line.trim());
  return EXIT.internal;
}
