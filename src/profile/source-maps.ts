import { SourceMap } from 'node:module';
import { SnapshotError } from '../base/errors.js';
import type { Place } from '../base/suspect-types.js';
import { LARGEST_MAP, MAP, mapsIn, readMap } from './map-files.js';

/** Bytes of the files whose maps are kept: in memory mappings are some twenty times as large. The latest is kept whatever its size. */
const KEPT = LARGEST_MAP / 4;
const MOST_NOTES = 20;
const URL_START = /^[a-z][a-z0-9+.-]*:\/\//i;

interface Kept {
  readonly map: SourceMap;
  readonly root: string;
  readonly bytes: number;
}

/**
 * Where code comes from, by the source maps in one folder that a user has named. No path of the evidence is ever opened: a script's last part
 * picks one of the files that were listed at the start. A map is read when it is first asked for.
 */
export class SourceMaps {
  readonly #folder: string;
  readonly #names: Set<string>;
  readonly #kept = new Map<string, Kept>();
  readonly #notes: string[] = [];
  #bytes = 0;

  /** Lists regular files called `*.map`; links are passed over. Throws `UNREADABLE` when the folder cannot be listed. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#names = new Set(mapsIn(folder));
  }

  /** Maps that can be asked. */
  get size(): number {
    return this.#names.size;
  }

  /** Which maps turned out to be none, and why: the first ones. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** Undefined where no map says it. A place of which only the script is known has none. */
  originalOf({ script, line, column }: Place): Place | undefined {
    if (line < 1 || column < 1) return undefined;
    const kept = this.#mapOf(`${fileNameOf(script)}${MAP}`);
    const entry = kept?.map.findEntry(line - 1, column - 1);
    // Node answers with the last entry of the lines above where a line begins with code that comes from nowhere.
    if (!kept || !entry || !('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined;
    const { originalSource, originalLine, originalColumn } = entry;
    const isPlace = typeof originalSource === 'string' && isPosition(originalLine) && isPosition(originalColumn);
    return isPlace
      ? { script: kept.root + originalSource, line: originalLine + 1, column: originalColumn + 1 }
      : undefined;
  }

  #mapOf(name: string): Kept | undefined {
    const known = this.#kept.get(name);
    if (known !== undefined || !this.#names.has(name)) return known;
    try {
      const { payload, bytes } = readMap(this.#folder, name);
      return this.#keep(name, { map: new SourceMap(payload), root: rootOf(payload.sourceRoot), bytes });
    } catch (thrown) {
      // Not to be tried for every frame.
      this.#names.delete(name);
      if (this.#notes.length < MOST_NOTES) this.#notes.push(`${name}: ${reasonOf(thrown)}`);
      return undefined;
    }
  }

  /** The oldest go: places of one script are asked for in a row. */
  #keep(name: string, kept: Kept): Kept {
    this.#bytes += kept.bytes;
    for (const [old, { bytes }] of this.#kept) {
      if (this.#bytes <= KEPT) break;
      this.#kept.delete(old);
      this.#bytes -= bytes;
    }
    this.#kept.set(name, kept);
    return kept;
  }
}

/** Of a URL the path's last part, as a file is called; of a path the last part, whatever system it is of. */
function fileNameOf(script: string): string {
  const isUrl = URL_START.test(script);
  const path = isUrl ? script.slice(0, endOfPath(script)) : script;
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return isUrl ? decoded(name) : name;
}

function endOfPath(url: string): number {
  const end = url.search(/[?#]/);
  return end < 0 ? url.length : end;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Node leaves it out. */
function rootOf(root: unknown): string {
  if (typeof root !== 'string' || root === '') return '';
  return root.endsWith('/') ? root : `${root}/`;
}

function isPosition(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Node's own messages say how its class is made. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof SnapshotError) return thrown.message;
  const code = thrown instanceof Error && 'code' in thrown ? ` (${thrown.code})` : '';
  return `found a map that cannot be read${code}, expected a source map`;
}
