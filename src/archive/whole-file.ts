import { closeSync, fsync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isLeft, temporaryEnd } from '../base/temporary-names.js';

const synced = promisify(fsync);

/** What a killed process has left: its name says so. */
const PARTIAL = /^\..+[.-][0-9a-f]{12}\.partial$/;

/**
 * A file that is there whole or not at all: written under another name in the same folder, which is made if it is not there, then synced
 * and renamed. What has stood there before stands there until then. Only its owner can read it. Throws what the system says.
 */
export class WholeFile {
  readonly #file: string;
  readonly #partial: string;
  readonly #descriptor: number;
  #isOpen = true;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#partial = join(dirname(file), `.${basename(file)}.${temporaryEnd()}`);
    this.#descriptor = openSync(this.#partial, 'wx', 0o600);
  }

  write(bytes: Uint8Array): void {
    writeAll(this.#descriptor, bytes);
  }

  finish(): void {
    fsyncSync(this.#descriptor);
    this.#putInPlace();
  }

  /** The same; while the disk is at it, other files can be written. */
  async finishSlowly(): Promise<void> {
    await synced(this.#descriptor);
    this.#putInPlace();
  }

  /** Leaves nothing behind; of a file that is finished, all of it. */
  abandon(): void {
    if (this.#isOpen) this.#close();
    rmSync(this.#partial, { force: true });
  }

  #putInPlace(): void {
    this.#close();
    renameSync(this.#partial, this.#file);
  }

  #close(): void {
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }
}

/** Writes a file whole or not at all, from pieces that come one after the other. */
export function writeWholeFile(file: string, pieces: Iterable<Uint8Array>): void {
  const whole = new WholeFile(file);
  try {
    for (const bytes of pieces) whole.write(bytes);
    whole.finish();
  } catch (error) {
    whole.abandon();
    throw error;
  }
}

/** The same from pieces that take a while to come: what else there is to do is done in between. */
export async function writeWholeFileSlowly(
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const whole = new WholeFile(file);
  try {
    for await (const bytes of pieces) whole.write(bytes);
    await whole.finishSlowly();
  } catch (error) {
    whole.abandon();
    throw error;
  }
}

/** Disks that are almost full take a part of what they are given. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += writeSync(descriptor, bytes, at));
}

/** Removes what killed processes have left of this file. Cost: the folder is listed. */
export function removeLeft(file: string): void {
  const folder = dirname(file);
  const begin = `.${basename(file)}.`;
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith(begin) && isPartial(name) && isLeft(name)) rmSync(join(folder, name), { force: true });
  } catch {
    // A folder that is not there has nothing left in it, and one that cannot be changed is met by who writes.
  }
}

/** Whether a name is that of a file which has not been finished. */
export function isPartial(name: string): boolean {
  return PARTIAL.test(name);
}
