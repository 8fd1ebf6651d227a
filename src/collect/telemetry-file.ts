import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file is left at this size for the next one. */
const LARGEST = 64 << 20;

/**
 * Lines of one process, one write each: a process that dies in between leaves whole lines, and after a write that was cut short the next one
 * begins on a line of its own. Never throws: what cannot be written is counted.
 */
export class TelemetryFile {
  readonly #folder: string;
  readonly #name: string;
  readonly #onLost: (reason: string) => void;
  #descriptor: number | undefined;
  #number = 0;
  #bytes = 0;
  #isBroken = false;
  #lost = 0;

  constructor(folder: string, name: string, onLost: (reason: string) => void) {
    this.#folder = folder;
    this.#name = name;
    this.#onLost = onLost;
  }

  /** Lines that could not be written. */
  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    try {
      this.#descriptor ??= this.#open();
      const text = Buffer.from(`${this.#isBroken ? '\n' : ''}${line}\n`);
      this.#isBroken = true;
      const written = writeSync(this.#descriptor, text);
      this.#bytes += written;
      if (written < text.length) throw new Error('no room for a whole line');
      this.#isBroken = false;
      if (this.#bytes >= LARGEST) this.close();
    } catch (error) {
      this.#lost++;
      this.#onLost(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#bytes = 0;
  }

  #open(): number {
    for (;;) {
      const suffix = this.#number === 0 ? '' : `-${this.#number + 1}`;
      try {
        // Appended to, for the owner's eyes, and nobody else's: processes of several containers may have begun in one second under one id.
        const descriptor = openSync(join(this.#folder, `${this.#name}${suffix}.v8.jsonl`), 'ax', 0o600);
        this.#number++;
        this.#isBroken = false;
        return descriptor;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        this.#number++;
      }
    }
  }
}
