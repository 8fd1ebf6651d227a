import type { ClassSummary } from '../base/types.js';
import { Column } from '../graph/column.js';
import type { Texts } from '../graph/names.js';
import type { SnapshotMemory } from '../graph/snapshot-memory.js';
import { MAX_TEXT_BYTES, SEGMENT, StringTable, type StringTableData } from '../read/string-table.js';
import { elementBytes, type Kind, type Region, viewOf } from '../wasm/region.js';
import type { CacheFile } from './cache-file.js';
import { loadFindings } from './stored-report.js';

/** A string table whose ends and segments are columns of a cache. */
export interface StoredTexts extends Pick<StringTableData, 'count' | 'wraps'> {
  readonly ends: Region & { readonly kind: 'u32' };
  readonly segments: readonly (Region & { readonly kind: 'u8' })[];
}

/** What an opened snapshot reads from when it comes from a cache. */
export class CacheMemory implements SnapshotMemory {
  readonly #cache: CacheFile;
  readonly #columns = new Map<number, Column>();
  readonly #texts: CachedTexts;
  #classNames: readonly string[] | undefined;
  #classKeys: readonly string[] | undefined;
  #classes: readonly ClassSummary[] | undefined;

  constructor(cache: CacheFile, texts: StoredTexts) {
    this.#cache = cache;
    this.#texts = new CachedTexts(texts, (region, buffer) => this.#over(region, buffer));
  }

  get strings(): Texts {
    return this.#texts;
  }

  wholeStrings(): StringTableData {
    return this.#texts.whole();
  }

  /** One object a column, whoever asks: what one of them has read is there for the others. */
  column<K extends Kind>(region: Region & { readonly kind: K }): Column<K> {
    let column = this.#columns.get(region.offset);
    if (column === undefined) {
      // Memory that is not touched costs nothing: the system makes its pages when they are.
      column = this.#over(region, new SharedArrayBuffer(region.length * elementBytes(region.kind)));
      this.#columns.set(region.offset, column);
    }
    return column as Column<K>;
  }

  get classNames(): readonly string[] {
    this.#classNames ??= this.#cache.document<readonly string[]>('class names');
    return this.#classNames;
  }

  get classKeys(): readonly string[] {
    this.#classKeys ??= this.#cache.document<readonly string[]>('class keys');
    return this.#classKeys;
  }

  get classes(): readonly ClassSummary[] {
    this.#classes ??= loadFindings(this.#cache).classes;
    return this.#classes;
  }

  close(): void {
    this.#cache.close();
  }

  #over<K extends Kind>(region: Region & { readonly kind: K }, buffer: SharedArrayBuffer): Column<K> {
    return new Column<K>(viewOf(buffer, { ...region, offset: 0 }), this.#cache.blocksOf(region.offset));
  }
}

type ColumnOver = <K extends Kind>(region: Region & { readonly kind: K }, buffer: SharedArrayBuffer) => Column<K>;

/** Texts whose bytes are brought when they are wanted. */
class CachedTexts implements Texts {
  readonly #table: StringTable;
  readonly #ends: Column<'u32'>;
  readonly #segments: readonly Column<'u8'>[];

  constructor({ count, wraps, ends, segments }: StoredTexts, over: ColumnOver) {
    const endsBuffer = new SharedArrayBuffer(4 * ends.length);
    const buffers = segments.map(({ length }) => new SharedArrayBuffer(length));
    // Marks are for the analysis, which is over.
    const marked = new Uint32Array(0);
    this.#table = new StringTable({ count, wraps, marked, ends: new Uint32Array(endsBuffer), segments: buffers });
    this.#ends = over(ends, endsBuffer);
    this.#segments = segments.map((segment, at) => over(segment, buffers[at]));
  }

  whole(): StringTableData {
    this.#ends.bring(0, this.#ends.length);
    for (const segment of this.#segments) segment.bring(0, segment.length);
    return this.#table.data;
  }

  text(index: number): string {
    this.#ends.bring(Math.max(0, index - 1), Math.min(index + 1, this.#ends.length));
    const start = this.#table.end(index - 1);
    const end = Math.min(this.#table.end(index), start + MAX_TEXT_BYTES);
    for (let at = Math.floor(start / SEGMENT); at * SEGMENT < end; at++) {
      this.#segments[at].bring(Math.max(0, start - at * SEGMENT), Math.min(SEGMENT, end - at * SEGMENT));
    }
    return this.#table.text(index);
  }
}
