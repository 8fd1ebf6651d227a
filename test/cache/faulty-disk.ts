import { rename, rm } from 'node:fs/promises';
import { type Disk, disk, type Sink } from '#src/cache/disk.js';

export type Fault = 'fails' | 'fails halfway' | 'is short' | 'takes nothing';

/** The real disk, on which operation number `at` goes wrong. Writes count one each, and so do all other operations. */
export class FaultyDisk implements Disk {
  readonly #at: number;
  readonly #fault: Fault;
  operations = 0;

  constructor(at: number, fault: Fault) {
    this.#at = at;
    this.#fault = fault;
  }

  async create(path: string): Promise<Sink> {
    this.#step();
    const sink = await disk.create(path);
    return {
      write: async (bytes, position) => {
        const hit = this.operations++ === this.#at;
        if (!hit) return sink.write(bytes, position);
        if (this.#fault === 'takes nothing') return 0;
        const part = this.#fault === 'fails' ? 0 : Math.ceil(bytes.length / 2);
        if (part > 0) await sink.write(bytes.subarray(0, part), position);
        if (this.#fault === 'is short') return part;
        throw fullDisk();
      },
      sync: async () => {
        this.#step();
        await sink.sync();
      },
      close: async () => {
        await sink.close();
        this.#step();
      },
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step();
    await rename(from, to);
  }

  remove(path: string): Promise<void> {
    return rm(path, { force: true });
  }

  async syncFolder(folder: string): Promise<void> {
    await disk.syncFolder(folder);
  }

  /** Operations that have no halves. */
  #step(): void {
    if (this.operations++ === this.#at && this.#fault.startsWith('fails')) throw fullDisk();
  }
}

function fullDisk(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}
