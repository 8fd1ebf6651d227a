import type { Arena } from '../wasm/arena.js';
import type { Region, WholeColumn } from '../wasm/region.js';

/** How one field of a row gets into its column. */
export type Filler = {
  /** Position of the field in a row. */
  readonly field: number;
  /** The field's name and what fits, for the error of a value that does not. */
  readonly what: string;
  readonly expected: string;
} & (
  | { readonly kind: 'u8'; readonly column: Region; readonly max: number }
  | { readonly kind: 'u32'; readonly column: Region }
  /** The high half comes with the first number that needs it. */
  | { readonly kind: 'whole'; readonly column: { low: WholeColumn['low']; high: WholeColumn['high'] } }
  | { readonly kind: 'ordinal'; readonly column: Region; readonly nodeFields: number; readonly nodeCount: number }
);

/** Rows of one section on their way: `stride` bytes a row. */
export interface FillPlan {
  readonly stride: number;
  readonly fillers: readonly Filler[];
}

/** The first value of a batch that fits no column. */
export interface Misfit {
  readonly filler: number;
  readonly row: number;
}

/** Moves `rows` rows of 64-bit integers at `address` into the columns from `row` on. */
export function fillRows(arena: Arena, plan: FillPlan, address: number, rows: number, row: number): Misfit | undefined {
  for (const [index, filler] of plan.fillers.entries()) {
    const fitted = fill(arena, filler, address + filler.field * 8, rows, plan.stride, row);
    if (fitted < rows) return { filler: index, row: row + fitted };
  }
  return undefined;
}

/** Returns how many of the rows it has filled in. */
function fill(arena: Arena, filler: Filler, source: number, rows: number, stride: number, row: number): number {
  const { kernels } = arena;
  switch (filler.kind) {
    case 'u8':
      return kernels.fillU8(source, rows, stride, filler.column.offset + row, filler.max);
    case 'u32':
      return kernels.fillU32(source, rows, stride, filler.column.offset + 4 * row);
    case 'whole': {
      const { column } = filler;
      const low = column.low.offset + 4 * row;
      if (column.high === undefined) {
        if (kernels.fillU32(source, rows, stride, low) === rows) return rows;
        column.high = arena.zeroed('u32', column.low.length);
      }
      kernels.fillHalves(source, rows, stride, low, column.high.offset + 4 * row);
      return rows;
    }
    case 'ordinal': {
      const { column, nodeFields, nodeCount } = filler;
      return kernels.fillOrdinals(source, rows, stride, column.offset + 4 * row, nodeFields, nodeCount);
    }
  }
}
