import { SnapshotError } from '../base/errors.js';
import { type Stopwatch, timedAsync } from '../base/stopwatch.js';
import type { Arena } from '../wasm/arena.js';
import { planColumns, type RowReading, readEdges, readNodes } from './columns-reader.js';
import { EdgeWindow, NameCheck } from './edge-window.js';
import { FurtherSections } from './further-sections.js';
import { type Header, numberedMask, parseHeader } from './header.js';
import { Input } from './input.js';
import { MAX_DEPTH, readValue } from './json-value.js';
import { readLocations } from './locations-reader.js';
import { MisfitError } from './misfit.js';
import { readingOf, stageOf } from './read-stages.js';
import { Scanner } from './scanner.js';
import { duplicateSection, findSection, forEachSection, missingSection } from './sections.js';
import { LIST_SECTIONS, type RawSnapshot, type SnapshotColumns } from './snapshot-columns.js';
import type { OpenSource } from './source.js';
import { StringTable } from './string-table.js';
import { type ReadTail, Tail, type TailContent } from './tail.js';
import { tailStart } from './tail-start.js';

/** A header is one or two kilobytes; this is room for any that means well. */
const MAX_HEADER = 1 << 20;

export interface ReadOptions {
  /** Has another thread read the tail of the file at the same time. */
  readonly readTail?: ReadTail;
  /** Where that one begins; a balance of both by default. */
  readonly tailStart?: typeof tailStart;
  /**
   * Called once with the header, before any column is allocated: where it gives a window, edges go through that to files, and
   * the columns of edges stay empty. May refuse the snapshot by throwing.
   */
  readonly planEdges?: (header: Header) => EdgeWindow | undefined;
  /** Called when all columns are filled: only checks are left. */
  readonly onColumns?: (header: Header, strings: StringTable) => void;
  /** Where the time of each section is noted. */
  readonly stopwatch?: Stopwatch;
  /** Called after each window with the share of the file read, 0 … 1, and waited for; throwing in it ends the reading. */
  readonly onProgress?: (fraction: number) => void | Promise<void>;
}

/**
 * Reads a whole snapshot into the arena: one pass over the bytes, two where `snapshot` is not the first section.
 * Everything is validated; throws `SnapshotError` with the offset of the offending byte.
 */
export async function readSnapshot(open: OpenSource, arena: Arena, options: ReadOptions = {}): Promise<RawSnapshot> {
  const reader = new SnapshotReader(open, arena, await createScanner(open, arena, options.onProgress), options);
  try {
    return await reader.read();
  } catch (error) {
    if (!(error instanceof MisfitError)) throw error;
    throw await placed(open, arena, error);
  } finally {
    await reader.close();
  }
}

class SnapshotReader {
  readonly #open: OpenSource;
  readonly #arena: Arena;
  readonly #scanner: Scanner;
  readonly #options: ReadOptions;
  readonly #further: FurtherSections;
  readonly #seen = new Set<string>();
  #header: Header | undefined;
  #columns: SnapshotColumns | undefined;
  #window: EdgeWindow | undefined;
  #tail: Tail | undefined;

  constructor(open: OpenSource, arena: Arena, scanner: Scanner, options: ReadOptions) {
    this.#open = open;
    this.#arena = arena;
    this.#scanner = scanner;
    this.#options = options;
    this.#further = new FurtherSections(arena, scanner);
  }

