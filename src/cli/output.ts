import { fstatSync, writeSync } from 'node:fs';
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
export async function writeOutput(text: string): Promise<void> {
  try {
    const { fd } = process.stdout;
    if (isFile(fd)) writeToFile(fd, Buffer.from(text));
    else await writeToStream(text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EPIPE') throw new OutputError(`cannot write the output: ${message}`);
  }
}

/** A terminal is a device too, but one that Node's own stream handles. */
function isFile(descriptor: number): boolean {
  const found = fstatSync(descriptor);
  return found.isFile() || (found.isCharacterDevice() && !process.stdout.isTTY);
}

/** Node's stream over a file takes it as written when the system has taken a part, which a full disk does. */
function writeToFile(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const written = writeSync(descriptor, bytes, done);
    if (written === 0) throw new Error(`found that ${bytes.length - done} bytes are not taken, expected some to be`);
    done += written;
  }
}

function writeToStream(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** One line of talk on stderr. */
export function say(message: string): void {
  process.stderr.write(`heapsleuth: ${terminalText(message)}\n`);
}
