// Shapes of plain objects: the leading property names that DevTools makes interfaces of (S8).

import { setBit, setU32, u32At, u8At } from './memory';
import { TAG_KIND, TAG_OBJECT, TAG_PROTO } from './tags';

/** In place of a number: none. */
export const NONE: u32 = 0xffffffff;
/** Bit of an object's shape number: it has more properties than its shape shows. */
export const MORE: u32 = 0x80000000;
/** An interface's text stops growing here, in UTF-16 units. */
const MAX_TEXT: u32 = 120;
/**
 * The most properties a shape shows. After the first with a name, each adds two units of text at least, so no more than
 * these fit; only properties named by the empty string, which leave no trace in front, could be more.
 */
const MAX_PROPERTIES: u32 = 61;

@inline
export function isPlainObject(node: u32, nodeType: usize, nodeName: usize, tags: usize, objectType: u32): bool {
  return u8At(nodeType, node) == objectType && (u8At(tags, u32At(nodeName, node)) & TAG_KIND) == TAG_OBJECT;
}

/** Marks in `used` the property names that the node's shape can show. */
export function markNames(
  node: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  tags: usize,
  propertyType: u32,
  used: usize,
): void {
  let properties: u32 = 0;
  const end: u32 = u32At(firstEdge, node + 1);
  for (let edge: u32 = u32At(firstEdge, node); edge < end && properties < MAX_PROPERTIES; edge++) {
    if (u8At(edgeType, edge) != propertyType) continue;
    const name: u32 = u32At(edgeName, edge);
    if ((u8At(tags, name) & TAG_KIND) == TAG_PROTO) continue;
    setBit(used, name);
    properties++;
  }
}

/**
 * Writes the property numbers of the node's shape to `sequence` (room for 61) and returns how many; the MORE bit tells
 * that a property was left out. `propertyOf`: string index → number; `textLength`: number → length as displayed.
 */
export function readShape(
  node: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  tags: usize,
  propertyType: u32,
  propertyOf: usize,
  textLength: usize,
  sequence: usize,
): u32 {
  let text: u32 = 1;
  let count: u32 = 0;
  const end: u32 = u32At(firstEdge, node + 1);
  for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
    if (u8At(edgeType, edge) != propertyType) continue;
    const name: u32 = u32At(edgeName, edge);
    if ((u8At(tags, name) & TAG_KIND) == TAG_PROTO) continue;
    // A name behind these may have no number.
    if (count == MAX_PROPERTIES) return count | MORE;
    const property: u32 = u32At(propertyOf, name);
    const length: u32 = u32At(textLength, property);
    if (text > 1 && text + length > MAX_TEXT) return count | MORE;
    text += length + (text > 1 ? 2 : 0);
    setU32(sequence, count++, property);
  }
  return count;
}

/**
 * `shapeOf` comes as the examples that `findExamples` has found, and leaves with the number of every plain object's shape (NONE: no
 * properties or no plain object; MORE as above), numbered by first appearance. Out per shape: `counts`, `examples` (an ordinal).
 * Scratch: `table` of `slots` u32, a power of two at least twice the examples; `sequence` and `other`, 61 u32 each. Returns the number
 * of shapes.
 */
export function collectShapes(
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  tags: usize,
  nodes: u32,
  propertyType: u32,
  propertyOf: usize,
  textLength: usize,
  table: usize,
  slots: u32,
  sequence: usize,
  other: usize,
  shapeOf: usize,
  counts: usize,
  examples: usize,
): u32 {
  memory.fill(table, 0xff, (<usize>slots) << 2);
  let shapes: u32 = 0;
  for (let node: u32 = 0; node < nodes; node++) {
    const example: u32 = u32At(shapeOf, node);
    if (example == NONE) continue;
    if (example != node) {
      // It has its number already.
      const shape: u32 = u32At(shapeOf, example);
      setU32(shapeOf, node, shape);
      if (shape != NONE) setU32(counts, shape & ~MORE, u32At(counts, shape & ~MORE) + 1);
      continue;
    }
    const found: u32 = readShape(
      node, firstEdge, edgeType, edgeName, tags, propertyType, propertyOf, textLength, sequence,
    );
    const count: u32 = found & ~MORE;
    if (count == 0) {
      setU32(shapeOf, node, NONE);
      continue;
    }
    let hash: u32 = count;
    for (let i: u32 = 0; i < count; i++) hash = rotl<u32>(hash ^ u32At(sequence, i), 5) * 0x9e3779b1;
    let slot: u32 = (hash ^ (hash >>> 15)) & (slots - 1);
    let shape: u32 = u32At(table, slot);
    while (shape != NONE) {
      const seen: u32 = readShape(
        u32At(examples, shape), firstEdge, edgeType, edgeName, tags, propertyType, propertyOf, textLength, other,
      );
      if ((seen & ~MORE) == count && memory.compare(sequence, other, (<usize>count) << 2) == 0) break;
      slot = (slot + 1) & (slots - 1);
      shape = u32At(table, slot);
    }
    if (shape == NONE) {
      shape = shapes++;
      setU32(table, slot, shape);
      setU32(examples, shape, node);
      setU32(counts, shape, 0);
    }
    setU32(counts, shape, u32At(counts, shape) + 1);
    setU32(shapeOf, node, shape | (found & MORE));
  }
  return shapes;
}

/**
 * Gives every object whose shape shows all its properties the class of that shape. The others are listed in `others`
 * (a u32 for each, ordinals ascending): the return value tells how many.
 */
export function assignShapes(shapeOf: usize, nodes: u32, classOfShape: usize, others: usize, classOf: usize): u32 {
  let count: u32 = 0;
  for (let node: u32 = 0; node < nodes; node++) {
    const shape: u32 = u32At(shapeOf, node);
    if (shape == NONE) continue;
    if ((shape & MORE) != 0) setU32(others, count++, node);
    else setU32(classOf, node, u32At(classOfShape, shape));
  }
  return count;
}
