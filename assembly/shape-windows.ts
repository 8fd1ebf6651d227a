// Shapes of plain objects (S8) where edges are read in windows: what shapes.ts does, over a range of nodes at a time. Other objects'
// edges are out of reach, so the property numbers of every shape are kept.

import { setU32, u32At } from './memory';
import { isPlainObject, markNames, MORE, NONE, readShape } from './shapes';

/**
 * Marks in `used` (zeroed, one bit a string) the names that shapes of nodes [from, to) can show. Returns how many of these are plain
 * objects.
 */
export function markPropertyNames(
  from: u32,
  to: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  objectType: u32,
  propertyType: u32,
  used: usize,
): u32 {
  let objects: u32 = 0;
  for (let node: u32 = from; node < to; node++) {
    if (!isPlainObject(node, nodeType, nodeName, tags, objectType)) continue;
    objects++;
    markNames(node, firstEdge, edgeType, edgeName, tags, propertyType, used);
  }
  return objects;
}

// The state: how many shapes there are, and property numbers in their sequences. Mirrored in src/external/interfaces.ts.
const SHAPES: usize = 0;
const USED: usize = 4;

/**
 * Goes on giving the plain objects among nodes [from, to) the number of their shape, as `collectShapes` does; `from` is not below
 * the root. Shape s has its sequence at [starts[s], starts[s + 1]) of `sequences`, which has room for `capacity` numbers. Where that
 * may not be enough the return value is the node to go on with, else `to`. `table` was filled with NONE before the first call.
 */
export function collectShapesOfRange(
  from: u32,
  to: u32,
  state: usize,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  objectType: u32,
  propertyType: u32,
  propertyOf: usize,
  textLength: usize,
  table: usize,
  slots: u32,
  sequence: usize,
  shapeOf: usize,
  counts: usize,
  starts: usize,
  sequences: usize,
  capacity: u32,
): u32 {
  let shapes: u32 = load<u32>(state, SHAPES);
  let used: u32 = load<u32>(state, USED);
  let node: u32 = from;
  for (; node < to; node++) {
    if (!isPlainObject(node, nodeType, nodeName, tags, objectType)) continue;
    const found: u32 = readShape(
      node, firstEdge, edgeType, edgeName, tags, propertyType, propertyOf, textLength, sequence,
    );
    const count: u32 = found & ~MORE;
    if (count == 0) continue;
    let hash: u32 = count;
    for (let i: u32 = 0; i < count; i++) hash = rotl<u32>(hash ^ u32At(sequence, i), 5) * 0x9e3779b1;
    let slot: u32 = (hash ^ (hash >>> 15)) & (slots - 1);
    let shape: u32 = u32At(table, slot);
    while (shape != NONE) {
      const start: u32 = u32At(starts, shape);
      const length: u32 = u32At(starts, shape + 1) - start;
      const known: usize = sequences + ((<usize>start) << 2);
      if (length == count && memory.compare(sequence, known, (<usize>count) << 2) == 0) break;
      slot = (slot + 1) & (slots - 1);
      shape = u32At(table, slot);
    }
    if (shape == NONE) {
      if (count > capacity - used) break;
      shape = shapes++;
      setU32(table, slot, shape);
      setU32(counts, shape, 0);
      setU32(starts, shape, used);
      memory.copy(sequences + ((<usize>used) << 2), sequence, (<usize>count) << 2);
      used += count;
      setU32(starts, shape + 1, used);
    }
    setU32(counts, shape, u32At(counts, shape) + 1);
    setU32(shapeOf, node, shape | (found & MORE));
  }
  store<u32>(state, shapes, SHAPES);
  store<u32>(state, used, USED);
  return node;
}
