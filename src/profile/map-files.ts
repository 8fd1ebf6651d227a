import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import type { SourceMapPayload } from 'node:module';
import { join } from 'node:path';
import { SnapshotError } from '../base/errors.js';

export const MAP = '.map';
/** Bytes of one file: the maps of large bundles have ten to thirty million. */
export const LARGEST_MAP = 64 * 1024 * 1024;
/** What was a regular file when the folder was listed may be a link or a pipe by now. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Names of the regular files called `*.map` directly in a folder. Throws `UNREADABLE` when it cannot be listed. */
export function mapsIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && entry.name.endsWith(MAP)).map(({ name }) => name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown reason';
    throw new SnapshotError('UNREADABLE', `found no folder that can be listed (${code}), expected one`);
  }
}

export interface MapFile {
  readonly payload: SourceMapPayload;
  readonly bytes: number;
}

/** Throws a `SnapshotError` for what is no source map, and what the system says. */
export function readMap(folder: string, name: string): MapFile {
  const bytes = readWhole(join(folder, name));
  return { payload: payloadOf(bytes), bytes: bytes.length };
}

function readWhole(file: string): Buffer {
  const descriptor = openSync(file, OPEN_FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile())
      throw new SnapshotError('UNREADABLE', 'found a folder, pipe or device, expected a regular file');
    if (stats.size > LARGEST_MAP) throw tooLarge(stats.size);
    const bytes = Buffer.alloc(stats.size);
    let at = 0;
    for (let count = -1; count !== 0 && at < bytes.length; at += count) {
      count = readSync(descriptor, bytes, at, bytes.length - at, at);
    }
    return bytes.subarray(0, at);
  } finally {
    closeSync(descriptor);
  }
}

function tooLarge(size: number): SnapshotError {
  const [found, most] = [size, LARGEST_MAP].map((bytes) => bytes.toLocaleString('en-US'));
  return new SnapshotError('TOO_LARGE', `found ${found} bytes, expected at most ${most}`);
}

const VLQS = /^[A-Za-z0-9+/,;]*$/;

/** What Node's class takes for granted is looked at here. */
function payloadOf(bytes: Buffer): SourceMapPayload {
  const payload = parsed(bytes);
  if (payload.version !== 3) throw new SnapshotError('HEADER', 'found no version 3, expected a source map of that one');
  const isMap = typeof payload.mappings === 'string' && Array.isArray(payload.sources);
  if (!isMap && !Array.isArray(payload.sections))
    throw new SnapshotError('MISSING_SECTION', 'found no "mappings" with "sources", expected both or "sections"');
  if (isMap && !VLQS.test(payload.mappings as string))
    throw new SnapshotError('SYNTAX', 'found "mappings" with other letters than base64, expected VLQs');
  // Whole sources, which Node would keep as long as the map.
  return { ...payload, sourcesContent: [] } as unknown as SourceMapPayload;
}

/** The message of `JSON.parse` would have a piece of the file in it. */
function parsed(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new SnapshotError('SYNTAX', 'found no JSON object, expected a source map');
}
