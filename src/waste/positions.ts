import type { WasteGround } from './scene.js';

/** Positions that names of edges stand for: `internal` edges of stores are named by numbers. */
export class Positions {
  /** Number + 1 by string index. */
  readonly #numbers: Uint32Array;

  constructor({ view, texts }: WasteGround) {
    this.#numbers = view.arena.view(texts.numbers);
  }

  /** -1 for a name that is no position. */
  of(name: number): number {
    return this.#numbers[name] - 1;
  }
}
