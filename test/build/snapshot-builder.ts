import type { PlainSnapshot } from './plain-snapshot.js';
import { buildTables, type NestedTraceTree, type SnapshotHeader, type TableOptions } from './snapshot-tables.js';
import { type TextOptions, writeText } from './snapshot-text.js';

export type { Ordinal, PlainEdge, PlainLocation, PlainNode, PlainSnapshot } from './plain-snapshot.js';
export type { TableOptions, TextOptions };

/** The parsed file, as the DevTools engine takes it once its columns are wrapped. */
export interface Profile {
  snapshot: SnapshotHeader;
  nodes: number[];
  edges: number[];
  trace_function_infos: number[];
  trace_tree: NestedTraceTree;
  samples: number[];
  locations: number[];
  scopes?: number[];
  scope_context_vars?: number[];
  scope_uses?: number[];
  strings: string[];
}

/** A profile of its own on every call: the DevTools engine changes nodes, strings and meta. */
export function toProfile(plain: PlainSnapshot, options: TableOptions = {}): Profile {
  const tables = buildTables(plain, options);
  return {
    snapshot: tables.header,
    nodes: tables.nodes.flat(),
    edges: tables.edges.flat(),
    trace_function_infos: tables.trace_function_infos.flat(),
    trace_tree: tables.trace_tree,
    samples: tables.samples.flat(),
    locations: tables.locations.flat(),
    scopes: tables.scopes?.flat(),
    scope_context_vars: tables.scope_context_vars?.flat(),
    scope_uses: tables.scope_uses?.flat(),
    strings: tables.strings,
  };
}

/** The bytes of a valid `.heapsnapshot` file that describes `plain`. */
export function toJson(plain: PlainSnapshot, options: TableOptions & TextOptions = {}): Uint8Array {
  return writeText(buildTables(plain, options), options);
}
