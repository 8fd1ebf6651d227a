import type { Kernels } from '../wasm/kernels.js';
import type { Region } from '../wasm/region.js';

/** How one field of a row gets into its column. Plain data: another thread can do it. */
export type Filler = {
  /** Position of the field in a row. */
  readonly field: number;
  readonly column: Region;
  /** The field's name and what fits, for the error of a value that does not. */
  readonly what: string;
  readonly expected: string;
} & (
  | { readonly kind: 'u8'; readonly max: number }
  | { readonly kind: 'u32' }
  | { readonly kind: 'f64' }
  | { readonly kind: 'ordinal'; readonly nodeFields: number; readonly nodeCount: number }
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
export function fillRows(
  kernels: Kernels,
  plan: FillPlan,
  address: number,
  rows: number,
  row: number,
): Misfit | undefined {
  for (const [index, filler] of plan.fillers.entries()) {
    const fitted = fill(kernels, filler, address + filler.field * 8, rows, plan.stride, row);
    if (fitted < rows) return { filler: index, row: row + fitted };
  }
  return undefined;
}

function fill(kernels: Kernels, filler: Filler, source: number, rows: number, stride: number, row: number): number {
  const { offset } = filler.column;
  switch (filler.kind) {
    case 'u8':
      return kernels.fillU8(source, rows, stride, offset + row, filler.max);
    case 'u32':
      return kernels.fillU32(source, rows, stride, offset + 4 * row);
    case 'f64':
      return kernels.fillF64(source, rows, stride, offset + 8 * row);
    case 'ordinal':
      return kernels.fillOrdinals(source, rows, stride, offset + 4 * row, filler.nodeFields, filler.nodeCount);
  }
}
