// Plain objects that are alike on sight: most have the very property names of one shortly before.

import { setU32, u32At, u8At } from './memory';
import { isPlainObject, markNames, NONE } from './shapes';

/**
 * A hash of what is quick to see: how many edges a node has, and the names of four of them. Objects with the same properties mostly
 * have it in common. Where not, or where others have it too, that only costs time: properties are compared in any case.
 */
@inline
function glance(edge: u32, end: u32, edgeName: usize): u32 {
  const degree: u32 = end - edge;
  if (degree == 0) return 0;
  let hash: u32 = degree * 0x9e3779b1;
  hash = rotl<u32>(hash ^ u32At(edgeName, edge), 5) * 0x9e3779b1;
  hash = rotl<u32>(hash ^ u32At(edgeName, edge + (degree >>> 2)), 5) * 0x9e3779b1;
  hash = rotl<u32>(hash ^ u32At(edgeName, edge + (degree >>> 1)), 5) * 0x9e3779b1;
  hash = rotl<u32>(hash ^ u32At(edgeName, end - 1), 5) * 0x9e3779b1;
  return hash ^ (hash >>> 15);
}

/** Whether the properties of two nodes are named by the same string indexes, in the same order. */
function haveSameProperties(
  a: u32,
  b: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  propertyType: u32,
): bool {
  let one: u32 = u32At(firstEdge, a);
  let other: u32 = u32At(firstEdge, b);
  const oneEnd: u32 = u32At(firstEdge, a + 1);
  const otherEnd: u32 = u32At(firstEdge, b + 1);
  while (true) {
    while (one < oneEnd && u8At(edgeType, one) != propertyType) one++;
    while (other < otherEnd && u8At(edgeType, other) != propertyType) other++;
    if (one == oneEnd || other == otherEnd) return one == oneEnd && other == otherEnd;
    if (u32At(edgeName, one) != u32At(edgeName, other)) return false;
    one++;
    other++;
  }
}

/**
 * `exampleOf`: for every plain object from `root` on an object with the same property names in the same order, which is its own
 * example and not behind it; NONE for all other nodes. Marks in `used` (zeroed, one bit a string) the names that a shape can
 * show. Returns how many plain objects there are, and leaves at `examples` (a u32) how many of them are their own example. DevTools
 * looks at the nodes from the root on: all of them wherever it is the first.
 * Scratch: `recent`, `slots` u32, a power of two: the last example of each hash. An example forgotten there only costs time.
 */
export function findExamples(
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  nodes: u32,
  root: u32,
  objectType: u32,
  propertyType: u32,
  used: usize,
  recent: usize,
  slots: u32,
  exampleOf: usize,
  examples: usize,
): u32 {
  memory.fill(recent, 0xff, (<usize>slots) << 2);
  memory.fill(exampleOf, 0xff, (<usize>root) << 2);
  let objects: u32 = 0;
  let own: u32 = 0;
  for (let node: u32 = root; node < nodes; node++) {
    let example: u32 = NONE;
    if (isPlainObject(node, nodeType, nodeName, tags, objectType)) {
      objects++;
      const slot: u32 = glance(u32At(firstEdge, node), u32At(firstEdge, node + 1), edgeName) & (slots - 1);
      example = u32At(recent, slot);
      if (example == NONE || !haveSameProperties(node, example, firstEdge, edgeType, edgeName, propertyType)) {
        example = node;
        own++;
        setU32(recent, slot, node);
        markNames(node, firstEdge, edgeType, edgeName, tags, propertyType, used);
      }
    }
    setU32(exampleOf, node, example);
  }
  store<u32>(examples, own);
  return objects;
}
