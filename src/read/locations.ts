import { SnapshotError } from '../base/errors.js';
import type { Header } from './header.js';
import { MisfitError } from './misfit.js';

/** The `locations` section: where a function, or the constructor of an object, stands in its script. */
export interface Locations {
  readonly count: number;
  /** Ordinal of each row's node. A later row for the same node replaces an earlier one. */
  readonly node: Uint32Array;
  readonly scriptId: Float64Array;
  readonly line: Float64Array;
  readonly column: Float64Array;
}

const NEEDED = ['object_index', 'script_id', 'line', 'column'];

/**
 * Rows of the flat list as columns, resolved through `meta`; `end` is where the list ends in the file. Throws `MisfitError`
 * where a row points at no node.
 */
export function readLocations(header: Header, list: Float64Array | undefined, end: number): Locations {
  const fields = header.locationFields;
  const known = list !== undefined && NEEDED.every((field) => fields.includes(field));
  const width = fields.length;
  const count = known ? Math.floor(list.length / width) : 0;
  if (known && list.length % width !== 0) {
    throw new SnapshotError(
      'COUNT_MISMATCH',
      `locations: found ${list.length} numbers, expected a multiple of ${width}`,
      end,
    );
  }
  const [at, script, line, column] = NEEDED.map((field) => fields.indexOf(field));
  const locations: Locations = {
    count,
    node: new Uint32Array(count),
    scriptId: new Float64Array(count),
    line: new Float64Array(count),
    column: new Float64Array(count),
  };
  const nodeWidth = header.nodeFields.length;
  for (let row = 0; list !== undefined && row < count; row++) {
    const index = list[row * width + at];
    if (index % nodeWidth !== 0 || index >= nodeWidth * header.nodeCount) {
      const expected = `a multiple of ${nodeWidth} below ${nodeWidth * header.nodeCount}`;
      throw new MisfitError('locations', row * width + at, 'object_index', expected);
    }
    locations.node[row] = index / nodeWidth;
    locations.scriptId[row] = list[row * width + script];
    locations.line[row] = list[row * width + line];
    locations.column[row] = list[row * width + column];
  }
  return locations;
}
