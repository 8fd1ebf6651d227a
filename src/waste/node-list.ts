const FIRST_ROOM = 1024;

/** Numbers of nodes, of which there may be any number. */
export class NodeList {
  #nodes = new Uint32Array(FIRST_ROOM);
  #size = 0;

  get all(): Uint32Array {
    return this.#nodes.subarray(0, this.#size);
  }

  add(node: number): void {
    if (this.#size === this.#nodes.length) {
      const larger = new Uint32Array(2 * this.#size);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    this.#nodes[this.#size++] = node;
  }
}
