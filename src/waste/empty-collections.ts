import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { COLLECTIONS, type Collection } from './hash-tables.js';
import type { Names } from './names.js';
import { type PlaceRow, PlaceTally } from './place-tally.js';
import type { WasteGround, WasteTeller } from './scene.js';

/** A few in one place are how programs begin; many are a habit. */
const LEAST_IN_PLACE = 10;
/** What V8 gives a Map or Set before its first entry. */
const FIRST_CAPACITY = 4;

/**
 * Maps, Sets, arrays and plain objects without content. Arrays and objects are certainly empty: they have no store and their hidden
 * class no property. A Map or Set with a first table that shows nothing may have entries of nothing but numbers, four at most, so that
 * it counts as an upper bound.
 */
export function findEmptyCollections(ground: WasteGround): WasteTeller {
  const tally = new PlaceTally();
  addObjects(ground, tally);
  for (const collection of COLLECTIONS) addTables(ground, tally, collection);
  const leftOut = `places with fewer than ${LEAST_IN_PLACE} are left out`;
  return (scene) => [tally.kind(scene, 'empty-collections', noteOf, { least: LEAST_IN_PLACE, leftOut })];
}

function addObjects(ground: WasteGround, tally: PlaceTally): void {
  const { view, names, collections } = ground;
  const empty = new EmptyObjects(view, names);
  for (const what of ['bareArrays', 'bareObjects'] as const) {
    for (const node of view.arena.view(collections[what])) {
      if (!empty.isEmpty(node, what === 'bareObjects')) continue;
      const bytes = empty.bytes(node);
      tally.add(node, bytes, bytes, bytes);
    }
  }
}

function addTables({ view, objects, tables }: WasteGround, tally: PlaceTally, collection: Collection): void {
  for (const node of view.arena.view(objects[collection])) {
    const table = tables.of(collection, node);
    if (table === undefined || table.capacity > FIRST_CAPACITY || tables.entries(table, 0).least > 0) continue;
    const own = view.rawSelfSize(node);
    // A table without room is one for all.
    if (table.capacity === 0) tally.add(node, own, own, own);
    else tally.add(node, own + table.bytes, 0, own + table.bytes);
  }
}

function noteOf({ reclaimable }: PlaceRow): string {
  return reclaimable > 0 ? 'without content' : 'show no entry: empty, or numbers only';
}

/** What an edge's name says of an object: that of its hidden class, of its properties' store, of its prototype. */
const EDGE = { other: 0, map: 1, properties: 2, proto: 3 } as const;

/** Tells empty arrays and plain objects. */
class EmptyObjects {
  readonly #view: HeapView;
  readonly #names: Names;
  #map: Ordinal = -1;
  #isBareMap = false;
  /** One of `EDGE` by string index. */
  readonly #edges: ReadonlyMap<number, number>;

  constructor(view: HeapView, names: Names) {
    this.#view = view;
    this.#names = names;
    this.#edges = new Map([
      ...names.indexes('map').map((index) => [index, EDGE.map] as const),
      ...names.indexes('properties').map((index) => [index, EDGE.properties] as const),
      ...names.indexes('__proto__').map((index) => [index, EDGE.proto] as const),
    ]);
  }

  /** Of an array or plain object: nothing but its prototype, its hidden class and, for an object, a dictionary without entries. */
  isEmpty(node: Ordinal, isPlain: boolean): boolean {
    const { firstEdge, edgeTo } = this.#view;
    const end = firstEdge[node + 1];
    let map = -1;
    for (let edge = firstEdge[node]; edge < end; edge++) {
      const kind = this.#kindOf(edge);
      if (kind === EDGE.map) map = edgeTo[edge];
      else if (isPlain && kind === EDGE.properties) {
        if (!this.#isBare(edgeTo[edge])) return false;
      } else if (kind !== EDGE.proto) return false;
    }
    // The class of every array has `length`; that of an object has what numbers leave unseen.
    return map >= 0 && (!isPlain || this.#isWithoutNames(map));
  }

  /** Of a hidden class. Neighbours as a rule share theirs, so that the latest answer is kept. */
  #isWithoutNames(map: Ordinal): boolean {
    if (map !== this.#map) {
      this.#map = map;
      this.#isBareMap = this.#names.target(map, 'descriptors') < 0;
    }
    return this.#isBareMap;
  }

  /** With its dictionary, where nothing else has that. */
  bytes(node: Ordinal): number {
    const store = this.#names.target(node, 'properties');
    const isOwn = store >= 0 && this.#view.dominator[store] === node;
    return this.#view.rawSelfSize(node) + (isOwn ? this.#view.rawSelfSize(store) : 0);
  }

  /** A prototype is a property, the others are V8's own. */
  #kindOf(edge: number): number {
    const { edgeType, edgeTypes, edgeName } = this.#view;
    const type = edgeType[edge];
    if (type !== edgeTypes.internal && type !== edgeTypes.property) return EDGE.other;
    const kind = this.#edges.get(edgeName[edge]) ?? EDGE.other;
    return (kind === EDGE.proto) === (type === edgeTypes.property) ? kind : EDGE.other;
  }

  #isBare(store: Ordinal): boolean {
    for (let edge = this.#view.firstEdge[store]; edge < this.#view.firstEdge[store + 1]; edge++) {
      if (this.#kindOf(edge) !== EDGE.map) return false;
    }
    return true;
  }
}
