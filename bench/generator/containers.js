// How a block's objects are held together, one class a kind. `head` is what the registries hold.
import { EdgeType, NodeType } from './format.js';
import { addBareObject, addString } from './values.js';

const { element, internal, property } = EdgeType;

class ArrayContainer {
  #length = 0;

  constructor(block, world) {
    this.block = block;
    this.head = addBareObject(block, 'Array', world.prototypes.Array, world.maps.meta);
    this.store = block.node(NodeType.array, '(object elements)', 16);
    block.edge(this.head, internal, 'elements', this.store);
    block.edge(this.store, internal, 'map', world.maps.table);
  }

  hold(object) {
    this.block.edge(this.head, element, this.#length, object);
    this.block.edge(this.store, internal, this.block.table.numeric(this.#length), object);
    this.block.setSelfSize(this.store, 16 + 8 * ++this.#length);
  }
}

/** A Map with a text per object as its key. */
class MapContainer {
  #length = 0;

  constructor(block, world) {
    Object.assign(this, { block, world });
    this.head = addBareObject(block, 'Map', world.prototypes.Map, world.maps.meta);
    this.table = block.node(NodeType.array, '', 48);
    block.edge(this.head, internal, 'table', this.table);
  }

  hold(object) {
    const slot = 3 + 3 * this.#length++;
    this.block.edge(this.table, internal, this.block.table.numeric(slot), addString(this.block, this.world));
    this.block.edge(this.table, internal, this.block.table.numeric(slot + 1), object);
    this.block.setSelfSize(this.table, 48 + 24 * this.#length);
  }
}

/** A linked list of entries: as deep as it is long. */
class ListContainer {
  constructor(block, world) {
    Object.assign(this, { block, world });
    this.head = this.last = addBareObject(block, 'LinkedList', world.prototypes.Object, world.maps.meta);
  }

  hold(object) {
    const entry = addEntry(this.block, this.world, object);
    this.block.edge(this.last, property, 'next', entry);
    this.block.edge(entry, property, 'list', this.head);
    this.last = entry;
  }
}

/** A complete binary tree of entries with links back to the parents. */
class TreeContainer {
  #entries = [];

  constructor(block, world) {
    Object.assign(this, { block, world });
    this.head = addBareObject(block, 'Tree', world.prototypes.Object, world.maps.meta);
  }

  hold(object) {
    const entry = addEntry(this.block, this.world, object);
    const place = this.#entries.push(entry) - 1;
    const parent = place === 0 ? this.head : this.#entries[(place - 1) >> 1];
    this.block.edge(parent, property, place % 2 ? 'left' : 'right', entry);
    this.block.edge(entry, property, 'parent', parent);
  }
}

function addEntry(block, world, value) {
  const entry = addBareObject(block, 'Entry', world.prototypes.Object, world.maps.meta);
  block.edge(entry, property, 'value', value);
  return entry;
}

/** Kinds of containers in their shares of 40. Lists are rare: of a real heap's nodes, one in a hundred is deeper than 40. */
const shares = [
  [24, ArrayContainer],
  [6, MapContainer],
  [9, TreeContainer],
  [1, ListContainer],
];
export const containers = shares.flatMap(([share, container]) => Array(share).fill(container));
