import { closeSync, openSync, writeSync } from 'node:fs';

const NODE_TYPES = [
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
];
const META = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
  node_types: [NODE_TYPES, 'string', 'number', 'number', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [
    ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'],
    'string_or_number',
    'node',
  ],
  trace_function_info_fields: [],
  trace_node_fields: [],
  sample_fields: [],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};
const CLASSES = 50;
const STRINGS = [
  '',
  'Hub',
  ...Array.from({ length: CLASSES }, (_, at) => `Class${at}`),
  'Leaf',
  'Store',
  'left',
  'right',
  'owner',
];
const [LEAF, STORE, LEFT, RIGHT, OWNER] = [0, 1, 2, 3, 4].map((at) => 2 + CLASSES + at);
/** Rows that are put together before they are written. */
const PIECE = 1 << 14;

/** A node with `count` edges, each to an object with two parts that refers back: three nodes and four edges for each. */
export function writeStar(path, count) {
  const file = openSync(path, 'w');
  const rows = (rowAt) => {
    for (let from = 0; from < count; from += PIECE) {
      let text = '';
      for (let at = from; at < Math.min(count, from + PIECE); at++) text += rowAt(at);
      writeSync(file, text);
    }
  };
  const header = { meta: META, node_count: 2 + 3 * count, edge_count: 1 + 4 * count, trace_function_count: 0 };
  writeSync(file, `{"snapshot":${JSON.stringify(header)},\n"nodes":[9,0,1,0,1,0,0\n,3,1,3,64,${count},0,0\n`);
  rows((at) => {
    const id = 5 + 6 * at;
    const own = `,3,${2 + (at % CLASSES)},${id},${16 + ((at * 7919) % 1000)},3,0,0\n`;
    return `${own},3,${LEAF},${id + 2},24,0,0,0\n,1,${STORE},${id + 4},${8 * (at % 9)},0,0,0\n`;
  });
  writeSync(file, '],\n"edges":[1,0,7\n');
  rows((at) => `,1,${at},${7 * (2 + 3 * at)}\n`);
  rows((at) => `,2,${LEFT},${7 * (3 + 3 * at)}\n,2,${RIGHT},${7 * (4 + 3 * at)}\n,2,${OWNER},7\n`);
  const rest = '"trace_function_infos":[],"trace_tree":[],"samples":[],"locations":[]';
  writeSync(file, `],\n${rest},"strings":${JSON.stringify(STRINGS)}}`);
  closeSync(file);
}
