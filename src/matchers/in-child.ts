import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Analysis, AnalyzeOptions } from '../base/types.js';
import { terminalText } from '../report/terminal-text.js';

export interface ChildQuestion {
  readonly files: readonly string[];
  readonly options: Pick<AnalyzeOptions, 'suspects' | 'top'>;
}

export type ChildAnswer = { readonly analysis: Analysis } | { readonly failure: string };

/** What is kept of what a child says before it dies. */
const LAST_WORDS = 2000;

/**
 * `analyze` in a process of its own, so that the caller's heap stays as it was. Rejects with the signal's reason when that is aborted, and
 * with an error where the child dies. Cost: a start of Node besides.
 */
export function analyzeInChild(
  files: readonly string[],
  options: ChildQuestion['options'] & { readonly signal?: AbortSignal },
): Promise<Analysis> {
  const { signal, ...handedOn } = options;
  signal?.throwIfAborted();
  // As a text: test environments have a `URL` of their own, which Node does not know.
  const child = fork(fileURLToPath(new URL('./analysis-child.js', import.meta.url).href), [], {
    execArgv: [],
    env: plainEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return new Promise<Analysis>((resolve, reject) => {
    let words = '';
    const onAbort = () => {
      child.kill('SIGKILL');
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-LAST_WORDS);
    });
    child.once('message', (answer: ChildAnswer) => {
      if ('analysis' in answer) resolve(answer.analysis);
      else reject(new Error(`the analysis failed: ${terminalText(answer.failure)}`));
    });
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      signal?.removeEventListener('abort', onAbort);
      // Where it has answered, this changes nothing.
      reject(new Error(`the analysis ended with ${killedBy ?? `exit code ${code}`}: ${terminalText(words.trim())}`));
    });
    child.send({ files, options: handedOn } satisfies ChildQuestion, (error) => error && reject(error));
  });
}

/** What a test runner tells Node by its environment is not meant for this child. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...rest } = process.env;
  return rest;
}
