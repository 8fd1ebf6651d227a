import { SnapshotError } from '../base/errors.js';
import type { Arena } from '../wasm/arena.js';
import { forEachRowWindow } from '../wasm/row-windows.js';
import type { Header } from './header.js';
import type { Locations } from './locations.js';
import { MisfitError } from './misfit.js';

const NEEDED = ['object_index', 'script_id', 'line', 'column'];

/**
 * Resolves the flat list through `meta`; `end` is where it ends in the file. Throws `MisfitError` where a row points at no
 * node.
 */
export function readLocations(arena: Arena, header: Header, list: Float64Array | undefined, end: number): Locations {
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
  const isAscending = arena.scratch(() => {
    const last = arena.allocate('f64', 2);
    const [numbers, kernels] = [arena.view(last), arena.kernels];
    numbers.set([-1, 0]);
    forEachRowWindow(arena, rows, width, (address, held, firstRow) => {
      const row = kernels.checkPlaces(address, held, width, node, nodeWidth, below, last.offset);
      if (row === held) return;
      const at = (firstRow + row) * width + node;
      throw new MisfitError('locations', at, 'object_index', `a multiple of ${nodeWidth} below ${below}`);
    });
    return numbers[1] === 0;
  });
  return { count, list: rows, width, node, nodeWidth, scriptId, line, column, isAscending };
}
