import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { SnapshotError } from '../base/errors.js';
import type { Bytes, OpenOptions } from '../base/types.js';
import { availableMemory } from '../batch/memory.js';
import { checkReadable } from '../read/file.js';
import { Explorer } from './explorer.js';
import { WebServer } from './web-server.js';

export interface ServeOptions extends Pick<OpenOptions, 'cache' | 'onProgress' | 'onNote'> {
  /** Aborting it ends the server. */
  readonly signal: AbortSignal;
  /** Default: a free one. */
  readonly port?: number;
  /** What open snapshots may take together; default: four fifths of the memory that is available. */
  readonly maxMemory?: Bytes;
  /** Shows values of strings, and lets them be searched. */
  readonly showValues?: boolean;
  /** Called with the page's address as soon as it answers; all that is asked before a snapshot is open is answered with how far it is. */
  readonly onListening: (address: string) => void | Promise<void>;
  /** Called when the first snapshot is open, with its index. */
  readonly onReady?: () => void;
}

const TOKEN_BYTES = 32;
const SHARE_OF_MEMORY = 0.8;

/**
 * Serves the explorer of these snapshots on 127.0.0.1 until the signal is aborted. Rejects where the port cannot be had, and with the error
 * of a single snapshot that cannot be opened.
 */
export async function serve(files: readonly string[], options: ServeOptions): Promise<void> {
  const { cache, onProgress, onNote, showValues = false, maxMemory = SHARE_OF_MEMORY * availableMemory() } = options;
  const wanted = options.port ?? 0;
  // Before anybody is told an address that would be gone at once.
  if (files.length === 1) refuseUnreadable(files[0]);
  const own = new AbortController();
  const signal = AbortSignal.any([options.signal, own.signal]);
  const explorer = new Explorer(files, { cache, onProgress, onNote, signal, maxMemory, showValues });
  const server = new WebServer(explorer);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  try {
    const port = await server.listen(wanted, token).catch((thrown) => refused(wanted, thrown));
    // Behind the `#`, so that it is sent nowhere: the page takes it from there.
    await options.onListening(`http://127.0.0.1:${port}/#token=${token}`);
    await explorer.open();
    if (!signal.aborted) throwIfOnlyOneFailed(explorer);
    options.onReady?.();
    void explorer.report.make();
    if (!options.signal.aborted) await once(options.signal, 'abort');
  } finally {
    own.abort();
    await server.close();
    await explorer.close();
  }
}

function refuseUnreadable(file: string): void {
  try {
    checkReadable(file);
  } catch (thrown) {
    throw SnapshotError.fromData(SnapshotError.from(thrown).toData(), file);
  }
}

function throwIfOnlyOneFailed({ snapshots }: Explorer): void {
  const state = snapshots.state(snapshots.files.length - 1);
  if (snapshots.files.length === 1 && state.state === 'failed')
    throw SnapshotError.fromData(state.error, snapshots.files[0]);
}

function refused(port: number, { code }: NodeJS.ErrnoException): never {
  throw new SnapshotError('OUTPUT', `found that the port ${port} cannot be had (${code}), expected a free one`);
}
