import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { WasteItem } from '../base/waste-types.js';
import { newestIds } from '../paths/id-sample.js';
import type { Names } from './names.js';
import { byWaste, summed, type Waste } from './place-tally.js';
import { Positions } from './positions.js';
import { holderOf, type WasteGround, type WasteScene, type WasteTeller } from './scene.js';

/** Words of a descriptor, of which the name is the first. */
const DESCRIPTOR_WORDS = 3;

interface Row extends Waste {
  readonly shapes: readonly Ordinal[];
  readonly bytes: Bytes;
  readonly orders: number;
}

/**
 * Hidden classes of objects that have one constructor, one prototype and the same property names. That the names stand in several
 * orders is what a program can mend, so a class for each order but one is certain; what else tells two classes apart (frozen or not, a
 * number's representation, where the object was made) is an upper bound. Every further class also makes code slower that meets both.
 */
export function findDuplicateShapes(ground: WasteGround): WasteTeller {
  const shapes = new Shapes(ground);
  const rows = [...shapes.byNames().values()]
    .filter((same) => same.length > 1)
    .map((same) => rowOf(ground, shapes, same))
    .sort(byWaste);
  return (scene) => {
    const items = rows.slice(0, scene.top).map((row) => tell(scene, shapes, row));
    return [{ ...summed('duplicate-shapes', rows), items }];
  };
}

function rowOf({ view }: WasteGround, shapes: Shapes, same: readonly Ordinal[]): Row {
  const sizes = same.map((shape) => view.rawSelfSize(shape));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const orders = new Set(same.map((shape) => shapes.names(shape).join())).size;
  const reclaimable = (orders - 1) * Math.min(...sizes.slice(0, MOST_COMPARED));
  return { shapes: same, count: same.length, bytes, orders, reclaimable, atMost: bytes - sizes[0] };
}

function tell(scene: WasteScene, shapes: Shapes, row: Row): WasteItem {
  const { count, bytes, reclaimable, atMost = reclaimable, orders } = row;
  const example = shapes.example(row.shapes[0]);
  const names = shapes.names(row.shapes[0]);
  const shown = names.slice(0, SHOWN_NAMES).map((name) => scene.view.names.raw(name));
  const list = `${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
  return {
    holder: holderOf(scene, example),
    className: scene.holders.className(example),
    ...{ count, bytes, reclaimable },
    ...(atMost > reclaimable && { atMost }),
    note: `in ${orders} ${orders === 1 ? 'order' : 'orders'}: ${list}`,
    sampleIds: newestIds(
      scene.view,
      row.shapes.slice(0, 3).map((shape) => shapes.example(shape)),
    ),
  };
}

const SHOWN_NAMES = 6;
/** All shapes of one heap have one size; a few are looked at in case they have not. */
const MOST_COMPARED = 1000;

/** Hidden classes that objects have, and the property names that are certain. */
class Shapes {
  readonly #ground: WasteGround;
  readonly #view: HeapView;
  readonly #edges: Names;
  /** An object with each hidden class that has one. */
  readonly #examples = new Map<Ordinal, Ordinal>();
  readonly #positions: Positions;
  readonly #names = new Map<Ordinal, readonly Ordinal[]>();

  constructor(ground: WasteGround) {
    const { view, names } = ground;
    this.#ground = ground;
    this.#view = view;
    this.#edges = names;
    this.#positions = new Positions(ground);
  }

  /** Lists of shapes with a constructor, a prototype and names in common, in the file's order. */
  byNames(): ReadonlyMap<string, readonly Ordinal[]> {
    const { examples } = this.#ground;
    const { arena } = this.#view;
    const shapes = arena.view(examples.shapes);
    const first = arena.view(examples.first);
    for (const shape of shapes) if (first[shape] > 0) this.#examples.set(shape, first[shape] - 1);
    const prefixes = this.#findPrefixes(shapes);
    const groups = new Map<string, Ordinal[]>();
    for (const shape of shapes) {
      if (!this.#examples.has(shape) || prefixes.has(shape)) continue;
      const names = this.#readNames(shape);
      if (names.length < 2) continue;
      this.#names.set(shape, names);
      const sorted = Uint32Array.from(names).sort().join();
      const key = `${this.#view.nodeName[this.example(shape)]} ${this.#edges.target(shape, 'prototype')} ${sorted}`;
      const same = groups.get(key);
      if (same) same.push(shape);
      else groups.set(key, [shape]);
    }
    return groups;
  }

  example(shape: Ordinal): Ordinal {
    return this.#examples.get(shape) ?? shape;
  }

  /** Nodes of the names, which are strings and symbols that exist once, in the order in which the properties were made. */
  names(shape: Ordinal): readonly Ordinal[] {
    return this.#names.get(shape) ?? [];
  }

  /**
   * Shapes that share their descriptors with one that adds a property to them: how many of the descriptors are theirs is a number that
   * the file does not show. The last one of such a chain has all of them.
   */
  #findPrefixes(shapes: Uint32Array): ReadonlySet<Ordinal> {
    const prefixes = new Set<Ordinal>();
    for (const shape of shapes) {
      const before = this.#edges.target(shape, 'back_pointer');
      if (before < 0) continue;
      const own = this.#edges.target(shape, 'descriptors');
      if (own >= 0 && own === this.#edges.target(before, 'descriptors')) prefixes.add(before);
    }
    return prefixes;
  }

  #readNames(shape: Ordinal): Ordinal[] {
    const { firstEdge, edgeType, edgeTypes, edgeName, edgeTo } = this.#view;
    const descriptors = this.#edges.target(shape, 'descriptors');
    const names: Ordinal[] = [];
    if (descriptors < 0 || this.#view.name(descriptors) !== 'system / DescriptorArray') return names;
    for (let edge = firstEdge[descriptors]; edge < firstEdge[descriptors + 1]; edge++) {
      const position = edgeType[edge] === edgeTypes.internal ? this.#positions.of(edgeName[edge]) : -1;
      if (position < 0 || position % DESCRIPTOR_WORDS !== 0) continue;
      // They come in their order; one that is missing is not known, so that the names are not.
      if (position !== DESCRIPTOR_WORDS * names.length) return [];
      names.push(edgeTo[edge]);
    }
    return names;
  }
}
