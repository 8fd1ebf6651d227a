import { containers } from './containers.js';
import * as objects from './objects.js';
import { pick } from './values.js';
import { WeakMapPairs } from './weak-maps.js';

const ORPHAN_SHARE = 1 / 2000;

/** Kinds of objects in their shares, in percent. */
const shares = [
  [56, objects.addRecord],
  [18, objects.addClosure],
  [10, objects.addCode],
  [5, objects.addConcatenatedString],
  [5, objects.addCollection],
  [4, objects.addOddity],
  [1, objects.addBuffer],
];
const kinds = shares.flatMap(([share, add]) => Array(share).fill(add));

/**
 * Fills a block with objects that one container holds.
 * @param {import('./block.js').Block} block
 * @param {number} size nodes to reach; the block ends a few, seldom some hundred, above it
 * @param {number} edgesPerNode the density to aim at
 * @returns {number} the container's ordinal
 */
export function buildBody(block, world, size, edgesPerNode) {
  const container = new (pick(block.random, containers))(block, world);
  const pairs = new WeakMapPairs();
  const hold = (object) => container.hold(object);
  block.heads.push(container.head);
  while (block.nodeCount < size) {
    const object = addObject(block, world, edgesPerNode, pairs, hold);
    if (block.random.chance(ORPHAN_SHARE)) {
      // Half of the orphans are seen by a weak reference, which does not keep them alive.
      if (block.random.chance(0.5)) hold(objects.addWeakRef(block, world, object));
    } else {
      hold(object);
      block.heads.push(object);
    }
  }
  return container.head;
}

/** Wide records and lists when the block has too few edges for its nodes, sparse records when too many, the usual mix else. */
function addObject(block, world, edgesPerNode, pairs, hold) {
  const { random } = block;
  const missing = Math.round(edgesPerNode * block.nodeCount - block.edgeCount);
  if (missing > 8 && random.chance(0.5)) {
    return random.chance(0.1) ? objects.addSpareList(block, world, missing) : objects.addWideRecord(block, world);
  }
  if (missing < -60 && random.chance(0.8)) return objects.addSparseRecord(block, world);
  if (random.chance(0.01)) return pairs.add(block, world, hold);
  return pick(random, kinds)(block, world);
}
