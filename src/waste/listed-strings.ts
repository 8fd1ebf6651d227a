import type { Arena } from '../wasm/arena.js';
import { nodesOfType } from './node-list.js';
import type { WasteGround } from './scene.js';
import { type HashedStrings, type StringSearch, sieveBits } from './string-search.js';
import type { Texts } from './texts.js';

/** By what is listed in the arena, as long as that is there. */
export class ListedStrings implements StringSearch {
  readonly concatenated: Uint32Array;
  readonly ropes: Uint32Array;
  readonly hashes: Uint32Array;
  readonly #arena: Arena;
  readonly #texts: Texts;
  readonly #nodeName: number;

  constructor({ arena, view, survey: { texts } }: WasteGround) {
    const { nodeTypes, snapshot } = view;
    const listed = () => arena.view(nodesOfType(arena, view, nodeTypes['concatenated string'])).slice();
    this.concatenated = arena.scratch(listed);
    this.ropes = this.concatenated.filter((node) => view.selfSize(node) > 0);
    this.hashes = arena.view(texts.hashes);
    this.#arena = arena;
    this.#texts = texts;
    this.#nodeName = snapshot.graph.columns.nodeName.offset;
  }

  alike(further: Uint32Array, furtherHashes: Uint32Array): HashedStrings {
    const arena = this.#arena;
    return arena.scratch(() => {
      const { flat } = this.#texts;
      const count = flat.length + further.length;
      const hashes = arena.allocate('u32', count);
      const hashOf = arena.view(hashes);
      arena.kernels.valuesOfNames(
        ...([flat.offset, flat.length, this.#nodeName, this.#texts.hashes.offset, hashes.offset] as const),
      );
      hashOf.set(furtherHashes, flat.length);
      const positions = this.#repeated(hashes.offset, count);
      const nodes = arena.view(flat);
      return {
        nodes: positions.map((at) => (at < flat.length ? nodes[at] : further[at - flat.length])),
        hashes: positions.map((at) => hashOf[at]),
      };
    });
  }

  /** Where the hashes lie that may come more than once. */
  #repeated(hashes: number, count: number): Uint32Array {
    const arena = this.#arena;
    const bits = sieveBits(count);
    const [once, twice] = [arena.bits(bits), arena.bits(bits)];
    const kept = arena.allocate('u32', count);
    const found = arena.kernels.findRepeated(hashes, count, once.offset, twice.offset, bits - 1, kept.offset);
    return arena.view(kept).subarray(0, found);
  }
}
