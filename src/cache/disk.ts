import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What the writer asks of the file system; tests have one that fails when it is told to. */
export interface Disk {
  /** A new file, in a folder that is made where it is missing. Both are the user's alone: caches hold a heap's texts. */
  create(path: string): Promise<Sink>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes a rename in the folder outlast a power cut, where the system can. */
  syncFolder(folder: string): Promise<void>;
}

export interface Sink {
  /** Writes some of the bytes, at least one, and says how many. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export const disk: Disk = {
  async create(path) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // An attempt that was killed may have left its own.
    await rm(path, { force: true });
    const handle = await open(path, 'wx', 0o600);
    return {
      write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  async syncFolder(folder) {
    try {
      const handle = await open(folder, 'r');
      await handle.sync().finally(() => handle.close());
    } catch {
      // Windows opens no folders. The file itself is synced: without this, a power cut may only lose it.
    }
  },
};
