// Sums by kind of memory (S11).

import { bitAt, f64At, setBit, setF64, setU32, u32At, u8At, wholeAt } from './memory';
import { TAG_ARRAY, TAG_ARRAY_BUFFER_DATA, TAG_ELEMENTS, TAG_KIND } from './tags';

const NONE: u32 = 0xffffffff;

/** The first internal edge named `elements` of `node`; its target, or NONE. */
function elementsOf(
  node: u32,
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  edgeName: usize,
  tags: usize,
  internalType: u32,
): u32 {
  const end: u32 = u32At(firstEdge, node + 1);
  for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
    if (u8At(edgeType, edge) != internalType) continue;
    if ((u8At(tags, u32At(edgeName, edge)) & TAG_KIND) == TAG_ELEMENTS) return u32At(edgeTo, edge);
  }
  return NONE;
}

/** Adds `value` to the sum with this number. */
@inline
function add(sums: usize, kind: u32, value: f64): void {
  setF64(sums, kind, f64At(sums, kind) + value);
}

/**
 * Adds nodes [from, to) to the six doubles at `sums`: system, native, typed arrays, code, strings, JS arrays.
 * `kinds` maps a node type to 1 system, 2 native, 3 code, 4 string, 0 any other. The `elements` of arrays are marked in `wanted`
 * (zeroed, one bit a node) and put into `list` (a u32 a node, touched as far as there are arrays), which has `arrays` of them
 * already. Returns how many it has then.
 */
export function sumKinds(
  from: u32,
  to: u32,
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  edgeName: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  detachedness: usize,
  selfSize: usize,
  selfSizeHigh: usize,
  kinds: usize,
  internalType: u32,
  wanted: usize,
  list: usize,
  arraysWithElements: u32,
  sums: usize,
): u32 {
  let system: f64 = 0;
  let native: f64 = 0;
  let typedArrays: f64 = 0;
  let code: f64 = 0;
  let strings: f64 = 0;
  let arrays: f64 = 0;
  for (let node: u32 = from; node < to; node++) {
    const type: u32 = u8At(nodeType, node);
    const kind: u32 = u8At(kinds, type);
    const size: f64 = wholeAt(selfSize, selfSizeHigh, node);
    if (kind == 1) system += size;
    else if (kind == 3) code += size;
    else if (kind == 4) strings += size;
    else {
      const name: u32 = u8At(tags, u32At(nodeName, node)) & TAG_KIND;
      if (kind == 2) {
        native += size;
        const renamed: bool = detachedness != 0 && u8At(detachedness, node) == 2;
        if (name == TAG_ARRAY_BUFFER_DATA && !renamed) typedArrays += size;
      } else if (name == TAG_ARRAY) {
        arrays += size;
        const elements: u32 = elementsOf(node, firstEdge, edgeTo, edgeType, edgeName, tags, internalType);
        if (elements != NONE) {
          setBit(wanted, elements);
          setU32(list, arraysWithElements++, elements);
        }
      }
    }
  }
  add(sums, 0, system);
  add(sums, 1, native);
  add(sums, 2, typedArrays);
  add(sums, 3, code);
  add(sums, 4, strings);
  add(sums, 5, arrays);
  return arraysWithElements;
}

/** Counts the retainers of `wanted` nodes as far as it matters: `once` and `twice` (zeroed, one bit a node each). */
export function countRetainers(edgeTo: usize, edges: u32, wanted: usize, once: usize, twice: usize): void {
  for (let edge: u32 = 0; edge < edges; edge++) {
    const node: u32 = u32At(edgeTo, edge);
    if (!bitAt(wanted, node)) continue;
    if (bitAt(once, node)) setBit(twice, node);
    else setBit(once, node);
  }
}

/** An array's `elements` count with it where they have one retainer: adds those in `list` to the arrays' sum. */
export function sumElements(
  list: usize,
  arraysWithElements: u32,
  twice: usize,
  selfSize: usize,
  selfSizeHigh: usize,
  sums: usize,
): void {
  let arrays: f64 = 0;
  for (let i: u32 = 0; i < arraysWithElements; i++) {
    const elements: u32 = u32At(list, i);
    if (!bitAt(twice, elements)) arrays += wholeAt(selfSize, selfSizeHigh, elements);
  }
  add(sums, 5, arrays);
}
