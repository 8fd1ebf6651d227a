import { type ChildProcess, fork } from 'node:child_process';
import type { Bytes } from '../base/types.js';
import type { ChildTask, FromChild, ToChild } from './child-messages.js';
import { residentBytes } from './memory.js';
import type { PackedResult, SeriesNames, SnapshotProgress, TaskResult } from './tasks.js';

/** Of what a dying child writes the end is what tells why. */
const LAST_WORDS = 8 * 1024;
/** The optimising tier compiles the few kernels at once, which pays in a process that runs nothing else. */
const NODE_OPTIONS: readonly string[] = ['--no-liftoff'];

/** How a child's life ended. */
export interface Death {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords: string;
}

/** What a child has to say. `onEnd` comes last, and always. */
export interface ChildEvents {
  readonly onProgress: (progress: SnapshotProgress) => void;
  /** The snapshot is analysed and waits for the series' names. */
  readonly onAnalysed: () => void;
  readonly onResult: (result: TaskResult<PackedResult>) => void;
  readonly onEnd: (death: Death) => void;
}

/** A process that analyses snapshots, one at a time. It ends by `kill`, by itself, or with this process. */
export class SnapshotProcess {
  readonly #child: ChildProcess | undefined;
  #lastWords = '';
  #ended = false;

  constructor(entry: URL, events: ChildEvents) {
    const end = (exitCode: number | null, signal: NodeJS.Signals | null) => {
      if (this.#ended) return;
      this.#ended = true;
      events.onEnd({ exitCode, signal, lastWords: this.#lastWords });
    };
    const fail = (error: unknown) => {
      this.#lastWords += String(error);
      // Later, as every other end: the constructor's caller is not ready for it.
      if (this.#child?.pid === undefined) setImmediate(end, null, null);
    };
    try {
      this.#child = fork(entry, {
        execArgv: [...NODE_OPTIONS],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
    } catch (error) {
      fail(error);
      return;
    }
    // Not `exit`: messages sent before the end still come.
    this.#child.on('close', end);
    this.#child.on('error', fail);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    });
    this.#child.on('message', (message: FromChild) => {
      if (message.kind === 'progress') events.onProgress({ stage: message.stage, fraction: message.fraction });
      else if (message.kind === 'analysed') events.onAnalysed();
      else events.onResult(message.result);
    });
  }

  analyse(task: ChildTask, listens: boolean): void {
    this.#send({ kind: 'task', task, listens });
  }

  answer(names: SeriesNames): void {
    this.#send({ kind: 'names', names });
  }

  /** Undefined where the system does not tell. */
  residentBytes(): Bytes | undefined {
    const pid = this.#child?.pid;
    return pid === undefined || this.#ended ? undefined : residentBytes(pid);
  }

  /** Ends it whatever it does; `onEnd` follows. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  #send(message: ToChild): void {
    // To a child that has just died: its end is on the way, and says more.
    this.#child?.send(message, () => {});
  }
}
