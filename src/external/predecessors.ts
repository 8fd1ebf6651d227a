import type { U32 } from '../graph/graph.js';
import { checkDiskSpace, TemporaryFile } from '../read/temporary-file.js';
import type { Arena } from '../wasm/arena.js';
import type { Reach } from './search.js';
import { roomLeft, takeU32, type Workspace } from './workspace.js';

/** A pair of place and source in a file. */
const PAIR_BYTES = 8;
/** What Lengauer and Tarjan's main loop has beside the predecessors, `firstPredecessor` included. */
const MAIN_LOOP_BYTES = 32;
/** Fewer would make too many pieces. */
const LEAST_PIECE = 1 << 20;
/** Of the room that the main loop needs and this sweep does not, what the buffers may take, in bytes a node. */
const BUFFER_SHARE = 16;
/** In place of a buffer's number: the sweep is done. Mirrors assembly/predecessor-sweeps.ts. */
const DONE = 0xffff_ffff;

/** Predecessors by their target's preorder number, in memory or piece by piece. */
export interface Predecessors {
  readonly count: number;
  /** Places that are in memory at a time. */
  readonly pieceSize: number;
  /** Brings the places from `first` on, a multiple of `pieceSize`. */
  load(first: number): void;
  close(): void;
}

/**
 * Puts on the shelf: `firstPredecessor`, where the list of each number begins (nodes + 1), and `semi`, the least source of edges from
 * lower numbers. Returns how many edges run from higher to lower ones. Scratch: 20 bytes a node, 1 bit an edge.
 */
export function countPredecessors(workspace: Workspace, { reached, owned }: Reach): number {
  const { arena, edges, shelf } = workspace;
  const nodes = workspace.graph.header.nodeCount;
  return arena.scratch(() => {
    // The parents, which the main loop wants as they are.
    const semi = takeU32(workspace, 'idom');
    const firstPredecessor = arena.zeroed('u32', nodes + 1);
    const numbers = takeU32(workspace, 'numbers');
    const claimed = takeU32(workspace, 'claimed');
    const firstEdge = takeU32(workspace, 'firstEdge');
    const retaining = takeU32(workspace, 'retaining');
    edges.sweep(arena, firstEdge, ['to'], ({ from, to, edgeTo }) =>
      arena.kernels.countPredecessors(
        from,
        to,
        firstEdge.offset,
        edgeTo,
        retaining.offset,
        claimed.offset,
        reached,
        owned,
        numbers.offset,
        semi.offset,
        firstPredecessor.offset,
      ),
    );
    const count = arena.kernels.prefixSum(firstPredecessor.offset, nodes);
    shelf.put('semi', semi);
    shelf.put('firstPredecessor', firstPredecessor);
    return count;
  });
}

/** How many predecessors fit beside the main loop. */
export function pieceSizeOf(workspace: Workspace, count: number): number {
  const { sizes, graph } = workspace;
  const room = roomLeft(workspace) - MAIN_LOOP_BYTES * graph.header.nodeCount - 4096;
  const most = sizes.pieceLimit ?? Math.max(LEAST_PIECE, Math.floor(room / 4));
  return Math.max(1, Math.min(count, most));
}

/**
 * Fills the lists: into memory at `at`, where there is room for all of them, else into a file. Scratch: 12 bytes a node, 1 bit an
 * edge, a buffer for every piece.
 */
export function fillPredecessors(
  workspace: Workspace,
  reach: Reach,
  count: number,
  pieceSize: number,
  at: number,
): Predecessors {
  const { arena, shelf } = workspace;
  return arena.scratch(() => {
    const sweep: Sweep = {
      ...reach,
      places: takeU32(workspace, 'firstPredecessor'),
      numbers: shelf.move('numbers', 'u32'),
      claimed: shelf.move('claimed', 'u32'),
      firstEdge: takeU32(workspace, 'firstEdge'),
      retaining: shelf.move('retaining', 'u32'),
    };
    if (pieceSize < count) return spill(workspace, sweep, count, pieceSize, at);
    placeAll(workspace, sweep, at);
    return { count, pieceSize, load: () => {}, close: () => {} };
  });
}

