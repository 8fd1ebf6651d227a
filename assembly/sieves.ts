// Passes over all nodes or edges that leave few of them to be looked at closely.

import { f64At, setU32, u32At, u8At } from './memory';

@inline
function i32At(base: usize, index: u32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

/**
 * Of nodes [from, to) those that belong to a list, into `nodes`, and which, into `listOf`: each has room for two of every node, since one
 * may be in two lists, by its name and by its size. Returns how many.
 * By type, for 256 of them: `firstNamed` has the list of the first name's nodes, and `listOfType` the one of those with at least `leastOfType`,
 * -1 for none. That is edges for the type `edged`, retained bytes for `weighed`, the low half of the bytes in the file for all others. `numberOfName`: by
 * string, a name's number, 0 for none; `leastOfName`: by that, what such a node has to retain.
 */
export function sieveNodes(
  from: u32,
  to: u32,
  nodeType: usize,
  nodeName: usize,
  firstEdge: usize,
  retainedSize: usize,
  size: usize,
  edged: u32,
  weighed: u32,
  listOfType: usize,
  leastOfType: usize,
  firstNamed: usize,
  numberOfName: usize,
  leastOfName: usize,
  nodes: usize,
  listOf: usize,
): u32 {
  let count: u32 = 0;
  for (let node: u32 = from; node < to; node++) {
    const type: u32 = u8At(nodeType, node);
    const named: i32 = i32At(firstNamed, type);
    if (named >= 0) {
      const number: u32 = u8At(numberOfName, u32At(nodeName, node));
      if (number != 0 && f64At(retainedSize, node) >= f64At(leastOfName, number)) {
        setU32(nodes, count, node);
        setU32(listOf, count++, <u32>named + number - 1);
      }
    }
    const list: i32 = i32At(listOfType, type);
    if (list < 0) continue;
    const has: f64 =
      type == edged
        ? <f64>(u32At(firstEdge, node + 1) - u32At(firstEdge, node))
        : type == weighed
          ? f64At(retainedSize, node)
          : <f64>u32At(size, node);
    if (has < f64At(leastOfType, type)) continue;
    setU32(nodes, count, node);
    setU32(listOf, count++, <u32>list);
  }
  return count;
}

/**
 * The first edge from `from` on whose name's last bits are flagged; `edges` without one. `flags`: a byte for each that `mask` leaves of a name.
 */
export function nextFlagged(edgeName: usize, from: u32, edges: u32, flags: usize, mask: u32): u32 {
  let edge: u32 = from;
  // Nearly all are not, so four at a time are ruled out.
  while (edge + 4 <= edges) {
    const one: u32 = u8At(flags, u32At(edgeName, edge) & mask) | u8At(flags, u32At(edgeName, edge + 1) & mask);
    const other: u32 = u8At(flags, u32At(edgeName, edge + 2) & mask) | u8At(flags, u32At(edgeName, edge + 3) & mask);
    if ((one | other) != 0) break;
    edge += 4;
  }
  while (edge < edges && u8At(flags, u32At(edgeName, edge) & mask) == 0) edge++;
  return edge;
}
