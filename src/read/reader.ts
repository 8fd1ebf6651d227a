import { SnapshotError } from '../base/errors.js';
import type { Arena } from '../wasm/arena.js';
import { planColumns, readEdges, readNodes } from './columns-reader.js';
import type { FillBeside } from './fill-ring.js';
import { type Header, parseHeader } from './header.js';
import { Input, WINDOW_BYTES } from './input.js';
import { MAX_DEPTH, MAX_TREE_DEPTH, readValue } from './json-value.js';
import { readLocations } from './locations.js';
import { MisfitError } from './misfit.js';
import { NumberList } from './number-list.js';
import { Scanner } from './scanner.js';
import {
  LIST_SECTIONS,
  type ListSection,
  NUMBERED_EDGE_TYPES,
  type RawSnapshot,
  SIGNED_SECTIONS,
  type SnapshotColumns,
} from './snapshot-columns.js';
import type { OpenSource } from './source.js';
import type { StringTable } from './string-table.js';

/** A header is one or two kilobytes; this is room for any that means well. */
const MAX_HEADER = 1 << 20;
const MAX_NAME = 1 << 16;

export interface ReadOptions {
  /** Fills columns in another thread while this one scans on. */
  readonly fillBeside?: FillBeside;
  /** Called after each window with the share of the file read, 0 … 1, and waited for; throwing in it ends the reading. */
  readonly onProgress?: (fraction: number) => void | Promise<void>;
}

/**
 * Reads a whole snapshot into the arena: one pass over the bytes, two where `snapshot` is not the first section.
 * Everything is validated; throws `SnapshotError` with the offset of the offending byte.
 */
export async function readSnapshot(open: OpenSource, arena: Arena, options: ReadOptions = {}): Promise<RawSnapshot> {
  const scanner = await createScanner(open, arena, options.onProgress);
  const reader = new SnapshotReader(open, arena, scanner, options.fillBeside);
  try {
    return await reader.read();
  } catch (error) {
    if (!(error instanceof MisfitError)) throw error;
    throw await placed(open, arena, error);
  } finally {
    reader.close();
  }
}

class SnapshotReader {
  readonly #open: OpenSource;
  readonly #arena: Arena;
  readonly #scanner: Scanner;
  readonly #fillBeside: FillBeside | undefined;
  #header: Header | undefined;
  #columns: SnapshotColumns | undefined;
  #strings: StringTable | undefined;
  readonly #lists = new Map<ListSection, Float64Array>();
  #locationsEnd = 0;

  constructor(open: OpenSource, arena: Arena, scanner: Scanner, fillBeside: FillBeside | undefined) {
    this.#open = open;
    this.#arena = arena;
    this.#scanner = scanner;
    this.#fillBeside = fillBeside;
  }

