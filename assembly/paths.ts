// Holder paths: every node by the way the root reaches it, as a key that does not depend on ids or positions in the file.

import { TAG_EPHEMERON } from './ephemerons';
import { bitAt, f64At, setF64, setU32, u32At, u8At, wholeAt } from './memory';
import { TAG_DESCRIPTOR_LINK, TAG_KIND, TAG_SLOPPY_FUNCTION_MAP } from './tags';

const SYSTEM: u32 = 100000000;
const NONE: u32 = 0xffffffff;
/** What an edge's label is where its name says only a position. */
const POSITION: u32 = 0x9e3779b9;
/** Properties from this number on are the entries of a dictionary: their names are data. */
const DICTIONARY: u32 = 32;
/** Steps of a cycle of classes and names that a list or tree repeats. */
const LONGEST_CYCLE: u32 = 3;

@inline
function u64At(base: usize, index: u32): u64 {
  return load<u64>(base + ((<usize>index) << 3));
}

@inline
function setU64(base: usize, index: u32, value: u64): void {
  store<u64>(base + ((<usize>index) << 3), value);
}

/** The finaliser of MurmurHash3: every bit of the input moves half of the output's. */
@inline
function mix(value: u64): u64 {
  let h: u64 = value;
  h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccd;
  h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53;
  return h ^ (h >>> 33);
}

/** The level of a distance: 0 for what no search reaches. */
@inline
function levelOf(distance: u32, userLevels: u32): u32 {
  if (<i32>distance < 0) return 0;
  return distance < SYSTEM ? distance + 1 : userLevels + 1 + (distance - SYSTEM);
}

/** How many levels the user roots' distances take, into `result`, and how many all take, behind it. */
export function countLevels(distance: usize, nodes: u32, result: usize): void {
  let user: u32 = 0;
  let system: u32 = 0;
  for (let node: u32 = 0; node < nodes; node++) {
    const far: u32 = u32At(distance, node);
    if (<i32>far < 0) continue;
    if (far < SYSTEM) user = max(user, far + 1);
    else system = max(system, far - SYSTEM + 1);
  }
  setU32(result, 0, user);
  setU32(result, 1, user + system + 1);
}

/**
 * Nodes by distance, by ordinal where it is the same, those that no search reaches first. `starts`: a zeroed u32 for each level and
 * one more; afterwards where each level ends.
 */
export function orderByDistance(distance: usize, nodes: u32, userLevels: u32, levels: u32, starts: usize, order: usize): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const level: u32 = levelOf(u32At(distance, node), userLevels);
    setU32(starts, level, u32At(starts, level) + 1);
  }
  let at: u32 = 0;
  for (let level: u32 = 0; level < levels; level++) {
    const count: u32 = u32At(starts, level);
    setU32(starts, level, at);
    at += count;
  }
  for (let node: u32 = 0; node < nodes; node++) {
    const level: u32 = levelOf(u32At(distance, node), userLevels);
    const place: u32 = u32At(starts, level);
    setU32(starts, level, place + 1);
    setU32(order, place, node);
  }
}

/**
 * The key of every node's path and the node before it on that path, by ordinal. Among the shortest paths the one is taken whose last
 * edge has the least rank, then the least key, then the least keys of the nodes before, so that it does not depend on the order of a
 * file. A step that repeats one of the last three keeps the key it had there: a list or a tree is one path, whatever its length. Scopes
 * are all called the same, so a step to one also says what leads there: else a step into another function would look like a repetition.
 *
 * `labels`: a u32 for each string. `scope`, `otherScope`: labels of scopes. `ranks`: a byte for each edge type. `order`: nodes by distance; the first `unreached` are skipped.
 * `keys` zero, `steps` as they come. `filtered` as `markFiltered` makes it. `spared`: a bit a node; set where properties are names, however
 * many there are.
 */
