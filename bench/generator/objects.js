// What a heap is made of, one function a kind. Each adds a few nodes and returns the one that others hold.
import { EdgeType, NodeType } from './format.js';
import { addArray, addBareObject, addList, addNumber, addString, addValue, linkTarget, pick } from './values.js';

const { context, internal, hidden, property, weak } = EdgeType;

/** A plain object or an instance of a class, by its shape. */
export function addRecord(block, world) {
  const shape = world.shapes[block.random.skewed(world.shapes.length)];
  const record = addBareObject(block, shape.className, shape.prototype, shape.map);
  block.setSelfSize(record, 24 + 8 * shape.fields.length);
  for (const [slot, field] of shape.fields.entries()) addValue(block, world, record, field, slot);
  if (shape.className !== 'Object') block.location(record, shape.scriptId, shape.line, 2);
  return record;
}

/** Few links for its nodes, as most data has: keeps a sparse heap sparse. */
export function addSparseRecord(block, world) {
  const { random } = block;
  const record = addBareObject(block, 'Object', world.prototypes.Object, world.maps.meta);
  let slot = 0;
  const name = () => world.propertyNames[slot++];
  for (let count = 1 + random.below(2); count > 0; count--)
    block.edge(record, property, name(), addString(block, world));
  for (let count = random.below(4); count > 0; count--) block.edge(record, hidden, slot++, addNumber(block, world));
  for (let count = random.below(3); count > 0; count--)
    block.edge(record, property, name(), addArray(block, world, []));
  for (let count = random.below(3); count > 0; count--) addValue(block, world, record, { name: name(), kind: 'child' });
  return record;
}

/** Many links for one node, as syntax trees have: keeps a dense heap dense. */
export function addWideRecord(block, world) {
  const { random } = block;
  const record = addBareObject(block, 'Node', world.prototypes.Object, world.maps.meta);
  const first = random.below(world.propertyNames.length >> 1);
  for (let slot = 4 + random.below(14); slot > 0; slot--) {
    const common = random.chance(0.5) ? world.oddballs : world.sharedStrings;
    const target = random.chance(0.4) ? linkTarget(block, world) : pick(random, common);
    block.edge(record, property, world.propertyNames[first + slot], target);
  }
  return record;
}

/** For a block with far too few edges: as long as chance wants, or an eighth of what is missing where that is thousands. */
export function addSpareList(block, world, missing) {
  return addList(block, world, missing > 2000 ? missing >> 3 : block.random.tail(3000));
}

export function addClosure(block, world) {
  const { random } = block;
  const code = world.functions[random.skewed(world.functions.length)];
  const closure = block.node(NodeType.closure, code.name, 56);
  const scope = block.node(NodeType.object, 'system / Context', 40);
  block.edge(closure, property, '__proto__', world.prototypes.Function);
  block.edge(closure, internal, 'feedback_cell', code.cell);
  block.edge(closure, internal, 'shared', code.shared);
  block.edge(closure, internal, 'context', scope);
  block.edge(closure, internal, 'map', world.maps.closure);
  block.location(closure, 60 + random.skewed(200), random.skewed(2000), random.below(80));
  for (const name of ['self', 'request'])
    if (random.chance(0.6)) block.edge(scope, context, name, linkTarget(block, world));
  block.edge(scope, internal, 'scope_info', code.scope);
  block.edge(scope, internal, 'previous', world.nativeContext);
  block.edge(scope, internal, 'map', world.maps.context);
  return closure;
}

export function addCollection(block, world) {
  const name = block.random.chance(0.6) ? 'Map' : 'Set';
  const collection = addBareObject(block, name, world.prototypes[name], world.maps.meta);
  const count = block.random.tail(40);
  const table = block.node(NodeType.array, '', 48 + 24 * count);
  block.edge(collection, internal, 'table', table);
  for (let entry = 0; entry < count; entry++) {
    const slot = 3 + entry * 3;
    if (name === 'Map') block.edge(table, internal, block.table.numeric(slot), addKey(block, world));
    block.edge(table, internal, block.table.numeric(slot + 1), linkTarget(block, world));
  }
  block.edge(table, internal, 'map', world.maps.table);
  return collection;
}

/** Of the keys of maps, half are names that stand in the program. */
function addKey(block, world) {
  return block.random.chance(0.5) ? pick(block.random, world.sharedStrings) : addString(block, world);
}

/** Code of a function that was run: bytecode, its constants, and feedback that holds its subjects weakly. */
export function addCode(block, world) {
  const { random } = block;
  const shared = block.node(NodeType.code, pick(random, world.functions).name, 64);
  const bytecode = block.node(NodeType.code, 'system / BytecodeArray', 80 + 8 * random.skewed(60));
  const constants = block.node(NodeType.code, '(constant pool)', 48);
  const feedback = block.node(NodeType.code, 'system / FeedbackVector', 96);
  block.edge(shared, internal, 'function_data', bytecode);
  block.edge(shared, hidden, 4, feedback);
  block.edge(bytecode, internal, 'constant_pool', constants);
  for (let slot = random.below(5); slot >= 0; slot--)
    block.edge(constants, hidden, slot, pick(random, world.sharedStrings));
  block.edge(feedback, weak, 1, pick(random, world.shapes).map);
  for (const part of [shared, bytecode, constants, feedback]) block.edge(part, internal, 'map', world.maps.code);
  return shared;
}

/** A concatenated string; now and then one built up piece by piece, which is a deep one. */
export function addConcatenatedString(block, world) {
  const pieces = block.random.chance(0.02) ? 60 : 1;
  let left = addString(block, world);
  for (let piece = 0; piece < pieces; piece++) {
    const whole = block.node(NodeType['concatenated string'], '(concatenated string)', 32);
    block.edge(whole, internal, 'first', left);
    block.edge(whole, internal, 'second', addString(block, world));
    block.edge(whole, internal, 'map', world.maps.consString);
    left = whole;
  }
  return left;
}

export function addBuffer(block, world) {
  const buffer = addBareObject(block, 'ArrayBuffer', world.prototypes.ArrayBuffer, world.maps.meta);
  const bytes = block.node(NodeType.native, 'system / JSArrayBufferData', 64 * (1 + block.random.tail(4096)));
  block.edge(buffer, internal, 'backing_store', bytes);
  return buffer;
}

export function addWeakRef(block, world, target) {
  const reference = addBareObject(block, 'WeakRef', world.prototypes.WeakRef, world.maps.meta);
  block.edge(reference, weak, 'target', target);
  return reference;
}

/** The rarer kinds. */
export function addOddity(block, world) {
  const { random, table } = block;
  const kind = random.below(5);
  if (kind === 0) return addBareObject(block, 'Date', world.prototypes.Date, world.maps.meta);
  if (kind === 1) return addBareObject(block, 'Promise', world.prototypes.Promise, world.maps.meta);
  const [type, name, map, child] = [
    [NodeType.regexp, '/^\\d+$/', world.maps.meta, 'source'],
    [NodeType.symbol, 'symbol', world.maps.symbol, 'name'],
    [NodeType['sliced string'], table.fixed('(sliced string)'), world.maps.slicedString, 'parent'],
  ][kind - 2];
  const node = block.node(type, name, 32);
  block.edge(node, internal, child, addString(block, world));
  block.edge(node, internal, 'map', map);
  return node;
}
