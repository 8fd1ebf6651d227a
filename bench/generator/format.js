// What Node 24 writes into a header. Order is the format: a type's number is its place in its list.

// biome-ignore format: a table
const nodeTypes = [
  'hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number',
  'native', 'synthetic', 'concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape',
];
const edgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

const numbered = (names) => Object.fromEntries(names.map((name, number) => [name, number]));

/** @type {Record<string, number>} */
export const NodeType = numbered(nodeTypes);
/** @type {Record<string, number>} */
export const EdgeType = numbered(edgeTypes);

const meta = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
  node_types: [nodeTypes, 'string', 'number', 'number', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [edgeTypes, 'string_or_number', 'node'],
  trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
  sample_fields: ['timestamp_us', 'last_assigned_id'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};

export const NODE_FIELD_COUNT = meta.node_fields.length;

export function headerText(nodeCount, edgeCount) {
  return JSON.stringify({
    meta,
    node_count: nodeCount,
    edge_count: edgeCount,
    trace_function_count: 0,
    extra_native_bytes: 0,
  });
}
