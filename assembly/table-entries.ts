// Entries of the tables of Maps and Sets.

import { setU32, u32At, u8At } from './memory';

/**
 * How many entries a table shows, and at `deleted` (a u32) how many deleted ones: those that V8 shows as holes. Counts no further than to one
 * more than `enough`. An edge to a part of an entry is of type `internal` and named by the part's word, of which the first entry's is `first` and
 * each entry has `words`; the parts of one come one after the other. `numbers`: by string, the number that it is + 1. Holes are of two types
 * and have a flagged name.
 */
export function countEntries(
  table: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  edgeTo: usize,
  nodeType: usize,
  nodeName: usize,
  internal: u32,
  hidden: u32,
  native: u32,
  numbers: usize,
  isHole: usize,
  first: u32,
  words: u32,
  capacity: u32,
  enough: u32,
  deleted: usize,
): u32 {
  const end: u32 = u32At(firstEdge, table + 1);
  let shown: u32 = 0;
  let holes: u32 = 0;
  let last: u32 = 0xffffffff;
  for (let edge: u32 = u32At(firstEdge, table); edge < end && shown <= enough; edge++) {
    if (u8At(edgeType, edge) != internal) continue;
    const number: u32 = u32At(numbers, u32At(edgeName, edge));
    if (number <= first) continue;
    const entry: u32 = (number - 1 - first) / words;
    if (entry >= capacity || entry == last) continue;
    last = entry;
    const node: u32 = u32At(edgeTo, edge);
    const type: u32 = u8At(nodeType, node);
    if ((type == hidden || type == native) && u8At(isHole, u32At(nodeName, node)) != 0) holes++;
    else shown++;
  }
  setU32(deleted, 0, holes);
  return shown;
}
