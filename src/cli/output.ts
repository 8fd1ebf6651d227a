import { terminalText } from '../report/terminal-text.js';

/** stdout refused bytes for another reason than a reader that has gone. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/** Keeps a broken pipe on either stream from ending the process with a stack trace. */
export function tolerateBrokenPipes(): void {
  // Failures on stdout reach the caller of `writeOutput`; there is nowhere to report those of stderr.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

/** Writes a finished document to stdout. A reader that has seen enough (`| head`) is no failure. */
export function writeOutput(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(new OutputError(`cannot write the output: ${error.message}`));
    });
  });
}

/** One line of talk on stderr. */
export function say(message: string): void {
  process.stderr.write(`heapsleuth: ${terminalText(message)}\n`);
}