export function findPathKeys(
  order: usize,
  unreached: u32,
  nodes: u32,
  root: u32,
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  edgeName: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  distance: usize,
  labels: usize,
  nodeKinds: usize,
  scope: u32,
  otherScope: u32,
  ranks: usize,
  filtered: usize,
  spared: usize,
  arrayType: u32,
  propertyType: u32,
  weakType: u32,
  numbered: u32,
  keys: usize,
  steps: usize,
  parents: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) setU32(parents, node, NONE);
  // User roots: told apart by what they are, whatever edge of the root leads there.
  for (let edge: u32 = u32At(firstEdge, root), end: u32 = u32At(firstEdge, root + 1); edge < end; edge++) {
    const child: u32 = u32At(edgeTo, edge);
    if (u32At(distance, child) != 1) continue;
    const label: u32 = nodeLabel(child, nodeType, nodeName, labels, nodeKinds);
    setU64(keys, child, mix(<u64>label) >>> 3);
    setU32(steps, child, label);
    setU32(parents, child, root);
  }
  for (let i: u32 = unreached; i < nodes; i++) {
    const node: u32 = u32At(order, i);
    const far: u32 = u32At(distance, node);
    const next: u32 = far + 1;
    const key: u64 = u64At(keys, node);
    const first: u32 = u32At(firstEdge, node);
    const end: u32 = u32At(firstEdge, node + 1);
    const special: bool = bitAt(filtered, node);
    const isDescriptors: bool = special && u8At(nodeType, node) == arrayType;
    const isDictionary: bool = end - first >= DICTIONARY && !bitAt(spared, node) && isDictionaryOf(first, end, edgeType, propertyType);
    for (let edge: u32 = first; edge < end; edge++) {
      const child: u32 = u32At(edgeTo, edge);
      if (u32At(distance, child) != next) continue;
      const kind: u32 = u8At(edgeType, edge);
      if (kind == weakType) continue;
      const name: u32 = u32At(edgeName, edge);
      let label: u32 = POSITION;
      if (kind >= 32 || ((numbered >>> kind) & 1) == 0) {
        const tag: u32 = u8At(tags, name);
        if (special) {
          if (isDescriptors ? (tag & TAG_DESCRIPTOR_LINK) != 0 : (tag & TAG_KIND) == TAG_SLOPPY_FUNCTION_MAP) continue;
        }
        if ((tag & TAG_EPHEMERON) == 0 && !(isDictionary && kind == propertyType)) label = u32At(labels, name);
      } else if (isDescriptors && name >= 2 && name % 3 == 1) continue;
      const rank: u64 = <u64>u8At(ranks, kind);
      let target: u32 = nodeLabel(child, nodeType, nodeName, labels, nodeKinds);
      if (target == scope || target == otherScope) target = <u32>mix((<u64>target << 32) | <u64>nodeLabel(node, nodeType, nodeName, labels, nodeKinds));
      const step: u32 = <u32>mix((<u64>label << 32) | <u64>target) + kind;
      const path: u64 = (rank << 61) | stepFrom(node, key, step, keys, steps, parents);
      const other: u32 = u32At(parents, child);
      if (other != NONE) {
        const known: u64 = u64At(keys, child);
        if (known < path || (known == path && !comesBefore(node, other, keys, parents))) continue;
      }
      setU64(keys, child, path);
      setU32(steps, child, step);
      setU32(parents, child, node);
    }
  }
}

/** The key behind `step` from a node, without a rank; where the step repeats one of those before, the key behind that one. */
@inline
function stepFrom(node: u32, key: u64, step: u32, keys: usize, steps: usize, parents: usize): u64 {
  let above: u32 = node;
  for (let back: u32 = 0; back < LONGEST_CYCLE; back++) {
    const parent: u32 = u32At(parents, above);
    // The root has not been stepped to: nothing was written there.
    if (parent == NONE) break;
    if (u32At(steps, above) == step) return u64At(keys, above) & 0x1fffffffffffffff;
    above = parent;
  }
  return mix((key & 0x1fffffffffffffff) * 0x9fb21c651e98df25 + <u64>step) >>> 3;
}

/**
 * Whether a node's own path comes before another's: where two paths to a child have one key, what follows still depends on the two nodes
 * before it (`LONGEST_CYCLE`).
 */
@inline
function comesBefore(node: u32, other: u32, keys: usize, parents: usize): bool {
  if (node == other) return false;
  const key: u64 = u64At(keys, node);
  const otherKey: u64 = u64At(keys, other);
  if (key != otherKey) return key < otherKey;
  return keyBefore(node, keys, parents) < keyBefore(other, keys, parents);
}

@inline
function keyBefore(node: u32, keys: usize, parents: usize): u64 {
  const parent: u32 = u32At(parents, node);
  return parent == NONE ? 0 : u64At(keys, parent);
}

