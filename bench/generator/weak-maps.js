import { EdgeType, NodeType } from './format.js';
import { addRecord } from './objects.js';
import { addBareObject } from './values.js';

const { internal } = EdgeType;

/** One WeakMap a block. A value is held by its key and by the table, under one text that names all three by id. */
export class WeakMapPairs {
  #table = 0;
  #pairCount = 0;

  /** The first call also gives the map, which somebody has to hold. */
  add(block, world, hold) {
    if (this.#table === 0) hold(this.#addMap(block, world));
    const key = addRecord(block, world);
    const value = addRecord(block, world);
    const text = `${describe(block, 'part of key', key)} -> ${describe(block, 'value', value)} pair in WeakMap (table @${block.idOf(this.#table)})`;
    const slot = ++this.#pairCount;
    block.edge(key, internal, block.fresh(`9 / ${text}`), value);
    block.edge(this.#table, internal, block.fresh(`${slot * 2} / ${text}`), value);
    return key;
  }

  #addMap(block, world) {
    const map = addBareObject(block, 'WeakMap', world.prototypes.WeakMap, world.maps.meta);
    this.#table = block.node(NodeType.array, '', 272);
    block.edge(map, internal, 'table', this.#table);
    return map;
  }
}

function describe(block, role, ordinal) {
  const name = block.table.wordAt(block.nodes.name[ordinal - block.start]);
  return `${role} (${name} @${block.idOf(ordinal)})`;
}
