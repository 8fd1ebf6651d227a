import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import { type PlaceRow, PlaceTally } from './place-tally.js';
import { Positions } from './positions.js';
import type { WasteGround, WasteTeller } from './scene.js';

const HEADER_WORDS = 2;

/**
 * Arrays whose store has room for at least twice as many elements as it shows. Numbers, holes and what lies behind an array's end
 * show all the same, so that nothing of it is certain: it is an upper bound, and arrays that show no element at all are left out,
 * since they are as good as always full of numbers. Catalogue: D2.
 */
export function findArraySlack(ground: WasteGround): WasteTeller {
  const { view, collections } = ground;
  const stores = new ElementStores(ground);
  const tally = new PlaceTally();
  for (const node of view.arena.view(collections.roomyArrays)) {
    const store = stores.of(node);
    if (store) tally.add(node, store.bytes, 0, (store.capacity - store.shown) * view.pointerSize);
  }
  const { count, bytes } = stores.unseen;
  const leftOut = count > 0 ? `${count} arrays of ${bytes} bytes that show no element are left out` : '';
  return (scene) => [tally.kind(scene, 'array-slack', noteOf, { leftOut })];
}

function noteOf({ count, bytes, atMost }: PlaceRow): string {
  return `${Math.round(bytes / count)} bytes on average, ${Math.round((100 * atMost) / bytes)} % of them show nothing`;
}

interface ElementStore {
  readonly bytes: Bytes;
  readonly capacity: number;
  readonly shown: number;
}

class ElementStores {
  /** Those of arrays that show no element. */
  readonly unseen = { count: 0, bytes: 0 };
  readonly #view: HeapView;
  readonly #storeOf: (array: Ordinal) => Ordinal;
  readonly #stores: readonly number[];
  readonly #positions: Positions;

  constructor(ground: WasteGround) {
    const { view, names } = ground;
    this.#view = view;
    this.#storeOf = names.lastTargets('elements');
    this.#stores = names.indexes('(object elements)');
    this.#positions = new Positions(ground);
  }

  /**
   * The store of such an array; undefined for dictionaries and for what shows nothing, and where arrays that come from one literal share it, as
   * they do until one of them is written to.
   */
  of(node: Ordinal): ElementStore | undefined {
    const { nodeName, pointerSize, dominator } = this.#view;
    const store = this.#storeOf(node);
    if (!this.#stores.includes(nodeName[store]) || dominator[store] !== node) return undefined;
    const bytes = this.#view.rawSelfSize(store);
    const shown = this.#elements(node);
    if (shown > 0) {
      const capacity = bytes / pointerSize - HEADER_WORDS;
      return this.#isDictionary(node, store) ? undefined : { bytes, capacity, shown };
    }
    this.unseen.count++;
    this.unseen.bytes += bytes;
    return undefined;
  }

  #elements(node: Ordinal): number {
    const { firstEdge, edgeType, edgeTypes } = this.#view;
    const { element } = edgeTypes;
    const end = firstEdge[node + 1];
    let count = 0;
    for (let edge = firstEdge[node]; edge < end; edge++) if (edgeType[edge] === element) count++;
    return count;
  }

  /** In a plain store an element lies at its number; in a dictionary it lies anywhere. */
  #isDictionary(node: Ordinal, store: Ordinal): boolean {
    const { firstEdge, edgeType, edgeName, edgeTo, edgeTypes } = this.#view;
    for (let edge = firstEdge[store]; edge < firstEdge[store + 1]; edge++) {
      if (edgeType[edge] !== edgeTypes.internal) continue;
      const position = this.#positions.of(edgeName[edge]);
      if (position < 0) continue;
      return !this.#hasElement(node, position, edgeTo[edge]);
    }
    // Nothing but `undefined`, `null` and the like, which only arrays show.
    return false;
  }

  #hasElement(node: Ordinal, position: number, value: Ordinal): boolean {
    const { firstEdge, edgeType, edgeName, edgeTo, edgeTypes } = this.#view;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (edgeType[edge] === edgeTypes.element && edgeName[edge] === position) return edgeTo[edge] === value;
    }
    return false;
  }
}