@inline
function isDictionaryOf(first: u32, end: u32, edgeType: usize, propertyType: u32): bool {
  let properties: u32 = 0;
  for (let edge: u32 = first; edge < end; edge++) properties += u32(u8At(edgeType, edge) == propertyType);
  return properties >= DICTIONARY;
}

/** `nodeKinds`: a u32 for each type: 0 where the name tells what a node is, else the label of the type. */
@inline
function nodeLabel(node: u32, nodeType: usize, nodeName: usize, labels: usize, nodeKinds: usize): u32 {
  const kind: u32 = u32At(nodeKinds, u8At(nodeType, node));
  return kind != 0 ? kind : u32At(labels, u32At(nodeName, node));
}

/**
 * Keys of dominator groups: what nodes of one path dominate immediately, by type or name. `groupOf` and `groupKeys` as `groupPaths` makes
 * them, the rest as in `findPathKeys`. What lies below a group without a number has no key, and gets 0.
 */
export function keyDominated(
  nodes: u32,
  dominator: usize,
  groupOf: usize,
  groupKeys: usize,
  nodeType: usize,
  nodeName: usize,
  labels: usize,
  nodeKinds: usize,
  keys: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const group: u32 = u32At(groupOf, u32At(dominator, node));
    const label: u64 = <u64>nodeLabel(node, nodeType, nodeName, labels, nodeKinds);
    setU64(keys, node, group == 0 ? 0 : mix(u64At(groupKeys, group) * 0x9fb21c651e98df25 + label));
  }
}

/**
 * Numbers the keys in the order of the nodes: `groupOf` by ordinal, 0 for nodes without a path and for those whose key finds no room
 * any more; 0 is no key. `slots`: 2^bits zeroed u32. `groupKeys`, `firstMembers`: `most` entries; group 0 is set by the caller. Returns how many
 * there are, group 0 included.
 */
export function groupPaths(
  order: usize,
  unreached: u32,
  nodes: u32,
  keys: usize,
  bits: u32,
  slots: usize,
  most: u32,
  groupOf: usize,
  groupKeys: usize,
  firstMembers: usize,
): u32 {
  const mask: u32 = (1 << bits) - 1;
  let groups: u32 = 1;
  for (let i: u32 = 0; i < unreached; i++) setU32(groupOf, u32At(order, i), 0);
  for (let i: u32 = unreached; i < nodes; i++) {
    const node: u32 = u32At(order, i);
    const key: u64 = u64At(keys, node);
    if (key == 0) {
      setU32(groupOf, node, 0);
      continue;
    }
    let slot: u32 = <u32>mix(key) & mask;
    let group: u32 = u32At(slots, slot);
    while (group != 0 && u64At(groupKeys, group) != key) {
      slot = (slot + 1) & mask;
      group = u32At(slots, slot);
    }
    if (group == 0 && groups < most) {
      group = groups++;
      setU32(slots, slot, group);
      setU64(groupKeys, group, key);
      setU32(firstMembers, group, node);
    }
    setU32(groupOf, node, group);
  }
  return groups;
}

/**
 * Figures of every group, added to zeroed columns: members, their edges, self sizes, and what the group retains as a whole: a member that
 * lies below another one in the dominator tree adds nothing to that. `covered`: a zeroed u32 a group; where the subtree of the topmost
 * member met last ends in the tree's preorder. Unlike a class's, members without a self size count: size transfer may have taken it.
 */
export function sumGroups(
  treeOrder: usize,
  treeSize: usize,
  nodes: u32,
  groupOf: usize,
  firstEdge: usize,
  selfSize: usize,
  selfSizeHigh: usize,
  retainedSize: usize,
  covered: usize,
  members: usize,
  degrees: usize,
  selfSizes: usize,
  retained: usize,
): void {
  for (let position: u32 = 0; position < nodes; position++) {
    const node: u32 = u32At(treeOrder, position);
    const group: u32 = u32At(groupOf, node);
    setU32(members, group, u32At(members, group) + 1);
    setU32(degrees, group, u32At(degrees, group) + u32At(firstEdge, node + 1) - u32At(firstEdge, node));
    setF64(selfSizes, group, f64At(selfSizes, group) + wholeAt(selfSize, selfSizeHigh, node));
    if (position < u32At(covered, group)) continue;
    setU32(covered, group, position + u32At(treeSize, position));
    setF64(retained, group, f64At(retained, group) + f64At(retainedSize, node));
  }
}
