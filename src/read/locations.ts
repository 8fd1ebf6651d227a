import { SnapshotError } from '../base/errors.js';
import type { Header } from './header.js';
import { MisfitError } from './misfit.js';

/**
 * The `locations` section: where a function, or the constructor of an object, stands in its script. The list as the file has it,
 * `width` numbers a row, and where in a row the fields are. A later row for the same node replaces an earlier one.
 */
export interface Locations {
  readonly count: number;
  readonly list: Float64Array;
  readonly width: number;
  /** Position of the node's index into the `nodes` array: its ordinal × `nodeWidth`. */
  readonly node: number;
  readonly nodeWidth: number;
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
  /** Whether every row is for a later node than the one before, so that none replaces another. V8 writes them so. */
  readonly isAscending: boolean;
}

const NEEDED = ['object_index', 'script_id', 'line', 'column'];

/**
 * Resolves the flat list through `meta`; `end` is where it ends in the file. Throws `MisfitError` where a row points at no
 * node.
 */
export function readLocations(header: Header, list: Float64Array | undefined, end: number): Locations {
  const fields = header.locationFields;
  const known = list !== undefined && NEEDED.every((field) => fields.includes(field));
  const width = fields.length;
  if (known && list.length % width !== 0) {
    throw new SnapshotError(
      'COUNT_MISMATCH',
      `locations: found ${list.length} numbers, expected a multiple of ${width}`,
      end,
    );
  }
  const [node, scriptId, line, column] = NEEDED.map((field) => fields.indexOf(field));
  const nodeWidth = header.nodeFields.length;
  const count = known ? list.length / width : 0;
  const rows = known ? list : new Float64Array(0);
  const below = nodeWidth * header.nodeCount;
  let isAscending = true;
  let before = -1;
  for (let at = node; at < count * width; at += width) {
    const place = rows[at];
    // A quotient below 2^32 is exact where it is whole; a remainder of doubles would take ten times as long.
    if (!(place < below && Number.isInteger(place / nodeWidth))) {
      throw new MisfitError('locations', at, 'object_index', `a multiple of ${nodeWidth} below ${below}`);
    }
    if (place <= before) isAscending = false;
    before = place;
  }
  return { count, list: rows, width, node, nodeWidth, scriptId, line, column, isAscending };
}
