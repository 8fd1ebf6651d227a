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
const NONE = 0xffff_ffff;

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
  readonly #view: HeapView;
  readonly #edges: Names;
  /** Code of the type that nodes of hidden classes have. */
  readonly #shapeType: number;
  /** By ordinal: an object with this hidden class, `NONE` without one. */
  readonly #example: Uint32Array;
  readonly #positions: Positions;
  readonly #names = new Map<Ordinal, readonly Ordinal[]>();

  constructor({ view, names }: WasteGround) {
    this.#view = view;
    this.#edges = names;
    const own = view.header.nodeTypes.indexOf('object shape');
    // Before Node 20 they are hidden nodes among others.
    this.#shapeType = own < 0 ? view.nodeTypes.hidden : own;
    this.#positions = new Positions(view);
    this.#example = new Uint32Array(view.nodeCount).fill(NONE);
  }

  /** Lists of shapes with a constructor, a prototype and names in common, in the file's order. */
  byNames(): ReadonlyMap<string, readonly Ordinal[]> {
    this.#findExamples();
    const isPrefix = this.#findPrefixes();
    const groups = new Map<string, Ordinal[]>();
    for (let shape = 0; shape < this.#view.nodeCount; shape++) {
      if (this.#example[shape] === NONE || isPrefix[shape] === 1) continue;
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
    return this.#example[shape];
  }

  /** Nodes of the names, which are strings and symbols that exist once, in the order in which the properties were made. */
  names(shape: Ordinal): readonly Ordinal[] {
    return this.#names.get(shape) ?? [];
  }

  #findExamples(): void {
    const { nodeCount, nodeType, nodeTypes } = this.#view;
    const isPrototype = this.#findPrototypes();
    for (let node = nodeCount - 1; node >= 0; node--) {
      if (nodeType[node] !== nodeTypes.object || isPrototype[node] === 1) continue;
      const shape = this.#edges.lastTarget(node, 'map');
      if (shape >= 0) this.#example[shape] = node;
    }
  }

  /** By ordinal: what a function or a hidden class has for a prototype. Such an object has a hidden class of its own by design. */
  #findPrototypes(): Uint8Array {
    const { nodeCount, nodeType, nodeTypes, firstEdge, edgeName, edgeTo, edgeType, edgeTypes } = this.#view;
    const isPrototype = new Uint8Array(nodeCount);
    const names = this.#edges.indexes('prototype');
    for (let node = 0; node < nodeCount; node++) {
      if (nodeType[node] !== this.#shapeType && nodeType[node] !== nodeTypes.closure) continue;
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        const isNamed = edgeType[edge] === edgeTypes.internal || edgeType[edge] === edgeTypes.property;
        if (isNamed && names.includes(edgeName[edge])) isPrototype[edgeTo[edge]] = 1;
      }
    }
    return isPrototype;
  }

  /**
   * Shapes that share their descriptors with one that adds a property to them: how many of the descriptors are theirs is a number that
   * the file does not show. The last one of such a chain has all of them.
   */
  #findPrefixes(): Uint8Array {
    const isPrefix = new Uint8Array(this.#view.nodeCount);
    for (let shape = 0; shape < this.#view.nodeCount; shape++) {
      if (this.#view.nodeType[shape] !== this.#shapeType) continue;
      const before = this.#edges.target(shape, 'back_pointer');
      if (before < 0) continue;
      const own = this.#edges.target(shape, 'descriptors');
      if (own >= 0 && own === this.#edges.target(before, 'descriptors')) isPrefix[before] = 1;
    }
    return isPrefix;
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
