import { EdgeType, NodeType } from './format.js';
import { Random } from './random.js';
import { classNames, propertyNames } from './vocabulary.js';

const { internal, property } = EdgeType;

/** What a property holds, and how often. Small integers cost no edge, as in V8. */
const valueShares = {
  smallInteger: 4,
  sharedString: 3,
  oddball: 4,
  freshString: 3,
  link: 2,
  number: 2,
  list: 1,
  child: 1,
};
const valueKinds = Object.entries(valueShares).flatMap(([kind, share]) => Array(share).fill(kind));

/**
 * Hidden classes: the first are used most, and two in five belong to a class with a place in a script.
 * @returns {{map: number, className: string, prototype: number, scriptId: number, line: number, fields: {name: string, kind: string}[]}[]}
 */
export function buildShapes(block, world, count) {
  const random = new Random(0x5a5eed);
  return Array.from({ length: count }, (_, index) => {
    const isClass = random.chance(0.4);
    const shape = {
      className: isClass ? classNames[index % classNames.length] : 'Object',
      prototype: world.prototypes.Object,
      scriptId: 60 + random.skewed(200),
      line: random.skewed(2000),
      fields: makeFields(random),
    };
    shape.map = block.node(NodeType['object shape'], 'system / Map', 80);
    block.edge(shape.map, internal, 'map', world.maps.meta);
    if (isClass) shape.prototype = buildPrototype(block, world, shape.className);
    block.edge(shape.map, internal, 'prototype', shape.prototype);
    block.edge(shape.map, internal, 'descriptors', buildDescriptors(block, world, shape.fields));
    return shape;
  });
}

function makeFields(random) {
  const names = new Set();
  const count = 1 + random.skewed(9) + random.below(4);
  while (names.size < count) names.add(propertyNames[random.skewed(propertyNames.length)]);
  return [...names].map((name) => ({ name, kind: valueKinds[random.below(valueKinds.length)] }));
}

function buildPrototype(block, world, className) {
  const prototype = block.node(NodeType.object, className, 56);
  block.edge(prototype, property, '__proto__', world.prototypes.Object);
  block.edge(prototype, internal, 'map', world.maps.meta);
  return prototype;
}

/** Three slots a property, as V8 has them: name, details, and the value's field type. */
function buildDescriptors(block, world, fields) {
  const descriptors = block.node(NodeType.array, '(map descriptors)', 24 + fields.length * 24);
  fields.forEach((_, index) => {
    block.edge(
      descriptors,
      internal,
      block.table.numeric(2 + 3 * index),
      world.sharedStrings[index % world.sharedStrings.length],
    );
    block.edge(
      descriptors,
      internal,
      block.table.numeric(4 + 3 * index),
      world.oddballs[index % world.oddballs.length],
    );
  });
  block.edge(descriptors, internal, 'map', world.maps.table);
  return descriptors;
}
