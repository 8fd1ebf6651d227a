import { SnapshotError } from '../base/errors.js';
import { Stopwatch, timedAsync } from '../base/stopwatch.js';
import type { Arena } from '../wasm/arena.js';
import { type RowReading, readEdges } from './columns-reader.js';
import { FurtherSections } from './further-sections.js';
import { numberedMask } from './header.js';
import { Input } from './input.js';
import { MOST_PIECES, type PieceLayout, Pieces } from './pieces.js';
import { readingOf, stageOf } from './read-stages.js';
import { Scanner } from './scanner.js';
import { forEachFurtherSection } from './sections.js';
import type { OpenSource } from './source.js';
import type { TailReply, TailRequest } from './tail.js';

/** Text of a piece, about: some milliseconds of reading, the most that one reader waits for the other. */
const PIECE_BYTES = 1 << 20;
/** Rows of more numbers than this are left to the first reader. */
const MOST_FIELDS = 8;

const BRACKET = 0x5d;

/**
 * The second reader: answers a request. Whatever is wrong with the file, the first reader will find it in its place. `pieceBytes`: text
 * of a piece, about.
 */
export async function readTail(
  request: TailRequest,
  open: OpenSource,
  arena: Arena,
  pieceBytes = PIECE_BYTES,
): Promise<TailReply> {
  const pieces = new Pieces(request.pieces);
  const source = await open();
  const input = new Input(arena, source, () => {
    if (pieces.isStopped) throw new Error('stopped');
  });
  try {
    return await new TailReader(request, arena, input, pieces).read(pieceBytes);
  } catch {
    return { ok: false };
  } finally {
    input.close();
  }
}

class TailReader {
  readonly #request: TailRequest;
  readonly #arena: Arena;
  readonly #input: Input;
  readonly #scanner: Scanner;
  readonly #pieces: Pieces;

  constructor(request: TailRequest, arena: Arena, input: Input, pieces: Pieces) {
    this.#request = request;
    this.#arena = arena;
    this.#input = input;
    this.#scanner = new Scanner(arena, input);
    this.#pieces = pieces;
  }

  async read(pieceBytes: number): Promise<TailReply> {
    const stopwatch = this.#request.timings ? new Stopwatch(2) : undefined;
    this.#input.seek(this.#request.from);
    const layout = await readingOf(stopwatch, 'find rows of edges', this.#input, () => this.#plan(pieceBytes));
    if (layout === undefined || !this.#pieces.layOut(layout)) return { ok: false };
    // First what only this reader does, so that pieces are left to share out until both are done.
    const further = new FurtherSections(this.#arena, this.#scanner);
    const sections: string[] = [];
    await forEachFurtherSection(this.#input, async (name) => {
      sections.push(name);
      await readingOf(stopwatch, stageOf(name), this.#input, () => further.read(name));
      return false;
    });
    let bytes = 0;
    const readPieces = async () => {
      for (let piece = this.#pieces.takeLast(); piece !== undefined; piece = this.#pieces.takeLast()) {
        bytes += await this.#readPiece(piece);
        if (further.strings) this.#checkNames(piece, further.strings.count);
      }
    };
    await timedAsync(stopwatch, 'read edges', 'text', readPieces, () => bytes);
    const { strings, lists, locationsEnd } = further;
    const timings = stopwatch?.stages ?? [];
    const areNamesChecked = strings !== undefined;
    return { ok: true, sections, strings: strings?.data, lists: [...lists], locationsEnd, areNamesChecked, timings };
  }

  /** Lays out pieces from the start on; undefined where there is no whole row, or none that begins at its first number. */
  async #plan(pieceBytes: number): Promise<PieceLayout | undefined> {
    const { header } = this.#request;
    const [input, scanner] = [this.#input, this.#scanner];
    const width = header.edgeFields.length;
    if (width > MOST_FIELDS) return undefined;
    const rows = this.#rowsOfPiece(pieceBytes);
    await scanner.skipCommas(1);
    let numbers = 1;
    const pass = async (commas: number) => {
      const passed = await scanner.skipCommas(commas);
      numbers += passed;
      return passed === commas;
    };
    // How rows lie to these numbers shows at the end: so there is an offset for each way.
    const offsets: number[][] = [];
    for (let isList = true; isList && offsets.length < MOST_PIECES; ) {
      const ways = [input.offset];
      while (isList && ways.length < width) {
        isList = await pass(1);
        if (isList) ways.push(input.offset);
      }
      if (!isList) break;
      offsets.push(ways);
      isList = await pass(rows * width - (width - 1));
    }
    await pass(0xffff_ffff);
    if ((await input.peek()) !== BRACKET) return undefined;
    input.position++;
    const before = width * header.edgeCount - numbers;
    const firstRow = Math.ceil(before / width);
    const way = firstRow * width - before;
    const starts = offsets.map((ways) => ways[way]);
    // The list may end before the last of these rows does.
    if (firstRow + (starts.length - 1) * rows >= header.edgeCount) starts.pop();
    if (firstRow < 1 || starts.length === 0) return undefined;
    return { offsets: starts, firstRow, rows, listEnd: input.offset };
  }

  #rowsOfPiece(pieceBytes: number): number {
    const { header, from } = this.#request;
    const bytes = Math.max(pieceBytes, ((this.#input.size ?? from) - from) / (MOST_PIECES / 2));
    const bytesOfRow = 6 + Math.log10(header.nodeCount + 1) + 2 * header.edgeFields.length;
    return Math.max(1, Math.ceil(bytes / bytesOfRow));
  }

  /** Reads a piece's rows into their columns; returns how many bytes of text those were. */
  async #readPiece(piece: number): Promise<number> {
    const { header, columns } = this.#request;
    const pieces = this.#pieces;
    const [start, end] = [pieces.offsetOf(piece), pieces.offsetOf(piece + 1)];
    const [fromRow, toRow] = [pieces.rowOf(piece), pieces.rowOf(piece + 1)];
    this.#input.seek(start);
    const reading: RowReading = { scanner: this.#scanner, arena: this.#arena, header, columns };
    const numbers = (toRow - fromRow) * header.edgeFields.length;
    const next = {
      hasTakenOver: false,
      offset: (at: number) => (at > end ? Number.POSITIVE_INFINITY : end),
      takeOver: async (count: number) => {
        next.hasTakenOver = count === numbers;
        return true;
      },
    };
    await readEdges(reading, { fromRow, successor: next });
    if (end < Number.POSITIVE_INFINITY && !next.hasTakenOver) {
      throw new SnapshotError('COUNT_MISMATCH', `edges: found a piece that does not end with row ${toRow}`, end);
    }
    return Math.min(end, pieces.listEnd) - start;
  }

  /** While its rows are near. */
  #checkNames(piece: number, strings: number): void {
    const { header, columns } = this.#request;
    const from = this.#pieces.rowOf(piece);
    const count = Math.min(this.#pieces.rowOf(piece + 1), header.edgeCount) - from;
    const { edgeType, edgeName } = columns;
    const [types, names] = [edgeType.offset + from, edgeName.offset + 4 * from];
    const right = this.#arena.kernels.checkEdgeNames(types, names, count, numberedMask(header), strings) >>> 0;
    if (right < count)
      throw new SnapshotError('OUT_OF_RANGE', `edges: found no string for the name of edge ${from + right}`);
  }
}
