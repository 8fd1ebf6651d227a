import { EdgeType, NodeType } from './format.js';
import { REGISTRY_COUNT } from './foundation.js';
import { addBareObject } from './values.js';

const { element, internal } = EdgeType;

/**
 * So many at most, which is what the generator's memory allows; a heap of up to 30 million nodes has one. In real heaps it is
 * such tables that give the most names to internal edges, a fourth of all strings.
 */
export const HUGE_ARRAY_EDGES = 4_000_000;
/** `__proto__`, `map` and `elements`. */
const ARRAY_OWN_EDGES = 3;

/**
 * One of the few huge arrays: two nodes and exactly `edgeCount` edges, to objects all over the heap.
 * @returns {number} its ordinal
 */
export function buildHugeArray(block, world, edgeCount) {
  const array = addBareObject(block, 'Array', world.prototypes.Array, world.maps.meta);
  const links = edgeCount - ARRAY_OWN_EDGES;
  const store = block.node(NodeType.array, '(object elements)', 16 + 4 * links);
  block.edge(array, internal, 'elements', store);
  for (let index = 0; index < links; index++) {
    const target = world.anywhere(block.random);
    if (index % 2 === 0) block.edge(array, element, index >> 1, target);
    else block.edge(store, internal, block.table.numeric(index >> 1), target);
  }
  return array;
}

/** How many edges `buildRegistries` makes. */
export function registryEdgeCount(nodeCount, heldCount) {
  const textCount = nodeCount - REGISTRY_COUNT * 2 - 1;
  return REGISTRY_COUNT * ARRAY_OWN_EDGES + 2 * heldCount + 1 + 2 * textCount;
}

/**
 * The last block, exactly `nodeCount` nodes: the arrays that hold every container, and a store of interned texts.
 * @param {readonly number[]} held ordinals of all containers and huge arrays
 * @returns {number[]} the registries' ordinals
 */
export function buildRegistries(block, world, nodeCount, held) {
  const registries = Array.from({ length: REGISTRY_COUNT }, () => {
    const registry = addBareObject(block, 'Array', world.prototypes.Array, world.maps.meta);
    const store = block.node(NodeType.array, '(object elements)', 16 + 8 * Math.ceil(held.length / REGISTRY_COUNT));
    block.edge(registry, internal, 'elements', store);
    return { registry, store };
  });
  held.forEach((ordinal, index) => {
    const { registry, store } = registries[index % REGISTRY_COUNT];
    const slot = Math.floor(index / REGISTRY_COUNT);
    block.edge(registry, element, slot, ordinal);
    block.edge(store, internal, block.table.numeric(slot), ordinal);
  });
  addTexts(block, world, nodeCount - block.nodeCount, registries[0].store);
  return registries.map(({ registry }) => registry);
}

function addTexts(block, world, nodeCount, holder) {
  const store = block.node(NodeType.array, '(object elements)', 16 + 8 * nodeCount);
  block.edge(holder, internal, 'texts', store);
  for (let index = 0; index < nodeCount - 1; index++) {
    const text = block.node(NodeType.string, block.fresh(), 32);
    block.edge(store, internal, block.table.numeric(index), text);
    block.edge(text, internal, 'map', world.maps.string);
  }
}
