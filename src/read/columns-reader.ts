import { SnapshotError } from '../base/errors.js';
import { ARENA_LIMIT, type Arena, tooLarge } from '../wasm/arena.js';
import { bytesOf, type WholeColumn } from '../wasm/region.js';
import type { EdgeWindow } from './edge-window.js';
import { type Filler, type FillPlan, fillRows, type Misfit } from './fillers.js';
import { checkIndexable, type Header } from './header.js';
import { MisfitError } from './misfit.js';
import type { Scanner, Successor } from './scanner.js';
import type { SnapshotColumns } from './snapshot-columns.js';
import { type ReadUsualRows, usualEdgeRows, usualNodeRows } from './usual-rows.js';
import type { UsualRows } from './usual-way.js';

/** Bytes that the columns of a snapshot with these counts take at least, while dominators are computed. */
export function estimateBytes(header: Header): number {
  const { nodeCount, edgeCount } = header;
  return bytesOf('u8', 56 * nodeCount) + bytesOf('u8', 13 * edgeCount);
}

/** Columns while they are being read: a half that few files need is allocated when a number needs it. */
export interface PlannedColumns extends SnapshotColumns {
  readonly nodeId: PlannedHalves;
  readonly rawSelfSize: PlannedHalves;
}

type PlannedHalves = { -readonly [Half in keyof WholeColumn]: WholeColumn[Half] };

/** Allocates every column from the header's counts; refuses at once what cannot fit. Edges may go through a window to files. */
export function planColumns(arena: Arena, header: Header, window?: EdgeWindow): PlannedColumns {
  checkIndexable(header);
  const estimate = estimateBytes(header);
  if (estimate > ARENA_LIMIT && window === undefined) throw tooLarge(estimate);
  const { nodeCount, edgeCount, nodeFields } = header;
  return {
    nodeType: arena.allocate('u8', nodeCount),
    nodeName: arena.allocate('u32', nodeCount),
    nodeId: { low: arena.allocate('u32', nodeCount), high: undefined },
    rawSelfSize: { low: arena.allocate('u32', nodeCount), high: undefined },
    firstEdge: arena.allocate('u32', nodeCount + 1),
    detachedness: nodeFields.includes('detachedness') ? arena.allocate('u8', nodeCount) : undefined,
    edgeType: window?.type ?? arena.allocate('u8', edgeCount),
    edgeName: window?.name ?? arena.allocate('u32', edgeCount),
    edgeTo: window?.to ?? arena.allocate('u32', edgeCount),
  };
}

/** What reading a section of rows needs. */
export interface RowReading {
  readonly scanner: Scanner;
  readonly arena: Arena;
  readonly header: Header;
  readonly columns: PlannedColumns;
  readonly window?: EdgeWindow;
}

/** Reads `nodes`. Afterwards `firstEdge` holds the prefix sums of the edge counts, checked against the header. */
export async function readNodes(reading: RowReading): Promise<void> {
  const { arena, header, columns } = reading;
  const { rawSelfSize } = columns;
  const field = (name: string) => header.nodeFields.indexOf(name);
  const typeMax = header.nodeTypes.length - 1;
  const fillers: Filler[] = [
    {
      kind: 'u8',
      field: field('type'),
      column: columns.nodeType,
      max: typeMax,
      what: 'type',
      expected: `a node type from 0 to ${typeMax}`,
    },
    {
      kind: 'u32',
      field: field('name'),
      column: columns.nodeName,
      what: 'name',
      expected: 'a string index below 2^32',
    },
    { kind: 'whole', field: field('id'), column: columns.nodeId, what: 'id', expected: 'a node id' },
    { kind: 'whole', field: field('self_size'), column: rawSelfSize, what: 'self_size', expected: 'a self size' },
    {
      kind: 'u32',
      field: field('edge_count'),
      column: columns.firstEdge,
      what: 'edge_count',
      expected: 'an edge count below 2^32',
    },
  ];
  if (columns.detachedness) {
    const column = columns.detachedness;
    fillers.push({
      kind: 'u8',
      field: field('detachedness'),
      column,
      max: 255,
      what: 'detachedness',
      expected: 'a number from 0 to 255',
    });
  }
  const usual = usualNodeRows(arena, reading.scanner.rowConstants, header, columns);
  await readRows(reading, 'nodes', header.nodeFields.length, header.nodeCount, { fillers, usual });
  // The transfer of sizes adds some of them up (S5): where that could pass 32 bits, there are high halves from here on.
  if (rawSelfSize.high === undefined && arena.kernels.sumU32(rawSelfSize.low.offset, header.nodeCount) >= 2 ** 32) {
    rawSelfSize.high = arena.zeroed('u32', header.nodeCount);
  }
  const edges = arena.kernels.prefixSum(columns.firstEdge.offset, header.nodeCount);
  if (edges !== header.edgeCount) {
    throw new SnapshotError(
      'COUNT_MISMATCH',
      `nodes: found edge counts that add up to ${edges}, the header says ${header.edgeCount} edges`,
      reading.scanner.input.offset,
    );
  }
}

