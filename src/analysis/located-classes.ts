import type { Graph, U32 } from '../graph/graph.js';
import type { Locations } from '../read/locations.js';
import type { Arena } from '../wasm/arena.js';
import type { ClassRegistry } from './class-registry.js';

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

  /** Replaces the class number of every located object. Scratch: 4 bytes a node. */
  assign(arena: Arena, graph: Graph, classOf: U32): void {
    const { locations, nodeTypes, header, columns } = graph;
    if (locations.count === 0) return;
    arena.scratch(() => {
      const nodeType = arena.view(columns.nodeType);
      const classes = arena.view(classOf);
      // The last row of a node counts: number the rows first, then skip those that were replaced.
      const rowOf = arena.view(arena.allocate('u32', header.nodeCount));
      for (let row = 0; row < locations.count; row++) rowOf[locations.node[row]] = row;
      for (let row = 0; row < locations.count; row++) {
        const node = locations.node[row];
        if (rowOf[node] !== row || nodeType[node] !== nodeTypes.object) continue;
        classes[node] = this.#find(locations, row, classes[node]);
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
    const { scriptId, line, column } = locations;
    const located = this.#registry.located(scriptId[row], line[row], column[row], plainClass);
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

function hash({ scriptId, line, column }: Locations, row: number, plainClass: number): number {
  let value = Math.imul(scriptId[row] ^ plainClass, 0x9e3779b1);
  value = Math.imul(value ^ line[row], 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13) ^ column[row], 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function samePlace({ scriptId, line, column }: Locations, a: number, b: number): boolean {
  return scriptId[a] === scriptId[b] && line[a] === line[b] && column[a] === column[b];
}