interface Sweep extends Reach {
  readonly numbers: U32;
  readonly claimed: U32;
  readonly places: U32;
  readonly firstEdge: U32;
  readonly retaining: U32;
}

function placeAll({ arena, edges }: Workspace, sweep: Sweep, at: number): void {
  const { firstEdge, retaining, claimed, reached, owned, numbers, places } = sweep;
  edges.sweep(arena, firstEdge, ['to'], ({ from, to, edgeTo }) =>
    arena.kernels.placeSources(
      from,
      to,
      firstEdge.offset,
      edgeTo,
      retaining.offset,
      claimed.offset,
      reached,
      owned,
      numbers.offset,
      places.offset,
      at,
    ),
  );
}

function spill(workspace: Workspace, sweep: Sweep, count: number, pieceSize: number, at: number): Predecessors {
  const { arena, edges, graph, sizes } = workspace;
  const pieces = Math.ceil(count / pieceSize);
  const share = (BUFFER_SHARE * graph.header.nodeCount) / pieces;
  const capacity = Math.max(1, Math.floor(Math.min(sizes.bufferBytes, share) / PAIR_BYTES));
  const file = new PieceFile(workspace, count, pieceSize);
  try {
    const buffers = arena.allocate('u8', PAIR_BYTES * capacity * pieces);
    const fills = arena.zeroed('u32', pieces);
    const state = arena.zeroed('u32', 2);
    const filled = arena.view(fills);
    const write = (piece: number) => {
      file.append(piece, arena, buffers.offset + PAIR_BYTES * capacity * piece, filled[piece]);
      filled[piece] = 0;
    };
    const { firstEdge, retaining, claimed, reached, owned, numbers, places } = sweep;
    edges.sweep(arena, firstEdge, ['to'], ({ to, edgeTo }) => {
      const kernel = () =>
        arena.kernels.spillSources(
          to,
          state.offset,
          firstEdge.offset,
          edgeTo,
          retaining.offset,
          claimed.offset,
          reached,
          owned,
          numbers.offset,
          places.offset,
          pieceSize,
          buffers.offset,
          fills.offset,
          capacity,
        ) >>> 0;
      for (let full = kernel(); full !== DONE; full = kernel()) write(full);
    });
    for (let piece = 0; piece < pieces; piece++) write(piece);
  } catch (error) {
    file.close();
    throw error;
  }
  return { count, pieceSize, load: (first) => file.load(first, arena, at), close: () => file.close() };
}

/** Pairs of place and source, those of a piece in a row: as many as it has places, so where they lie is known beforehand. */
class PieceFile {
  readonly #file: TemporaryFile;
  readonly #count: number;
  readonly #pieceSize: number;
  readonly #bufferPairs: number;
  readonly #written: Float64Array;

  constructor({ folder, sizes }: Workspace, count: number, pieceSize: number) {
    checkDiskSpace(folder, PAIR_BYTES * count);
    this.#file = new TemporaryFile(folder);
    this.#count = count;
    this.#pieceSize = pieceSize;
    this.#bufferPairs = Math.max(1, Math.floor(sizes.bufferBytes / PAIR_BYTES));
    this.#written = new Float64Array(Math.ceil(count / pieceSize));
  }

  append(piece: number, arena: Arena, address: number, pairs: number): void {
    const position = PAIR_BYTES * (piece * this.#pieceSize + this.#written[piece]);
    this.#file.write(arena.bytes.subarray(address, address + PAIR_BYTES * pairs), position);
    this.#written[piece] += pairs;
  }

  load(first: number, arena: Arena, at: number): void {
    const count = Math.min(this.#pieceSize, this.#count - first);
    arena.scratch(() => {
      const most = Math.min(count, this.#bufferPairs);
      const buffer = arena.allocate('u8', PAIR_BYTES * most);
      for (let done = 0; done < count; done += most) {
        const pairs = Math.min(most, count - done);
        const bytes = arena.bytes.subarray(buffer.offset, buffer.offset + PAIR_BYTES * pairs);
        this.#file.read(bytes, PAIR_BYTES * (first + done));
        arena.kernels.placePairs(buffer.offset, pairs, at - 4 * first);
      }
    });
  }

  close(): void {
    this.#file.close();
  }
}
