import type { Region, WholeColumn } from '../wasm/region.js';
import type { Header } from './header.js';
import type { Locations } from './locations.js';
import type { StringTable } from './string-table.js';

type U8 = Region & { readonly kind: 'u8' };
type U32 = Region & { readonly kind: 'u32' };

/** The `nodes` and `edges` sections as columns by ordinal and by edge index. */
export interface SnapshotColumns {
  readonly nodeType: U8;
  /** String index. */
  readonly nodeName: U32;
  readonly nodeId: WholeColumn;
  /** Self sizes as the file has them, before the transfer of S5. With a high half where their sum needs one. */
  readonly rawSelfSize: WholeColumn;
  /** Edges of node n: firstEdge[n] … firstEdge[n + 1]. Length nodeCount + 1. */
  readonly firstEdge: U32;
  /** Values of the field `detachedness`; absent where the file has no such field. */
  readonly detachedness: U8 | undefined;
  readonly edgeType: U8;
  /** String index; for `element` and `hidden` edges the number itself. */
  readonly edgeName: U32;
  /** Ordinal. */
  readonly edgeTo: U32;
}

/** A file's content after reading: validated, nothing computed yet. */
export interface RawSnapshot {
  readonly header: Header;
  readonly columns: SnapshotColumns;
  readonly strings: StringTable;
  readonly locations: Locations;
  /** Sections that are flat lists of numbers, by name; absent ones are missing here. */
  readonly lists: ReadonlyMap<ListSection, Float64Array>;
}

/** Sections read as flat lists. The scope sections of recent Chrome hold negative numbers. */
export const LIST_SECTIONS = [
  'trace_function_infos',
  'samples',
  'locations',
  'scopes',
  'scope_context_vars',
  'scope_uses',
] as const;

export type ListSection = (typeof LIST_SECTIONS)[number];

export const SIGNED_SECTIONS: readonly string[] = ['scopes', 'scope_context_vars', 'scope_uses'];
