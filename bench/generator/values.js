import { EdgeType, NodeType } from './format.js';

const { element, internal, hidden, property } = EdgeType;

/** How often a text is one that other strings have too. */
const DUPLICATE_SHARE = 0.05;
const NEAR = 64;
/** How often a link leads to any object of the heap instead of one built just before. */
const FAR_SHARE = 0.3;

export const pick = (random, list) => list[random.below(list.length)];

/** A string of its own, though its text may be a common one. */
export function addString(block, world) {
  const { random } = block;
  const name = random.chance(DUPLICATE_SHARE) ? block.table.fixed(pick(random, world.words)) : block.fresh();
  const string = block.node(NodeType.string, name, 16 + 8 * (1 + random.skewed(12)));
  block.edge(string, internal, 'map', world.maps.string);
  return string;
}

export function addNumber(block, world) {
  const number = block.node(NodeType.number, 'heap number', 16);
  block.edge(number, internal, 'map', world.maps.number);
  return number;
}

/** A link to another object: mostly one built just before, sometimes any object of the heap. */
export function linkTarget(block, world) {
  const { random, heads } = block;
  if (heads.length === 0 || random.chance(FAR_SHARE)) return world.anywhere(random);
  return heads[Math.max(0, heads.length - 1 - random.skewed(Math.min(NEAR, heads.length)))];
}

/** An array; V8 lists its elements twice, as elements of the array and inside its backing store. */
export function addArray(block, world, targets) {
  const array = block.node(NodeType.object, 'Array', 32);
  const store = block.node(NodeType.array, '(object elements)', 16 + 8 * targets.length);
  targets.forEach((target, index) => {
    block.edge(array, element, index, target);
    block.edge(store, internal, block.table.numeric(index), target);
  });
  block.edge(array, property, '__proto__', world.prototypes.Array);
  block.edge(array, internal, 'elements', store);
  block.edge(store, internal, 'map', world.maps.table);
  block.edge(array, internal, 'map', world.maps.meta);
  return array;
}

/** An array of links or of common values: in real heaps most edges lead to the few nodes that everything refers to. */
export function addList(block, world, length) {
  const { random } = block;
  const holdsLinks = random.chance(0.4);
  const common = pick(random, [world.sharedStrings, world.oddballs]);
  const targets = Array.from({ length }, () => (holdsLinks ? linkTarget(block, world) : pick(random, common)));
  return addArray(block, world, targets);
}

/** Adds what one property of `owner` holds. A small integer adds nothing; a number is hidden behind its slot. */
export function addValue(block, world, owner, field, slot) {
  const { random } = block;
  if (field.kind === 'smallInteger') return;
  if (field.kind === 'number') block.edge(owner, hidden, slot, addNumber(block, world));
  else block.edge(owner, property, field.name, valueMakers[field.kind](block, world, random));
}

const valueMakers = {
  sharedString: (_block, world, random) => pick(random, world.sharedStrings),
  freshString: addString,
  oddball: (_block, world, random) => pick(random, world.oddballs),
  link: linkTarget,
  list: (block, world, random) => addList(block, world, random.tail(30)),
  child: (block, world) => addBareObject(block, 'Object', world.prototypes.Object, world.maps.meta),
};

/** An object without properties of its own. */
export function addBareObject(block, name, prototype, map) {
  const object = block.node(NodeType.object, name, 32);
  block.edge(object, property, '__proto__', prototype);
  block.edge(object, internal, 'map', map);
  return object;
}
