import { EdgeType, NodeType } from './format.js';
import { buildShapes } from './shapes.js';
import { commonTexts, functionNames, rootNames } from './vocabulary.js';

const { element, internal, hidden, property, shortcut, weak } = EdgeType;
export const REGISTRY_COUNT = 8;

/**
 * The first block: roots, native context, maps, prototypes, shapes and the functions' code. Everything later points into it.
 * @param {import('./block.js').Block} block
 * @param {number} shapeCount
 * @param {readonly number[]} registries ordinals of what the global object holds; all 0 while planning
 */
export function buildFoundation(block, shapeCount, registries) {
  const root = block.node(NodeType.synthetic, '', 0);
  const rootGroups = buildRoots(block, root);
  const world = { root, maps: buildMaps(block), oddballs: buildOddballs(block) };
  world.nativeContext = block.node(NodeType.hidden, 'system / NativeContext', 2448);
  world.global = block.node(NodeType.object, 'global', 32);
  world.prototypes = buildPrototypes(block, world);
  world.sharedStrings = buildSharedStrings(block, world);
  world.functions = functionNames.map((name) => buildFunctionCode(block, world, name));
  world.shapes = buildShapes(block, world, shapeCount);
  connectContext(block, world);
  connectRoots(block, world, rootGroups);
  block.edge(root, shortcut, block.table.numeric(2), world.global);
  for (const [index, ordinal] of registries.entries()) block.edge(world.global, property, `registry${index}`, ordinal);
  return world;
}

function buildRoots(block, root) {
  const gcRoots = block.node(NodeType.synthetic, '(GC roots)', 0);
  block.edge(root, element, 1, gcRoots);
  return new Map(
    rootNames.map((name, index) => {
      const group = block.node(NodeType.synthetic, name, 0);
      block.edge(gcRoots, element, index + 1, group);
      return [name, group];
    }),
  );
}

// biome-ignore format: a table
const mapKinds = [
  'string', 'consString', 'slicedString', 'number', 'symbol', 'bigint',
  'context', 'closure', 'table', 'code', 'native', 'oddball',
];

/** Maps of the kinds that V8 itself needs; a map's own map is the meta map. */
function buildMaps(block) {
  const meta = block.node(NodeType['object shape'], 'system / Map', 80);
  const maps = { meta };
  for (const kind of mapKinds) {
    maps[kind] = block.node(NodeType.hidden, `system / Map (${kind})`, 80);
    block.edge(maps[kind], internal, 'map', meta);
  }
  block.edge(meta, internal, 'map', meta);
  return maps;
}

function buildOddballs(block) {
  return ['undefined', 'null', 'true', 'false', 'system / Hole'].map((name) => block.node(NodeType.hidden, name, 0));
}

// biome-ignore format: a table
const prototypeNames = [
  'Object', 'Array', 'Function', 'Map', 'Set', 'WeakMap', 'WeakRef', 'Date', 'RegExp', 'Promise', 'ArrayBuffer',
];

/** An object named `RegExp` would also meet the class that DevTools gives all regular expressions. */
const prototypeTexts = { Function: '', RegExp: 'Object' };

function buildPrototypes(block, world) {
  const prototypes = {};
  for (const name of prototypeNames) {
    prototypes[name] = block.node(NodeType.object, prototypeTexts[name] ?? name, 56);
    if (name !== 'Object') block.edge(prototypes[name], property, '__proto__', prototypes.Object);
    block.edge(prototypes[name], internal, 'map', world.maps.meta);
  }
  return prototypes;
}

function buildSharedStrings(block, world) {
  return commonTexts.map((text) => {
    const string = block.node(NodeType.string, text, 16 + 8 * Math.ceil(text.length / 8));
    block.edge(string, internal, 'map', world.maps.string);
    return string;
  });
}

/** What all closures of one function share. */
function buildFunctionCode(block, world, name) {
  const shared = block.node(NodeType.code, name, 64);
  const scope = block.node(NodeType.code, 'system / ScopeInfo', 40);
  const bytecode = block.node(NodeType.code, 'system / BytecodeArray', 120);
  const cell = block.node(NodeType.code, 'system / FeedbackCell', 24);
  block.edge(shared, internal, 'name_or_scope_info', scope);
  block.edge(shared, internal, 'function_data', bytecode);
  block.edge(cell, weak, 1, shared);
  for (const part of [shared, scope, bytecode, cell]) block.edge(part, internal, 'map', world.maps.code);
  return { name, shared, scope, cell };
}

function connectContext(block, world) {
  block.edge(world.nativeContext, internal, 'global_object', world.global);
  block.edge(world.nativeContext, hidden, 3, world.maps.meta);
  block.edge(world.nativeContext, internal, 'sloppy_function_map', world.maps.closure);
  for (const [name, prototype] of Object.entries(world.prototypes)) {
    block.edge(world.nativeContext, internal, `initial_${name.toLowerCase()}_prototype`, prototype);
  }
  block.edge(world.maps.meta, internal, 'native_context', world.nativeContext);
  block.edge(world.global, property, '__proto__', world.prototypes.Object);
  block.edge(world.global, internal, 'map', world.maps.meta);
}

function connectRoots(block, world, groups) {
  const list = (group, ordinals) => {
    for (const [index, ordinal] of ordinals.entries()) {
      block.edge(groups.get(group), internal, block.table.numeric(index + 1), ordinal);
    }
  };
  list('(Read-only roots)', [...Object.values(world.maps), ...world.oddballs]);
  list('(Internalized strings)', world.sharedStrings);
  list('(Global handles)', [world.nativeContext]);
  list(
    '(Builtins)',
    world.functions.map(({ shared }) => shared),
  );
  list(
    '(Startup object cache)',
    world.functions.map(({ cell }) => cell),
  );
  for (const { map } of world.shapes) block.edge(groups.get('(Retain maps)'), weak, block.table.numeric(1), map);
  block.edge(groups.get('(Strong root list)'), internal, 'meta_map', world.maps.meta);
}
