import type { InterfaceDefinition } from '../analysis/interface-tree.js';

/** Finds the snapshot that decides what a series calls its plain objects: the last one that can be read. */
export class Decider {
  readonly #failed = new Set<number>();
  #last: number;
  #names: readonly InterfaceDefinition[] | undefined;

  constructor(files: number) {
    this.#last = files - 1;
  }

  /** Index of the snapshot it falls to as far as is known; below 0 when none could be read. */
  get index(): number {
    return this.#last;
  }

  /** The interfaces of that snapshot, once it has been analysed. */
  get names(): readonly InterfaceDefinition[] | undefined {
    return this.#names;
  }

  /** Whether the others still wait for it. */
  isAwaited(index: number): boolean {
    return this.#names === undefined && index === this.#last;
  }

  decide(names: readonly InterfaceDefinition[]): void {
    this.#names = names;
  }

  fail(index: number): void {
    this.#failed.add(index);
    while (this.#failed.has(this.#last)) this.#last--;
  }
}