/** Where in `edges` to begin, or to leave off. */
export interface EdgeSpan {
  /** The input stands at the first number of this row, not at the list's bracket. */
  readonly fromRow?: number;
  readonly successor?: Successor;
}

/** Reads `edges`, or a span of it. */
export async function readEdges(reading: RowReading, span: EdgeSpan = {}): Promise<void> {
  const { header, columns } = reading;
  const field = (name: string) => header.edgeFields.indexOf(name);
  const typeMax = header.edgeTypes.length - 1;
  const [nodeFields, nodeCount] = [header.nodeFields.length, header.nodeCount];
  const names = 'a string index or an element number below 2^32';
  const targets = `a multiple of ${nodeFields} below ${nodeFields * nodeCount}`;
  const fillers: Filler[] = [
    {
      kind: 'u8',
      field: field('type'),
      column: columns.edgeType,
      max: typeMax,
      what: 'type',
      expected: `an edge type from 0 to ${typeMax}`,
    },
    { kind: 'u32', field: field('name_or_index'), column: columns.edgeName, what: 'name_or_index', expected: names },
    {
      kind: 'ordinal',
      field: field('to_node'),
      column: columns.edgeTo,
      nodeFields,
      nodeCount,
      what: 'to_node',
      expected: targets,
    },
  ];
  const usual = usualEdgeRows(reading.arena, reading.scanner.rowConstants, header, columns, reading.window);
  await readRows(reading, 'edges', header.edgeFields.length, header.edgeCount, { fillers, usual }, span);
}

/** How rows get into their columns: number by number, and at once where that can be. */
interface RowWays {
  readonly fillers: readonly Filler[];
  readonly usual: ReadUsualRows | undefined;
}

/**
 * Reads rows of `fields` numbers up to the section's end or the successor; more or fewer than the header's `count` are
 * refused, and never written.
 */
async function readRows(
  { scanner, arena, window }: RowReading,
  section: string,
  fields: number,
  count: number,
  { fillers, usual }: RowWays,
  { fromRow = 0, successor }: EdgeSpan = {},
): Promise<void> {
  const plan: FillPlan = { stride: fields * 8, fillers };
  const rows = new RowSink(section, fields, count, plan, scanner, fromRow);
  const numbers = await scanner.numbers(
    section,
    (held, address) =>
      rows.take(held, (whole, row) => {
        if (section === 'edges') window?.roomAt(row, whole);
        return fillRows(arena, plan, address, whole, row);
      }),
    { inside: fromRow > 0, successor, usual: usual && rows.usual(usual) },
  );
  if (!successor?.hasTakenOver && numbers !== (count - fromRow) * fields) {
    throw mismatch(section, `${fromRow * fields + numbers} numbers of ${fields}`, count, scanner);
  }
}

/** Counts the rows of a section as they are filled in. */
class RowSink {
  readonly #section: string;
  readonly #fields: number;
  readonly #count: number;
  readonly #plan: FillPlan;
  readonly #scanner: Scanner;
  #row: number;

  constructor(section: string, fields: number, count: number, plan: FillPlan, scanner: Scanner, row: number) {
    this.#section = section;
    this.#fields = fields;
    this.#count = count;
    this.#plan = plan;
    this.#scanner = scanner;
    this.#row = row;
  }

  /** Has the whole rows among `held` numbers filled in; returns how many numbers those are. */
  take(held: number, fill: (rows: number, row: number) => Misfit | undefined): number {
    const rows = Math.floor(held / this.#fields);
    if (this.#row + rows > this.#count) {
      throw mismatch(this.#section, `more than ${this.#count} rows of ${this.#fields}`, this.#count, this.#scanner);
    }
    this.#check(fill(rows, this.#row));
    this.#row += rows;
    return rows * this.#fields;
  }

  /** Rows that go into their columns without being held. */
  usual(read: ReadUsualRows): UsualRows {
    return {
      width: this.#fields,
      read: (from, end, feed, result) => read(from, end, this.#row, feed, result),
      passed: (rows) => {
        this.#row += rows;
      },
    };
  }

  #check(misfit: Misfit | undefined): void {
    if (misfit === undefined) return;
    const { field, what, expected } = this.#plan.fillers[misfit.filler];
    throw new MisfitError(this.#section, misfit.row * this.#fields + field, what, expected);
  }
}

function mismatch(section: string, found: string, count: number, scanner: Scanner): SnapshotError {
  const message = `${section}: found ${found}, the header says ${count} ${section}`;
  return new SnapshotError('COUNT_MISMATCH', message, scanner.input.offset);
}