  async read(): Promise<RawSnapshot> {
    const { input } = this.#scanner;
    const seen = new Set<string>();
    await forEachSection(input, async (name) => {
      if (seen.has(name)) throw duplicate(name, input);
      if (KNOWN_SECTIONS.has(name)) seen.add(name);
      await this.#section(name);
    });
    for (const needed of ['snapshot', 'nodes', 'edges', 'strings']) {
      if (!seen.has(needed)) throw missing(needed, input);
    }
    const header = this.#header as Header;
    const columns = this.#columns as SnapshotColumns;
    const strings = this.#strings as StringTable;
    this.#checkNames(header, columns, strings);
    const locations = readLocations(header, this.#lists.get('locations'), this.#locationsEnd);
    return { header, columns, strings, locations, lists: this.#lists };
  }

  async #section(name: string): Promise<void> {
    const { input } = this.#scanner;
    if (name === 'snapshot') {
      const header = await readHeader(input);
      this.#header ??= header;
      return;
    }
    if (name === 'nodes' || name === 'edges') {
      this.#header ??= await findHeader(this.#open, this.#arena);
      checkPlausible(this.#header, input);
      this.#columns ??= planColumns(this.#arena, this.#header);
      const read = name === 'nodes' ? readNodes : readEdges;
      await read({
        scanner: this.#scanner,
        arena: this.#arena,
        header: this.#header,
        columns: this.#columns,
        beside: this.#fillBeside,
      });
    } else if (name === 'strings') {
      this.#strings = await this.#scanner.strings(name);
    } else if ((LIST_SECTIONS as readonly string[]).includes(name)) {
      this.#lists.set(name as ListSection, await this.#list(name));
      if (name === 'locations') this.#locationsEnd = input.offset;
    } else {
      await readValue(input, name === 'trace_tree' ? MAX_TREE_DEPTH : MAX_DEPTH);
    }
  }

  async #list(name: string): Promise<Float64Array> {
    const list = new NumberList();
    const { memory, kernels } = this.#arena;
    await this.#scanner.numbers(name, SIGNED_SECTIONS.includes(name), {
      buffer: () => this.#scanner.buffer,
      take: (count, address) => {
        // In place: an integer and the double it becomes take eight bytes each.
        kernels.fillF64(address, count, 8, address);
        list.append(new Float64Array(memory.buffer, address, count));
        return count;
      },
    });
    return list.finish();
  }

  /** String indexes can be checked only once the strings are counted. */
  #checkNames(header: Header, columns: SnapshotColumns, strings: StringTable): void {
    const { kernels } = this.#arena;
    const node = kernels.checkNodeNames(columns.nodeName.offset, header.nodeCount, strings.count);
    if (node < header.nodeCount) {
      const index = node * header.nodeFields.length + header.nodeFields.indexOf('name');
      throw new MisfitError('nodes', index, 'string index', `one below ${strings.count}`);
    }
    const numbered = numberedMask(header);
    const edge = kernels.checkEdgeNames(
      columns.edgeType.offset,
      columns.edgeName.offset,
      header.edgeCount,
      numbered,
      strings.count,
    );
    if (edge < header.edgeCount) {
      const index = edge * header.edgeFields.length + header.edgeFields.indexOf('name_or_index');
      throw new MisfitError('edges', index, 'string index', `one below ${strings.count}`);
    }
  }

  close(): void {
    this.#scanner.input.close();
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

/** One bit for each edge type whose name is a number. */
export function numberedMask(header: Header): number {
  return NUMBERED_EDGE_TYPES.reduce((mask, type) => {
    const index = header.edgeTypes.indexOf(type);
    return index < 0 ? mask : mask | (1 << index);
  }, 0);
}

async function createScanner(open: OpenSource, arena: Arena, onProgress?: ReadOptions['onProgress']): Promise<Scanner> {
  const source = await open();
  let read = 0;
  const input = new Input(arena, source, (bytes) => {
    read += bytes;
    if (source.size !== undefined) return onProgress?.(source.size === 0 ? 1 : read / source.size);
    // The size of a compressed stream shows only at its end: approach it, never claim it.
    return onProgress?.(read / (read + (64 << 20)));
  });
  return new Scanner(arena, input, WINDOW_BYTES);
}

/** Calls `visit` at the value of every section, in the file's order; `visit` consumes the value. */
async function forEachSection(input: Input, visit: (name: string) => Promise<void>): Promise<void> {
  await skipByteOrderMark(input);
  await input.expect(0x7b, '"{" to open the snapshot');
  if ((await input.peek()) === 0x7d) {
    input.position++;
  } else {
    for (;;) {
      if ((await input.peek()) !== 0x22) throw input.unexpected(await input.peek(), "a section's name");
      const name = JSON.parse(await readValue(input, 1, MAX_NAME)) as string;
      await input.expect(0x3a, '":"');
      await input.peek();
      await visit(name);
      const next = await input.peek();
      if (next !== 0x2c && next !== 0x7d) throw input.unexpected(next, '"," or "}" after a section');
      input.position++;
      if (next === 0x7d) break;
    }
  }
  const rest = await input.peek();
  if (rest >= 0) throw input.unexpected(rest, 'the end of the file');
}

async function skipByteOrderMark(input: Input): Promise<void> {
  while (input.end - input.position < 3) if (!(await input.fill())) break;
  const { bytes, position } = input;
  if (bytes[position] === 0xef && bytes[position + 1] === 0xbb && bytes[position + 2] === 0xbf) input.position += 3;
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
  let header: Header | undefined;
  await withInput(open, arena, async (scanner) => {
    await visitUntil(scanner.input, 'snapshot', async () => {
      header = await readHeader(scanner.input);
    });
    if (header === undefined) throw missing('snapshot', scanner.input);
  });
  return header as unknown as Header;
}

/** The error for a value that fits no column, with its text and its place in the file. */
async function placed(open: OpenSource, arena: Arena, misfit: MisfitError): Promise<SnapshotError> {
  let error = new SnapshotError('OUT_OF_RANGE', misfit.message);
  await withInput(open, arena, async (scanner) => {
    await visitUntil(scanner.input, misfit.section, async () => {
      const { offset, text } = await scanner.locate(misfit.section, misfit.index);
      error = new SnapshotError('OUT_OF_RANGE', misfit.describe(text), offset);
    });
  });
  return error;
}

async function withInput(open: OpenSource, arena: Arena, work: (scanner: Scanner) => Promise<void>): Promise<void> {
  const scanner = await createScanner(open, arena);
  try {
    await work(scanner);
  } finally {
    scanner.input.close();
  }
}

/** Stops the walk over a file's sections once the wanted one has been seen. */
class Found extends Error {}

async function visitUntil(input: Input, wanted: string, visit: () => Promise<void>): Promise<void> {
  try {
    await forEachSection(input, async (name) => {
      if (name !== wanted) {
        await readValue(input, MAX_TREE_DEPTH);
        return;
      }
      await visit();
      throw new Found();
    });
  } catch (error) {
    if (!(error instanceof Found)) throw error;
  }
}

function duplicate(name: string, input: Input): SnapshotError {
  const at = input.offset;
  return new SnapshotError('DUPLICATE_SECTION', `found a second section "${name}", expected one`, at);
}

function missing(name: string, input: Input): SnapshotError {
  const at = input.offset;
  return new SnapshotError('MISSING_SECTION', `found no section "${name}" up to the end of the file, expected one`, at);
}
