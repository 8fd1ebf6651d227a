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
