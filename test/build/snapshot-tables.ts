import {
  edgeNameIsIndex,
  type PlainEdge,
  type PlainSnapshot,
  type PlainTraceNode,
  type SnapshotMeta,
} from './plain-snapshot.js';
import { buildMeta, type TableOptions } from './snapshot-meta.js';
import { createStringTable, type StringTable } from './string-table.js';

export type { TableOptions } from './snapshot-meta.js';

/** `trace_tree` as V8 nests it: five entries a node, the last one the list of children. */
export type NestedTraceTree = (number | NestedTraceTree)[];

export interface SnapshotHeader {
  meta: SnapshotMeta;
  node_count: number;
  edge_count: number;
  trace_function_count: number;
  extra_native_bytes?: number;
  root_index?: number;
}

/** A snapshot as numbers, section by section; a row is one entry of the section. */
export interface SnapshotTables {
  header: SnapshotHeader;
  nodes: number[][];
  edges: number[][];
  trace_function_infos: number[][];
  trace_tree: NestedTraceTree;
  samples: number[][];
  locations: number[][];
  scopes?: number[][];
  scope_context_vars?: number[][];
  scope_uses?: number[][];
  strings: string[];
}

/** Turns field names into a function that puts a record's values into the file's field order. */
function rowWriter(fields: readonly string[]): (record: Record<string, number>) => number[] {
  // 7 for fields nobody knows: a reader that mistakes them for a real column gets caught.
  return (record) => fields.map((field) => record[field] ?? 7);
}

function typeNumber(types: string[] | string, type: string): number {
  const index = types.indexOf(type);
  if (index < 0) throw new Error(`found the type ${type}, expected one of ${types}`);
  return index;
}

function edgesByNode(plain: PlainSnapshot): PlainEdge[][] {
  const lists: PlainEdge[][] = plain.nodes.map(() => []);
  for (const edge of plain.edges) lists[edge.from].push(edge);
  return lists;
}

function nodeRows(plain: PlainSnapshot, meta: SnapshotMeta, table: StringTable, edges: PlainEdge[][]): number[][] {
  const write = rowWriter(meta.node_fields);
  const types = meta.node_types[meta.node_fields.indexOf('type')];
  return plain.nodes.map((node, ordinal) =>
    write({
      type: typeNumber(types, node.type),
      name: table.indexOf(node.name),
      id: node.id,
      self_size: node.selfSize,
      edge_count: edges[ordinal].length,
      trace_node_id: node.traceNodeId ?? 0,
      detachedness: node.detachedness ?? 0,
    }),
  );
}

function edgeRows(meta: SnapshotMeta, table: StringTable, edges: PlainEdge[][]): number[][] {
  const write = rowWriter(meta.edge_fields);
  const types = meta.edge_types[meta.edge_fields.indexOf('type')];
  const nodeFieldCount = meta.node_fields.length;
  return edges.flat().map((edge) =>
    write({
      type: typeNumber(types, edge.type),
      name_or_index: edgeNameIsIndex(edge.type) ? Number(edge.nameOrIndex) : table.indexOf(String(edge.nameOrIndex)),
      to_node: edge.to * nodeFieldCount,
    }),
  );
}

function locationRows(plain: PlainSnapshot, meta: SnapshotMeta): number[][] {
  const write = rowWriter(meta.location_fields);
  return (plain.locations ?? []).map(({ node, scriptId, line, column }) =>
    write({ object_index: node * meta.node_fields.length, script_id: scriptId, line, column }),
  );
}

function traceFunctionRows(plain: PlainSnapshot, meta: SnapshotMeta, table: StringTable): number[][] {
  const write = rowWriter(meta.trace_function_info_fields);
  return (plain.traceFunctions ?? []).map((info) =>
    write({
      function_id: info.functionId,
      name: table.indexOf(info.name),
      script_name: table.indexOf(info.scriptName),
      script_id: info.scriptId,
      line: info.line,
      column: info.column,
    }),
  );
}

function nestTraceTree(node: PlainTraceNode | undefined): NestedTraceTree {
  if (node === undefined) return [];
  return [node.id, node.functionInfoIndex, node.count, node.size, node.children.flatMap(nestTraceTree)];
}

function sampleRows(plain: PlainSnapshot, meta: SnapshotMeta): number[][] {
  const write = rowWriter(meta.sample_fields);
  return (plain.samples ?? []).map((sample) =>
    write({ timestamp_us: sample.timestampUs, last_assigned_id: sample.lastAssignedId }),
  );
}

function buildHeader(plain: PlainSnapshot, meta: SnapshotMeta): SnapshotHeader {
  const header: SnapshotHeader = {
    meta,
    node_count: plain.nodes.length,
    edge_count: plain.edges.length,
    trace_function_count: plain.traceFunctions?.length ?? 0,
  };
  if (plain.extraNativeBytes !== undefined) header.extra_native_bytes = plain.extraNativeBytes;
  if (plain.rootIndex !== undefined) header.root_index = plain.rootIndex * meta.node_fields.length;
  return header;
}

/** Everything a snapshot file holds, as fresh arrays: the DevTools engine writes into what it is given. */
export function buildTables(plain: PlainSnapshot, options: TableOptions = {}): SnapshotTables {
  const meta = buildMeta(plain, options);
  const table = createStringTable();
  const edges = edgesByNode(plain);
  const tables: SnapshotTables = {
    header: buildHeader(plain, meta),
    nodes: nodeRows(plain, meta, table, edges),
    edges: edgeRows(meta, table, edges),
    trace_function_infos: traceFunctionRows(plain, meta, table),
    trace_tree: nestTraceTree(plain.traceTree),
    samples: sampleRows(plain, meta),
    locations: locationRows(plain, meta),
    strings: table.strings,
  };
  if (plain.scopes) tables.scopes = plain.scopes;
  if (plain.scopeContextVars) tables.scope_context_vars = plain.scopeContextVars.map((name) => [table.indexOf(name)]);
  if (plain.scopeUses) tables.scope_uses = plain.scopeUses;
  return tables;
}
