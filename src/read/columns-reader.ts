import { SnapshotError } from '../base/errors.js';
import { ARENA_LIMIT, type Arena, bytesOf, type Region, tooLarge } from '../wasm/arena.js';
import { checkIndexable, type Header } from './header.js';
import type { Scanner } from './scanner.js';
import type { SnapshotColumns } from './snapshot-columns.js';

/** A value that no column takes: number `index` of `section`, and why. The caller finds its place in the file. */
export class MisfitError extends Error {
  readonly section: string;
  readonly index: number;

  constructor(section: string, index: number, message: string) {
    super(message);
    this.section = section;
    this.index = index;
  }
}

/** One field of a row on its way into a column. */
interface Filler {
  readonly field: number;
  /** Writes `rows` values; returns how many fitted. */
  fill(source: number, rows: number, stride: number, row: number): number;
  readonly expected: string;
}

/** Bytes that the columns of a snapshot with these counts take at least, while dominators are computed. */
export function estimateBytes(header: Header): number {
  const { nodeCount, edgeCount } = header;
  return bytesOf('u8', 64 * nodeCount) + bytesOf('u8', 13 * edgeCount);
}

/** Allocates every column from the header's counts; refuses at once what cannot fit. */
export function planColumns(arena: Arena, header: Header): SnapshotColumns {
  checkIndexable(header);
  const estimate = estimateBytes(header);
  if (estimate > ARENA_LIMIT) throw tooLarge(estimate);
  const { nodeCount, edgeCount, nodeFields } = header;
  return {
    nodeType: arena.allocate('u8', nodeCount),
    nodeName: arena.allocate('u32', nodeCount),
    nodeId: arena.allocate('f64', nodeCount),
    rawSelfSize: arena.allocate('f64', nodeCount),
    firstEdge: arena.allocate('u32', nodeCount + 1),
    detachedness: nodeFields.includes('detachedness') ? arena.allocate('u8', nodeCount) : undefined,
    traceNode: nodeFields.includes('trace_node_id') ? arena.allocate('u32', nodeCount) : undefined,
    edgeType: arena.allocate('u8', edgeCount),
    edgeName: arena.allocate('u32', edgeCount),
    edgeTo: arena.allocate('u32', edgeCount),
  };
}

/** Reads `nodes`. Afterwards `firstEdge` holds the prefix sums of the edge counts, checked against the header. */
export async function readNodes(
  scanner: Scanner,
  arena: Arena,
  header: Header,
  columns: SnapshotColumns,
): Promise<void> {
  const field = (name: string) => header.nodeFields.indexOf(name);
  const fillers = [
    fillU8(arena, field('type'), columns.nodeType, header.nodeTypes.length - 1, 'a node type'),
    fillU32(arena, field('name'), columns.nodeName, 'a string index'),
    fillF64(arena, field('id'), columns.nodeId),
    fillF64(arena, field('self_size'), columns.rawSelfSize),
    fillU32(arena, field('edge_count'), columns.firstEdge, 'an edge count'),
  ];
  if (columns.detachedness)
    fillers.push(fillU8(arena, field('detachedness'), columns.detachedness, 255, 'a detachedness'));
  if (columns.traceNode) fillers.push(fillU32(arena, field('trace_node_id'), columns.traceNode, 'a trace node id'));
  await readRows(scanner, arena, 'nodes', header.nodeFields.length, header.nodeCount, fillers);
  const edges = arena.kernels.prefixSum(columns.firstEdge.offset, header.nodeCount);
  if (edges !== header.edgeCount) {
    throw new SnapshotError(
      'COUNT_MISMATCH',
      `nodes: found edge counts that add up to ${edges}, the header says ${header.edgeCount} edges`,
    );
  }
}

export async function readEdges(
  scanner: Scanner,
  arena: Arena,
  header: Header,
  columns: SnapshotColumns,
): Promise<void> {
  const field = (name: string) => header.edgeFields.indexOf(name);
  const fields = header.nodeFields.length;
  const target: Filler = {
    field: field('to_node'),
    expected: `a multiple of ${fields} below ${fields * header.nodeCount}`,
    fill: (source, rows, stride, row) =>
      arena.kernels.fillOrdinals(source, rows, stride, columns.edgeTo.offset + 4 * row, fields, header.nodeCount),
  };
  await readRows(scanner, arena, 'edges', header.edgeFields.length, header.edgeCount, [
    fillU8(arena, field('type'), columns.edgeType, header.edgeTypes.length - 1, 'an edge type'),
    fillU32(arena, field('name_or_index'), columns.edgeName, 'a string index or an element number'),
    target,
  ]);
}

function fillU8({ kernels }: Arena, field: number, column: Region, max: number, what: string): Filler {
  return {
    field,
    expected: `${what} from 0 to ${max}`,
    fill: (source, rows, stride, row) => kernels.fillU8(source, rows, stride, column.offset + row, max),
  };
}

function fillU32({ kernels }: Arena, field: number, column: Region, what: string): Filler {
  return {
    field,
    expected: `${what} below 2^32`,
    fill: (source, rows, stride, row) => kernels.fillU32(source, rows, stride, column.offset + 4 * row),
  };
}

function fillF64({ kernels }: Arena, field: number, column: Region): Filler {
  return {
    field,
    expected: 'a number below 2^53',
    fill: (source, rows, stride, row) => kernels.fillF64(source, rows, stride, column.offset + 8 * row),
  };
}

/** Reads `count` rows of `fields` numbers; more or fewer than the header says are refused, and never written. */
async function readRows(
  scanner: Scanner,
  arena: Arena,
  section: string,
  fields: number,
  count: number,
  fillers: readonly Filler[],
): Promise<void> {
  let row = 0;
  const numbers = await scanner.numbers(section, false, (address, held) => {
    const rows = Math.floor(held / fields);
    if (row + rows > count) throw mismatch(section, `more than ${count} rows of ${fields}`, count, scanner);
    for (const filler of fillers) {
      const source = address + filler.field * 8;
      const fitted = filler.fill(source, rows, fields * 8, row);
      if (fitted < rows) {
        const index = (row + fitted) * fields + filler.field;
        const [found] = new BigUint64Array(arena.memory.buffer, source + fitted * fields * 8, 1);
        throw new MisfitError(
          section,
          index,
          `${section}: found ${found} in row ${row + fitted}, expected ${filler.expected}`,
        );
      }
    }
    row += rows;
    return rows * fields;
  });
  if (numbers !== count * fields) throw mismatch(section, `${numbers} numbers of ${fields}`, count, scanner);
}

function mismatch(section: string, found: string, count: number, scanner: Scanner): SnapshotError {
  const { input } = scanner;
  return new SnapshotError(
    'COUNT_MISMATCH',
    `${section}: found ${found}, the header says ${count} ${section}`,
    input.offsetOf(input.position),
  );
}
