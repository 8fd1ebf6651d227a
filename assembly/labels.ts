// Labels: what stands for a text in a path's key, and which texts need one.

import { setU8, setU32, u8At, u32At } from './memory';

/** What numbers are told by: where a name says only a position. */
const POSITION: u32 = 0x9e3779b9;
const AT: u32 = 0x40;
const BACKSLASH: u32 = 0x5c;
const LESS_THAN: u32 = 0x3c;
/** Where a tag may begin besides a text's first byte: behind `Detached `. */
const TAG_AT: u32 = 9;
/** Longer ones are the caller's. */
const MOST_BYTES: u32 = 4096;

/** Sets a byte in `marks` (zeroed, one for each string) for the names of edges whose type is not in `numbered`. */
export function markEdgeTexts(edgeType: usize, edgeName: usize, edges: u32, numbered: u32, marks: usize): void {
  for (let edge: u32 = 0; edge < edges; edge++) {
    const kind: u32 = u8At(edgeType, edge);
    if (kind < 32 && ((numbered >>> kind) & 1) != 0) continue;
    setU8(marks, u32At(edgeName, edge), 1);
  }
}

/** The same for the names of nodes, but for those of types that `ofTypes` (a u32 for each of 256 types) has a label of. */
export function markNodeTexts(nodeType: usize, nodeName: usize, nodes: u32, ofTypes: usize, marks: usize): void {
  for (let node: u32 = 0; node < nodes; node++) {
    if (u32At(ofTypes, u8At(nodeType, node)) == 0) setU8(marks, u32At(nodeName, node), 1);
  }
}

/**
 * Labels of the marked ones of `count` strings that lie end to end in `length` bytes at `text`. `ends`: where each ends, modulo 2^32, the first
 * beginning at `start`. Returns how many of them lie in the bytes. What is not told by its bytes as they are gets no label here: texts
 * with escapes, tags, and what is too long.
 */
export function labelTexts(
  text: usize,
  length: u32,
  start: u32,
  ends: usize,
  count: u32,
  marks: usize,
  labels: usize,
): u32 {
  let from: u32 = 0;
  for (let index: u32 = 0; index < count; index++) {
    const to: u32 = u32At(ends, index) - start;
    if (to > length) return index;
    if (u8At(marks, index) != 0 && to - from <= MOST_BYTES) setU32(labels, index, labelOf(text + <usize>from, to - from));
    from = to;
  }
  return count;
}

/** FNV-1a over what stands in front of an `@`; 0 where that is not what tells. */
@inline
function labelOf(text: usize, length: u32): u32 {
  let hash: u32 = 0x811c9dc5;
  let isNumber: bool = length > 0;
  let isCut: bool = false;
  if (length > 0 && u8At(text, 0) == LESS_THAN) return 0;
  if (length > TAG_AT && u8At(text, TAG_AT) == LESS_THAN) return 0;
  for (let at: u32 = 0; at < length; at++) {
    const byte: u32 = u8At(text, at);
    if (byte == BACKSLASH) return 0;
    if (byte == AT) isCut = true;
    if (isCut) continue;
    if (byte - 0x30 > 9) isNumber = false;
    hash = (hash ^ byte) * 0x01000193;
  }
  if (isNumber) return POSITION;
  return hash != 0 ? hash : 1;
}
