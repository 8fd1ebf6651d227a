import { firstOf, nodesOfType } from '../analysis/node-lists.js';
import type { U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import type { WasteGround } from './scene.js';
import type { HashedStrings, StringSearch } from './string-search.js';
import { sieveBits, type Texts } from './texts.js';

/** By what is listed in the arena, as long as that is there. */
export class ListedStrings implements StringSearch {
  readonly concatenated: Uint32Array;
  readonly ropes: Uint32Array;
  readonly hashes: Uint32Array;
  readonly #arena: Arena;
  readonly #texts: Texts;
  readonly #nodeName: U32;

  constructor({ view, texts }: WasteGround) {
    const { arena, nodeTypes, snapshot } = view;
    const listed = () => arena.view(nodesOfType(arena, snapshot.graph, nodeTypes['concatenated string'])).slice();
    this.concatenated = arena.scratch(listed);
    this.ropes = this.concatenated.filter((node) => view.selfSize(node) > 0);
    this.hashes = arena.view(texts.hashes);
    this.#arena = arena;
    this.#texts = texts;
    this.#nodeName = snapshot.graph.columns.nodeName;
  }

  /** All further ones: as a rule they are few. */
  alike(further: Uint32Array, furtherHashes: Uint32Array): HashedStrings {
    const arena = this.#arena;
    const { flat, uses } = this.#texts;
    return arena.scratch(() => {
      this.#markAlike(furtherHashes);
      const kept = arena.allocate('u32', flat.length);
      const count = arena.kernels.keepAlike(flat.offset, flat.length, this.#nodeName.offset, uses.offset, kept.offset);
      const nodes = arena.view(firstOf(kept, count));
      const nameOf = arena.view(this.#nodeName);
      return {
        nodes: joined(nodes, further),
        hashes: joined(
          nodes.map((node) => this.hashes[nameOf[node]]),
          furtherHashes,
        ),
      };
    });
  }

  /** Texts of flat strings that may be those of further ones. */
  #markAlike(furtherHashes: Uint32Array): void {
    if (furtherHashes.length === 0) return;
    const arena = this.#arena;
    const { hashes, uses } = this.#texts;
    const count = sieveBits(furtherHashes.length);
    const bits = arena.bits(count);
    const words = arena.view(bits);
    for (const hash of furtherHashes) words[(hash & (count - 1)) >>> 5] |= 1 << (hash & 31);
    arena.kernels.markAlike(hashes.offset, hashes.length, bits.offset, count - 1, uses.offset);
  }
}

function joined(one: Uint32Array, other: Uint32Array): Uint32Array {
  const both = new Uint32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
