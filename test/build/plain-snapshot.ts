/** Position of a node in `PlainSnapshot.nodes`. */
export type Ordinal = number;

export interface PlainNode {
  type: string;
  name: string;
  id: number;
  selfSize: number;
  /** 0 unknown, 1 attached, 2 detached. The field is written when any node defines it. */
  detachedness?: number;
  /** The field is written when any node defines it. */
  traceNodeId?: number;
}

export interface PlainEdge {
  from: Ordinal;
  type: string;
  /** A number for `element` and `hidden` edges, a string for all other types. */
  nameOrIndex: string | number;
  to: Ordinal;
}

export interface PlainLocation {
  node: Ordinal;
  scriptId: number;
  line: number;
  column: number;
}

export interface PlainSample {
  timestampUs: number;
  lastAssignedId: number;
}

export interface PlainTraceFunction {
  functionId: number;
  name: string;
  scriptName: string;
  scriptId: number;
  line: number;
  column: number;
}

export interface PlainTraceNode {
  id: number;
  functionInfoIndex: number;
  count: number;
  size: number;
  children: PlainTraceNode[];
}

/** Names of node types, edge types and fields, as `snapshot.meta` spells them. */
export interface SnapshotMeta {
  node_fields: string[];
  node_types: (string[] | string)[];
  edge_fields: string[];
  edge_types: (string[] | string)[];
  trace_function_info_fields: string[];
  trace_node_fields: string[];
  sample_fields: string[];
  location_fields: string[];
  scope_fields?: string[];
  scope_context_var_fields?: string[];
  scope_use_fields?: string[];
}

/** A heap snapshot as a test would describe it by hand; edges may stand in any order. */
export interface PlainSnapshot {
  /** Replaces whole entries of `snapshot.meta`, for files whose header is odd or wrong. */
  meta?: Partial<SnapshotMeta>;
  nodes: PlainNode[];
  edges: PlainEdge[];
  rootIndex?: Ordinal;
  extraNativeBytes?: number;
  locations?: PlainLocation[];
  samples?: PlainSample[];
  traceFunctions?: PlainTraceFunction[];
  traceTree?: PlainTraceNode;
  /** Rows of `script_node_index, scope_id, depth, scope_context_vars_count, scope_uses_count`; may be negative. */
  scopes?: number[][];
  /** Names of the context variables. */
  scopeContextVars?: string[];
  /** Rows of `declaring_scope_id, slot_index`; may be negative. */
  scopeUses?: number[][];
}

/** The node types of Node 22; others that a description uses are appended. */
export const NODE_TYPES: readonly string[] = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
];

/** The edge types of every V8 so far; others that a description uses are appended. */
export const EDGE_TYPES: readonly string[] = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
];

/** Whether the third column of an edge of this type is an index rather than a string. */
export function edgeNameIsIndex(type: string): boolean {
  return type === 'element' || type === 'hidden';
}
