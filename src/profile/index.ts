import { SnapshotError } from '../base/errors.js';
import type { HeapProfile } from '../base/profile-types.js';
import { sourceOf } from '../read/file.js';
import type { OpenSource } from '../read/source.js';
import { ProfileReader } from './profile-reader.js';
import type { SiteLimits } from './site-table.js';
import { Refusal, readTokens, type TokenOptions } from './tokens.js';

export type ProfileOptions = Pick<TokenOptions, 'signal'> & { readonly limits?: SiteLimits };

/**
 * Reads a sampling heap profile, plain, gzip or Zstandard: what `node --heap-prof` writes, and the inspector's `HeapProfiler.stopSampling`
 * returns. Nothing holds the file; memory is that of its functions, node ids and names. Throws a `SnapshotError` for what is none,
 * the same for what cannot be read, and the signal's reason.
 */
export function readProfile(file: string, options: ProfileOptions = {}): Promise<HeapProfile> {
  return profileFrom(sourceOf(file), options);
}

export async function profileFrom(open: OpenSource, options: ProfileOptions = {}): Promise<HeapProfile> {
  try {
    return await read(open, options);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    throw await placed(open, options, thrown);
  }
}

async function read(open: OpenSource, { limits, ...options }: ProfileOptions & TokenOptions): Promise<HeapProfile> {
  const reader = new ProfileReader(limits);
  const bytes = await readTokens(open, reader, options);
  return reader.finish(bytes);
}

/**
 * Finds the byte by reading the file once more, byte by byte at the end: being right costs nothing, being wrong a second pass. Of a word that
 * is none, such as `nulx`, it is a later one, sixteen bytes on: the parser waits for more of it.
 */
async function placed(open: OpenSource, options: ProfileOptions, { error, from }: Refusal): Promise<SnapshotError> {
  try {
    await read(open, { ...options, finelyFrom: from });
  } catch (again) {
    options.signal?.throwIfAborted();
    if (again instanceof Refusal) return new SnapshotError(again.error.code, again.error.message, again.from);
  }
  // The file has changed meanwhile.
  return error;
}
