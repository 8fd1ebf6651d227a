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
  const slices = new Slices(ground);
  const tally = new PlaceTally();
  for (const parent of slices.parents()) {
    const bytes = ground.view.selfSize(parent);
    const visible = slices.visible(parent);
    if (bytes < LEAST_PARENT || bytes < LEAST_FACTOR * visible || slices.isHeldOtherwise(parent)) continue;
    tally.add(slices.example(parent), bytes, 0, bytes - visible);
  }
  return (scene) => [tally.kind(scene, 'sliced-strings', noteOf)];
}

function noteOf({ count, bytes }: PlaceRow): string {
  return `whole strings of ${Math.round(bytes / count)} bytes on average`;
}

class Slices {
  readonly #ground: WasteGround;
  /** By ordinal: units that the parent's slices show at least, and one of the slices + 1. */
  readonly #visible: Uint32Array;
  readonly #example: Uint32Array;
  #heldOtherwise: Uint8Array | undefined;
  readonly #parents: number[] = [];
  readonly #names: readonly number[];

  constructor(ground: WasteGround) {
    this.#ground = ground;
    const { view, names } = ground;
    const facts = new Facts(view, names);
    this.#names = names.indexes('parent');
    this.#visible = new Uint32Array(view.nodeCount);
    this.#example = new Uint32Array(view.nodeCount);
    for (let node = 0; node < view.nodeCount; node++) {
      if (view.nodeType[node] !== view.nodeTypes['sliced string']) continue;
      const parent = names.target(node, 'parent');
      if (parent < 0) continue;
      if (this.#example[parent] === 0) this.#parents.push(parent);
      this.#example[parent] = node + 1;
      // Slices may show the same part, so that only the longest one says how much is surely visible.
      this.#visible[parent] = Math.max(this.#visible[parent], LEAST_SLICE, facts.int(node, 'length') ?? 0);
    }
  }

  parents(): readonly number[] {
    return this.#parents;
  }

  /** In units, each a byte at least. */
  visible(parent: number): number {
    return this.#visible[parent];
  }

  example(parent: number): number {
    return this.#example[parent] - 1;
  }

  /** Whether anything but a slice keeps it. Cost: the first question looks at every edge. */
  isHeldOtherwise(parent: number): boolean {
    this.#heldOtherwise ??= this.#findOtherHolders();
    return this.#heldOtherwise[parent] === 1;
  }

  #findOtherHolders(): Uint8Array {
    const { nodeCount, nodeType, nodeTypes, firstEdge, edgeTo, edgeType, edgeName, edgeTypes, root } =
      this.#ground.view;
    const slice = nodeTypes['sliced string'];
    const held = new Uint8Array(nodeCount);
    for (let node = 0; node < nodeCount; node++) {
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        const parent = edgeTo[edge];
        if (this.#example[parent] === 0 || edgeType[edge] === edgeTypes.weak) continue;
        if (edgeType[edge] === edgeTypes.shortcut && node !== root) continue;
        const isSlice =
          nodeType[node] === slice && edgeType[edge] === edgeTypes.internal && this.#names.includes(edgeName[edge]);
        if (!isSlice) held[parent] = 1;
      }
    }
    return held;
  }
}
