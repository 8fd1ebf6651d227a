import type { Findings } from '../analysis/report.js';
import type { OpenedFile, SnapshotHandover, SnapshotLayout } from '../graph/snapshot-memory.js';
import { SEGMENT } from '../read/string-table.js';
import { elementBytes, type Kind, type Region } from '../wasm/region.js';
import type { CacheFile } from './cache-file.js';
import { CacheMemory, type StoredTexts } from './cache-memory.js';
import { findingsColumn } from './stored-report.js';
import { type CacheTarget, type ColumnToStore, documentColumn, writeCache } from './writer.js';

const LAYOUT = 'layout';

/** The layout of a snapshot in a cache: a region's offset there is the number of its column. */
interface StoredLayout {
  readonly layout: SnapshotLayout;
  readonly texts: StoredTexts;
}

/** Writes all that `openSnapshot` hands over, and the findings. Cost: about 70 bytes a node, 13 an edge, and the texts. */
export async function storeGraph(
  target: CacheTarget,
  { buffer, strings, classNames, classKeys, classes: _, ...layout }: SnapshotHandover,
  findings: Findings,
): Promise<void> {
  const columns: ColumnToStore[] = [];
  const add = <K extends Kind>(name: string, kind: K, bytes: Uint8Array): Region & { readonly kind: K } => {
    columns.push({ name, kind, bytes });
    return { kind, offset: columns.length - 1, length: bytes.length / elementBytes(kind) };
  };
  const { count, segments, ends, wraps } = strings;
  const last = ends.length === 0 ? 0 : wraps.length * 2 ** 32 + ends[ends.length - 1];
  const texts: StoredTexts = {
    count,
    wraps,
    ends: add('strings.ends', 'u32', new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength)),
    // A segment has room for more than the table has filled.
    segments: segments.map((segment, at) =>
      add(`strings.${at}`, 'u8', new Uint8Array(segment, 0, Math.min(SEGMENT, last - at * SEGMENT))),
    ),
  };
  const stored = withRegions(layout, '', ({ kind, offset, length }, name) =>
    add(name, kind, new Uint8Array(buffer, offset, length * elementBytes(kind))),
  );
  columns.push(
    documentColumn('class names', classNames),
    documentColumn('class keys', classKeys),
    findingsColumn(findings),
    documentColumn(LAYOUT, { layout: stored, texts }),
  );
  await writeCache(target, columns);
}

/** A snapshot over a cache. What is asked of it is read when it is asked. Throws `CACHE_BROKEN`, as its memory does. */
export function openGraph(cache: CacheFile): OpenedFile {
  const { layout, texts } = cache.document<StoredLayout>(LAYOUT);
  return { layout, memory: new CacheMemory(cache, texts) };
}

/** The same value with every region in it replaced; `name` is the way to it. */
function withRegions(value: unknown, name: string, replace: (region: Region, name: string) => Region): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('kind' in value && 'offset' in value) return replace(value as Region, name);
  const entries = Object.entries(value).map(([key, part]) => {
    return [key, withRegions(part, name === '' ? key : `${name}.${key}`, replace)];
  });
  return Object.fromEntries(entries);
}
