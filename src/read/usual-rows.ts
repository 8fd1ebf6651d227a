// The fast way through `nodes` and `edges`: rows of the fields that V8 writes, in its order, from text to columns in one kernel.

import type { Arena } from '../wasm/arena.js';
import type { Region } from '../wasm/region.js';
import type { PlannedColumns } from './columns-reader.js';
import type { EdgeWindow } from './edge-window.js';
import type { Header } from './header.js';

/** As `UsualRows` has it, into the columns from `row` on. */
export type ReadUsualRows = (from: number, end: number, row: number, feed: 0 | 1, result: number) => void;

/** Above this, eight digits do not hold all of a section's numbers. */
const EIGHT_DIGITS = 1e8;

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count'];
const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];

/** Undefined where the fields are not those of V8, or in another order. */
export function usualNodeRows(
  arena: Arena,
  constants: Region,
  header: Header,
  columns: PlannedColumns,
): ReadUsualRows | undefined {
  const { nodeFields, nodeCount, nodeTypes } = header;
  const traced = nodeFields[NODE_FIELDS.length] === 'trace_node_id';
  const further = [...(traced ? ['trace_node_id'] : []), ...(columns.detachedness ? ['detachedness'] : [])];
  if (!isSame(nodeFields, [...NODE_FIELDS, ...further])) return undefined;
  const { nodeType, nodeName, nodeId, rawSelfSize, firstEdge, detachedness } = columns;
  return (from, end, row, feed, result) =>
    arena.kernels.readNodeRows(
      from,
      end,
      nodeCount - row,
      feed,
      constants.offset,
      Number(traced),
      detachedness ? 1 : 0,
      nodeTypes.length - 1,
      nodeType.offset + row,
      nodeName.offset + 4 * row,
      nodeId.low.offset + 4 * row,
      rawSelfSize.low.offset + 4 * row,
      firstEdge.offset + 4 * row,
      detachedness ? detachedness.offset + row : 0,
      result,
    );
}

/** The same for edges. */
export function usualEdgeRows(
  arena: Arena,
  constants: Region,
  header: Header,
  { edgeType, edgeName, edgeTo }: PlannedColumns,
  window?: EdgeWindow,
): ReadUsualRows | undefined {
  const { edgeFields, edgeCount, edgeTypes, nodeFields, nodeCount } = header;
  if (!isSame(edgeFields, EDGE_FIELDS)) return undefined;
  const { inverse, twos } = inverseOf(nodeFields.length);
  const wide = Number(nodeCount * nodeFields.length > EIGHT_DIGITS);
  return (from, end, row, feed, result) => {
    // Before the columns' addresses are asked for, which a window that moves on changes.
    const rows = Math.min(edgeCount - row, window?.roomAt(row) ?? Number.POSITIVE_INFINITY);
    arena.kernels.readEdgeRows(
      from,
      end,
      rows,
      feed,
      wide,
      constants.offset,
      inverse,
      twos,
      nodeCount,
      edgeTypes.length - 1,
      edgeType.offset + row,
      edgeName.offset + 4 * row,
      edgeTo.offset + 4 * row,
      result,
    );
  };
}

function isSame(fields: readonly string[], expected: readonly string[]): boolean {
  return fields.length === expected.length && expected.every((name, index) => fields[index] === name);
}

/**
 * What exact division by `divisor` is as a multiplication of 32-bit integers: by the inverse of its odd part, then a rotation to the
 * right by its factors of two. What is no multiple of it comes out above every quotient (Hacker's Delight, 10-17).
 */
export function inverseOf(divisor: number): { inverse: number; twos: number } {
  const twos = 31 - Math.clz32(divisor & -divisor);
  const odd = divisor >>> twos;
  let inverse = odd;
  // Newton's iteration: three bits are right at the start, twice as many after each step.
  for (let bits = 3; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return { inverse: inverse >>> 0, twos };
}
