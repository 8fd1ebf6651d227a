import { fstatSync, writeSync } from 'node:fs';
import { terminalText } from '../report/terminal-text.js';

/** stdout refused bytes for another reason than a reader that has gone. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

const STDOUT = 1;
const STDERR = 2;
const tolerant = new Set<NodeJS.WriteStream>();

/** stdout as a stream. Asked for only where it is needed: for a pipe Node loads what it has of networks. */
function outputStream(): NodeJS.WriteStream {
  return tolerating(process.stdout);
}

/** stderr, likewise. */
export function talkStream(): NodeJS.WriteStream {
  return tolerating(process.stderr);
}

/** Keeps a broken pipe from ending the process with a stack trace. */
function tolerating(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  // Failures on stdout reach the caller of `writeOutput`; there is nowhere to report those of stderr.
  if (!tolerant.has(stream)) stream.on('error', () => {});
  tolerant.add(stream);
  return stream;
}

/** What tells whether someone watches: the stream where that may be, nothing for files and pipes. */
export function outputTerminal(): Partial<NodeJS.WriteStream> {
  return isDevice(STDOUT) ? outputStream() : {};
}

export function talkTerminal(): Partial<NodeJS.WriteStream> {
  return isDevice(STDERR) ? talkStream() : {};
}

function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return true;
  }
}

/** Writes a finished document to stdout. A reader that has seen enough (`| head`) is no failure. */
export async function writeOutput(output: string | Uint8Array): Promise<void> {
  const bytes = typeof output === 'string' ? Buffer.from(output) : output;
  const rest = outputTerminal().isTTY ? bytes : bytes.subarray(writeNow(bytes));
  if (rest.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    outputStream().write(rest, (error) => {
      if (!error || hasGone(error)) resolve();
      else reject(refused(error));
    });
  });
}

/**
 * Files and pipes take what they are given; how much until one would have to be waited for. Not by Node's stream, which takes a
 * file for written when the system has taken a part of it, as a full disk does.
 */
function writeNow(bytes: Uint8Array): number {
  let written = 0;
  try {
    while (written < bytes.length) {
      const count = writeSync(STDOUT, bytes, written);
      if (count === 0) throw new Error(`found that ${bytes.length - written} bytes are not taken, expected some to be`);
      written += count;
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EAGAIN') return written;
    if (!hasGone(thrown as Error)) throw refused(thrown as Error);
  }
  return bytes.length;
}

function hasGone(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE';
}

function refused(error: Error): OutputError {
  return new OutputError(`cannot write the output: ${error.message}`);
}

/** One line of talk on stderr. */
export function say(message: string): void {
  talkStream().write(`heapsleuth: ${terminalText(message)}\n`);
}
