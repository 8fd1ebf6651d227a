import type { Graph, U32 } from '../graph/graph.js';
import type { Locations } from '../read/locations.js';
import type { Arena } from '../wasm/arena.js';
import { forEachRowWindow } from '../wasm/row-windows.js';
import type { ClassRegistry } from './class-registry.js';

/** What tells which objects have a place. */
export type PlacedObjects = Pick<Graph, 'locations' | 'nodeTypes' | 'header'> & {
  readonly columns: Pick<Graph['columns'], 'nodeType'>;
};

/**
 * Objects whose constructor's place is known form a class by place and name, since constructors often share a name (S8).
 * Most located objects repeat a few places, so these are looked up by number; only a new one builds its key.
 */
export class LocatedClasses {
  readonly #registry: ClassRegistry;
  /** Open addressing over (row of `locations`, class): the position + 1 in the lists below. */
  #slots = new Uint32Array(1024);
  readonly #rows: number[] = [];
  readonly #classes: number[] = [];
  readonly #located: number[] = [];

  constructor(registry: ClassRegistry) {
    this.#registry = registry;
  }

  /** Replaces the class number of every located object. Scratch: 4 bytes a row, 4 a node where rows are not in order of these. */
  assign(arena: Arena, { locations, nodeTypes, header, columns }: PlacedObjects, classOf: U32): void {
    const { count, list, width, node, nodeWidth, isAscending } = locations;
    const classes = arena.view(classOf);
    arena.scratch(() => {
      const found = arena.allocate('u32', count);
      let held = 0;
      // Most rows are for functions, and code of ours would go through them before V8 had compiled it.
      forEachRowWindow(arena, list, width, (address, rows, firstRow) => {
        held += arena.kernels.listObjectRows(
          address,
          rows,
          firstRow,
          width,
          node,
          nodeWidth,
          columns.nodeType.offset,
          nodeTypes.object,
          found.offset + 4 * held,
        );
      });
      const rows = arena.view(found).subarray(0, held);
      const objectOf = (row: number) => list[row * width + node] / nodeWidth;
      // The last row of an object counts: number the rows first, then skip those that were replaced.
      const rowOf = isAscending ? undefined : arena.view(arena.allocate('u32', header.nodeCount));
      if (rowOf) for (const row of rows) rowOf[objectOf(row)] = row;
      for (const row of rows) {
        const object = objectOf(row);
        if (rowOf && rowOf[object] !== row) continue;
        classes[object] = this.#find(locations, row, classes[object]);
      }
    });
  }

  #find(locations: Locations, row: number, plainClass: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(locations, row, plainClass) & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] - 1;
      if (this.#classes[entry] === plainClass && samePlace(locations, this.#rows[entry], row))
        return this.#located[entry];
    }
    const located = this.#registry.located(...placeOf(locations, row), plainClass);
    this.#rows.push(row);
    this.#classes.push(plainClass);
    this.#located.push(located);
    this.#slots[slot] = this.#rows.length;
    if (this.#rows.length * 2 > this.#slots.length) this.#grow(locations);
    return located;
  }

  #grow(locations: Locations): void {
    this.#slots = new Uint32Array(this.#slots.length * 4);
    const mask = this.#slots.length - 1;
    for (let entry = 0; entry < this.#rows.length; entry++) {
      let slot = hash(locations, this.#rows[entry], this.#classes[entry]) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = entry + 1;
    }
  }
}

/** Script, line and column. */
function placeOf({ list, width, scriptId, line, column }: Locations, row: number): [number, number, number] {
  const start = row * width;
  return [list[start + scriptId], list[start + line], list[start + column]];
}

function hash(locations: Locations, row: number, plainClass: number): number {
  const [scriptId, line, column] = placeOf(locations, row);
  let value = Math.imul(scriptId ^ plainClass, 0x9e3779b1);
  value = Math.imul(value ^ line, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13) ^ column, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function samePlace(locations: Locations, a: number, b: number): boolean {
  const [one, other] = [placeOf(locations, a), placeOf(locations, b)];
  return one[0] === other[0] && one[1] === other[1] && one[2] === other[2];
}