  async read(): Promise<RawSnapshot> {
    const { input } = this.#scanner;
    await forEachSection(input, (name) => {
      if (this.#seen.has(name)) throw duplicateSection(name, input);
      if (KNOWN_SECTIONS.has(name)) this.#seen.add(name);
      return readingOf(this.#options.stopwatch, stageOf(name), input, () => this.#section(name));
    });
    for (const needed of ['snapshot', 'nodes', 'edges', 'strings']) {
      if (!this.#seen.has(needed)) throw missingSection(needed, input);
    }
    const header = this.#header as Header;
    const columns = this.#columns as SnapshotColumns;
    const strings = this.#further.strings as StringTable;
    this.#options.onColumns?.(header, strings);
    await timedAsync(this.#options.stopwatch, 'check names', 'memory', () =>
      this.#checkNames(header, columns, strings),
    );
    const { lists, locationsEnd } = this.#further;
    const locations = readLocations(this.#arena, header, lists.get('locations'), locationsEnd);
    return { header, columns, strings, locations, lists };
  }

  /** True once the whole file has been read. */
  async #section(name: string): Promise<boolean> {
    const { input } = this.#scanner;
    if (name === 'snapshot') {
      const header = await readHeader(input);
      this.#header ??= header;
    } else if (name === 'nodes' || name === 'edges') {
      const reading = await this.#reading();
      if (name === 'edges') return this.#edges(reading);
      this.#startTail(reading);
      await readNodes(reading);
    } else {
      await this.#further.read(name);
    }
    return false;
  }

  async #reading(): Promise<RowReading> {
    const [arena, scanner] = [this.#arena, this.#scanner];
    this.#header ??= await findHeader(this.#open, arena);
    checkPlausible(this.#header, scanner.input);
    if (this.#columns === undefined) {
      this.#window = this.#options.planEdges?.(this.#header);
      this.#columns = planColumns(arena, this.#header, this.#window);
    }
    return { scanner, arena, header: this.#header, columns: this.#columns, window: this.#window };
  }

  /** Called at the nodes: where the edges lie behind them, another thread can read most of those meanwhile. */
  #startTail({ header, columns }: RowReading): void {
    const { readTail, tailStart: startOf = tailStart, stopwatch } = this.#options;
    if (readTail === undefined || this.#window !== undefined || this.#seen.has('edges')) return;
    const { input } = this.#scanner;
    const from = startOf(header, input.offset, input.size);
    if (from === undefined) return;
    this.#tail = new Tail(
      this.#arena,
      { header, columns, from, timings: stopwatch !== undefined },
      readTail,
      (content) => this.#append(content),
    );
  }

  async #edges(reading: RowReading): Promise<boolean> {
    const { input } = this.#scanner;
    const start = input.offset;
    await readEdges(reading, { successor: this.#tail });
    if (this.#tail === undefined) return false;
    if (this.#tail.hasTakenOver || (await this.#tail.takeRest(input.offset))) return true;
    if (await this.#tail.stop()) {
      input.seek(start);
      await readEdges(reading);
    }
    return false;
  }

  /** Takes the tail's sections; false where this reader has seen one of them, and should itself say where the second is. */
  #append({ sections, strings, lists, locationsEnd, timings }: TailContent): boolean {
    const known = sections.filter((name) => KNOWN_SECTIONS.has(name));
    if (new Set([...this.#seen, ...known]).size < this.#seen.size + known.length) return false;
    for (const name of known) this.#seen.add(name);
    if (strings) this.#further.strings = new StringTable(strings);
    for (const [name, list] of lists) this.#further.lists.set(name, list);
    this.#further.locationsEnd = locationsEnd;
    this.#options.stopwatch?.add(timings);
    return true;
  }

  /** String indexes can be checked only once the strings are counted. */
  async #checkNames(header: Header, columns: SnapshotColumns, strings: StringTable): Promise<void> {
    const { kernels } = this.#arena;
    const node = kernels.checkNodeNames(columns.nodeName.offset, header.nodeCount, strings.count);
    if (node < header.nodeCount) {
      const index = node * header.nodeFields.length + header.nodeFields.indexOf('name');
      throw new MisfitError('nodes', index, 'string index', `one below ${strings.count}`);
    }
    const unchecked = Math.min(header.edgeCount, this.#tail?.checkedFrom ?? Number.POSITIVE_INFINITY);
    const edge = await this.#firstBadEdge(header, columns, strings, unchecked);
    if (edge < unchecked) {
      const index = edge * header.edgeFields.length + header.edgeFields.indexOf('name_or_index');
      throw new MisfitError('edges', index, 'string index', `one below ${strings.count}`);
    }
  }

  /** The first of `count` edges whose name is a string index that there is none for; `count` where all are right. */
  async #firstBadEdge(header: Header, columns: SnapshotColumns, strings: StringTable, count: number): Promise<number> {
    const [arena, numbered] = [this.#arena, numberedMask(header)];
    const { edgeType, edgeName } = columns;
    if (this.#window === undefined) {
      const { kernels } = arena;
      return kernels.checkEdgeNames(edgeType.offset, edgeName.offset, count, numbered, strings.count) >>> 0;
    }
    const found = this.#window.firstBadName(header.edgeCount, numbered, strings.count);
    if (found !== undefined) return found;
    const check = new NameCheck(numbered, strings.count);
    const window = new EdgeWindow(arena, 0, check);
    const again = { ...columns, edgeType: window.type, edgeName: window.name, edgeTo: window.to };
    await withInput(this.#open, arena, async (scanner) => {
      const reading = { scanner, arena, header, window, columns: again };
      await findSection(scanner.input, 'edges', () => readEdges(reading));
    });
    window.flush(header.edgeCount);
    return check.first;
  }

  async close(): Promise<void> {
    this.#scanner.input.close();
    // It writes into the arena, which the next file may use.
    await this.#tail?.stop();
  }
}

const KNOWN_SECTIONS: ReadonlySet<string> = new Set([
  'snapshot',
  'nodes',
  'edges',
  'strings',
  'trace_tree',
  ...LIST_SECTIONS,
]);

async function createScanner(open: OpenSource, arena: Arena, onProgress?: ReadOptions['onProgress']): Promise<Scanner> {
  const source = await open();
  let read = 0;
  const input = new Input(arena, source, (bytes) => {
    read += bytes;
    if (source.size !== undefined) return onProgress?.(source.size === 0 ? 1 : read / source.size);
    // The size of a compressed stream shows only at its end: approach it, never claim it.
    return onProgress?.(read / (read + (64 << 20)));
  });
  return new Scanner(arena, input);
}

async function readHeader(input: Input): Promise<Header> {
  const offset = input.offset;
  return parseHeader(await readValue(input, MAX_DEPTH, MAX_HEADER), offset);
}

/** A number takes two bytes at least, so a file of known size bounds what its header may claim. */
function checkPlausible(header: Header, input: Input): void {
  const { size } = input;
  if (size === undefined) return;
  const { nodeCount, edgeCount, nodeFields, edgeFields } = header;
  const numbers = nodeCount * nodeFields.length + edgeCount * edgeFields.length;
  if (numbers * 2 <= size + 2) return;
  throw new SnapshotError(
    'COUNT_MISMATCH',
    `snapshot: found a header that says ${nodeCount} nodes and ${edgeCount} edges, expected no more than the file's ${size} bytes can hold`,
    0,
  );
}

/** The header of a file that has other sections first, by a pass of its own. */
async function findHeader(open: OpenSource, arena: Arena): Promise<Header> {
  return withInput(open, arena, async ({ input }) => {
    let header: Header | undefined;
    await findSection(input, 'snapshot', async () => {
      header = await readHeader(input);
    });
    if (header === undefined) throw missingSection('snapshot', input);
    return header;
  });
}

/** The error for a value that fits no column, with its text and its place in the file. */
async function placed(open: OpenSource, arena: Arena, misfit: MisfitError): Promise<SnapshotError> {
  return withInput(open, arena, async (scanner) => {
    let error = new SnapshotError('OUT_OF_RANGE', misfit.message);
    await findSection(scanner.input, misfit.section, async () => {
      const { offset, text } = await scanner.locate(misfit.section, misfit.index);
      error = new SnapshotError('OUT_OF_RANGE', misfit.describe(text), offset);
    });
    return error;
  });
}

async function withInput<T>(open: OpenSource, arena: Arena, work: (scanner: Scanner) => Promise<T>): Promise<T> {
  const scanner = await createScanner(open, arena);
  try {
    return await work(scanner);
  } finally {
    scanner.input.close();
  }
}
