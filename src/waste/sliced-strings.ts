import { nodesOfType } from '../analysis/node-lists.js';
import type { Ordinal } from '../base/types.js';
import { type PlaceRow, PlaceTally } from './place-tally.js';
import type { WasteGround, WasteTeller } from './scene.js';
import { Facts } from './string-facts.js';

/** V8 copies what is shorter. */
const LEAST_SLICE = 13;
/** Shorter strings are not worth a copy, nor are those of which a good part may be visible. */
const LEAST_PARENT = 1024;
const LEAST_FACTOR = 4;

/**
 * Strings that nothing but slices of them keeps: copies of the slices would let them go. How much of the parent its slices show is not
 * in the file but for the newest Chrome's, so its bytes are an upper bound. Catalogue: D12.
 */
export function findSlicedStrings(ground: WasteGround): WasteTeller {
  const { view } = ground;
  const tally = new PlaceTally();
  const large = [...parentsOf(ground)].filter(({ node, visible }) => {
    const bytes = view.selfSize(node);
    return bytes >= LEAST_PARENT && bytes >= LEAST_FACTOR * visible;
  });
  const strings = large.map(({ node }) => node);
  const held = strings.length === 0 ? undefined : heldOtherwise(ground, strings);
  for (const { node, visible, example } of large) {
    if (held?.[node] === 1) continue;
    const bytes = view.selfSize(node);
    tally.add(example, bytes, 0, bytes - visible);
  }
  return (scene) => [tally.kind(scene, 'sliced-strings', noteOf)];
}

function noteOf({ count, bytes }: PlaceRow): string {
  return `whole strings of ${Math.round(bytes / count)} bytes on average`;
}

/** A string that slices are parts of. */
interface Parent {
  readonly node: Ordinal;
  /** Units that its slices show at least, each a byte or more. */
  readonly visible: number;
  /** The last one of them. */
  readonly example: Ordinal;
}

/** In the order of their first slices. Cost: one pass over the nodes; 4 bytes each where there is a slice. */
function* parentsOf({ view, names }: WasteGround): Iterable<Parent> {
  const { arena } = view;
  const slices = arena.view(nodesOfType(arena, view.snapshot.graph, view.nodeTypes['sliced string']));
  if (slices.length === 0) return;
  const facts = new Facts(view, names);
  const targets = Array.from(slices, (slice) => names.target(slice, 'parent'));
  /** Position + 1 among the parents, by ordinal; anything for other nodes. */
  const positionOf = arena.view(arena.allocate('u32', view.nodeCount));
  for (const node of targets) if (node >= 0) positionOf[node] = 0;
  const parents = new Uint32Array(slices.length);
  const visible = new Float64Array(slices.length);
  const examples = new Uint32Array(slices.length);
  let count = 0;
  for (const [index, slice] of slices.entries()) {
    const node = targets[index];
    if (node < 0) continue;
    if (positionOf[node] === 0) {
      parents[count++] = node;
      positionOf[node] = count;
    }
    const at = positionOf[node] - 1;
    // Slices may show the same part, so that only the longest one says how much is surely visible.
    visible[at] = Math.max(visible[at], LEAST_SLICE, facts.int(slice, 'length') ?? 0);
    examples[at] = slice;
  }
  for (let at = 0; at < count; at++) yield { node: parents[at], visible: visible[at], example: examples[at] };
}

/** By ordinal, 1 for those of the strings that something holds besides slices of them. Cost: a look at every edge. */
function heldOtherwise({ view, names }: WasteGround, strings: readonly Ordinal[]): Uint8Array {
  const { nodeCount, nodeType, nodeTypes, firstEdge, edgeTo, edgeType, edgeName, edgeTypes, root } = view;
  const slice = nodeTypes['sliced string'];
  const parentNames = names.indexes('parent');
  const isAsked = new Uint8Array(nodeCount);
  for (const string of strings) isAsked[string] = 1;
  const held = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const parent = edgeTo[edge];
      if (isAsked[parent] === 0 || edgeType[edge] === edgeTypes.weak) continue;
      if (edgeType[edge] === edgeTypes.shortcut && node !== root) continue;
      const isSlice =
        nodeType[node] === slice && edgeType[edge] === edgeTypes.internal && parentNames.includes(edgeName[edge]);
      if (!isSlice) held[parent] = 1;
    }
  }
  return held;
}
