/**
 * Nodes by id and class, each found once. Open addressing in typed arrays, sized for the number of nodes up front:
 * a Map would end at 2^24 of them.
 */
export class NodeTable {
  readonly #mask: number;
  readonly #ids: Float64Array;
  /** Class number + 1; 0 marks a free slot. */
  readonly #classes: Uint32Array;
  /** Self size; -1 once taken. */
  readonly #sizes: Float64Array;

  constructor(nodes: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, nodes * 1.5)));
    this.#mask = slots - 1;
    this.#ids = new Float64Array(slots);
    this.#classes = new Uint32Array(slots);
    this.#sizes = new Float64Array(slots);
  }

  add(id: number, classNumber: number, size: number): void {
    let slot = this.#slotOf(id, classNumber);
    while (this.#classes[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#ids[slot] = id;
    this.#classes[slot] = classNumber + 1;
    this.#sizes[slot] = size;
  }

  /** Removes one node with this id and class and returns its size; undefined if none is left. */
  take(id: number, classNumber: number): number | undefined {
    for (let slot = this.#slotOf(id, classNumber); this.#classes[slot] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#ids[slot] !== id || this.#classes[slot] !== classNumber + 1 || this.#sizes[slot] < 0) continue;
      const size = this.#sizes[slot];
      this.#sizes[slot] = -1;
      return size;
    }
    return undefined;
  }

  #slotOf(id: number, classNumber: number): number {
    const high = Math.floor(id / 2 ** 32);
    let hash = Math.imul((id >>> 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) ^ Math.imul(classNumber, 0xc2b2ae35);
    hash ^= hash >>> 15;
    return (hash >>> 0) & this.#mask;
  }
}
