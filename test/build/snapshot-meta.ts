import { EDGE_TYPES, NODE_TYPES, type PlainSnapshot, type SnapshotMeta } from './plain-snapshot.js';
import { createRandom } from './random.js';

/** How a description becomes numbers: everything a reader has to look up in `meta`. */
export interface TableOptions {
  /** Default: written when a node defines it. */
  detachedness?: boolean;
  /** Default: written when a node defines it. */
  traceNodeId?: boolean;
  /** Unknown columns, filled with a constant. */
  extraNodeFields?: readonly string[];
  extraEdgeFields?: readonly string[];
  extraLocationFields?: readonly string[];
  /** Unknown types, put first so that every known type gets another number. */
  extraNodeTypes?: readonly string[];
  extraEdgeTypes?: readonly string[];
  /** A seed: puts the fields of nodes, edges, locations and samples into another order. */
  permuteFields?: number;
}

function typesInUse(known: readonly string[], used: Iterable<string>, extra: readonly string[] = []): string[] {
  return [...new Set([...extra, ...known, ...used])];
}

function nodeFields(plain: PlainSnapshot, options: TableOptions): string[] {
  const traceNodeId = options.traceNodeId ?? plain.nodes.some((node) => node.traceNodeId !== undefined);
  const detachedness = options.detachedness ?? plain.nodes.some((node) => node.detachedness !== undefined);
  const fields = ['type', 'name', 'id', 'self_size', 'edge_count'];
  if (traceNodeId) fields.push('trace_node_id');
  if (detachedness) fields.push('detachedness');
  return [...fields, ...(options.extraNodeFields ?? [])];
}

/** One entry a field: the list of types for `type`, a kind of value for the others. */
function fieldTypes(fields: readonly string[], types: string[], kinds: Record<string, string>): (string[] | string)[] {
  return fields.map((field) => (field === 'type' ? types : (kinds[field] ?? 'number')));
}

/** `snapshot.meta` for a description: V8's names, the types in use, and whatever `plain.meta` overrides. */
export function buildMeta(plain: PlainSnapshot, options: TableOptions = {}): SnapshotMeta {
  const random = createRandom(options.permuteFields ?? 0);
  const order = <T>(fields: T[]): T[] => (options.permuteFields === undefined ? fields : random.shuffle(fields));
  const node_fields = plain.meta?.node_fields ?? order(nodeFields(plain, options));
  const edge_fields =
    plain.meta?.edge_fields ?? order(['type', 'name_or_index', 'to_node', ...(options.extraEdgeFields ?? [])]);
  const nodeTypes = typesInUse(
    NODE_TYPES,
    plain.nodes.map((node) => node.type),
    options.extraNodeTypes,
  );
  const edgeTypes = typesInUse(
    EDGE_TYPES,
    plain.edges.map((edge) => edge.type),
    options.extraEdgeTypes,
  );

  const meta: SnapshotMeta = {
    node_fields,
    node_types: fieldTypes(node_fields, nodeTypes, { name: 'string' }),
    edge_fields,
    edge_types: fieldTypes(edge_fields, edgeTypes, { name_or_index: 'string_or_number', to_node: 'node' }),
    trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
    trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
    sample_fields: order(['timestamp_us', 'last_assigned_id']),
    location_fields: order(['object_index', 'script_id', 'line', 'column', ...(options.extraLocationFields ?? [])]),
  };
  if (plain.scopes) {
    meta.scope_fields = ['script_node_index', 'scope_id', 'depth', 'scope_context_vars_count', 'scope_uses_count'];
  }
  if (plain.scopeContextVars) meta.scope_context_var_fields = ['name'];
  if (plain.scopeUses) meta.scope_use_fields = ['declaring_scope_id', 'slot_index'];
  return { ...meta, ...plain.meta };
}
