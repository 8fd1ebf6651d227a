import { Block, BlockColumns } from './block.js';
import { buildBody } from './body.js';
import { buildHugeArray, buildRegistries, HUGE_ARRAY_EDGES, registryEdgeCount } from './closing.js';
import { buildFoundation, REGISTRY_COUNT } from './foundation.js';
import { Random } from './random.js';
import { StringTable } from './strings.js';
import { commonTexts, propertyNames } from './vocabulary.js';

/**
 * Objects that far links may point to, 4 bytes each; a larger heap is sampled. So many that a heap of 100 million nodes
 * still has its links all over the memory of whoever reads it.
 */
const ANCHOR_LIMIT = 1 << 24;
/** The rest of the edges goes into the huge arrays. */
const BODY_EDGE_SHARE = 0.96;
const SMALLEST_BODY = 400;
const LARGEST_BODY = 4000;
/** Nodes left for what makes the counts exact: more than a body ever exceeds its size by. */
const CLOSING_NODES = 1200;
export const SMALLEST_SNAPSHOT = 20_000;

/** Everything that must be known before the first byte is written. Built by a pass of its own; below 100 MB for any size. */
export class Plan {
  table = new StringTable();
  registries = Array(REGISTRY_COUNT).fill(0);
  #anchors = new Anchors();

  constructor({ nodeCount, edgeCount, seed }) {
    if (nodeCount < SMALLEST_SNAPSHOT)
      throw new RangeError(`nodes: ${nodeCount}, the smallest snapshot has ${SMALLEST_SNAPSHOT}`);
    Object.assign(this, { nodeCount, edgeCount, seed });
    this.table.fixed('<dummy>');
    for (const block of this.blocks()) this.#note(block);
  }

  /** The same blocks, in file order, at every call; of the planning pass only counts and ordinals are right, not far links. */
  *blocks() {
    const { table, seed } = this;
    const place = { table, seed, columns: new BlockColumns(), part: 0, start: 0, freshStart: 0, edges: 0 };
    const world = yield* this.#foundation(place);
    /** Ordinals of the containers and the huge arrays. */
    const held = [];
    while (this.#left(place) > SMALLEST_BODY)
      yield* this.#step(place, (block) => held.push(this.#body(block, world, place)));
    yield* this.#closing(place, world, held);
  }

  *#foundation(place) {
    const shapeCount = Math.min(3000, Math.max(200, Math.round(this.nodeCount / 1500)));
    const build = (block) => buildFoundation(block, shapeCount, this.registries);
    const world = yield* this.#step(place, build);
    const anywhere = (random) => this.#anchors.pick(random);
    return Object.assign(world, { anywhere, propertyNames, words: commonTexts });
  }

  #body(block, world, place) {
    const wanted = SMALLEST_BODY + new Random(this.seed ^ place.part).skewed(LARGEST_BODY - SMALLEST_BODY);
    const size = Math.min(wanted, this.#left(place));
    const goal = ((this.edgeCount * BODY_EDGE_SHARE) / this.nodeCount) * (place.start + size);
    return buildBody(block, world, size, Math.min(20, Math.max(1, (goal - place.edges) / size)));
  }

  /** Nodes that bodies may still take. */
  #left(place) {
    return this.nodeCount - place.start - CLOSING_NODES;
  }

  /** Makes both counts come out exactly. */
  *#closing(place, world, held) {
    const missing = (hugeCount) => {
      const lastNodes = this.nodeCount - place.start - 2 * hugeCount;
      return this.edgeCount - place.edges - registryEdgeCount(lastNodes, held.length + hugeCount);
    };
    const hugeCount = Math.max(1, Math.ceil(missing(1) / HUGE_ARRAY_EDGES));
    let left = missing(hugeCount);
    if (left < 3 * hugeCount)
      throw new RangeError(
        `edges: ${this.edgeCount}, these ${this.nodeCount} nodes need ${this.edgeCount - left + 3 * hugeCount}`,
      );
    for (let index = hugeCount; index > 0; index--) {
      const share = Math.ceil(left / index);
      yield* this.#step(place, (block) => held.push(buildHugeArray(block, world, share)));
      left -= share;
    }
    this.registries = yield* this.#step(place, (block) =>
      buildRegistries(block, world, this.nodeCount - place.start, held),
    );
  }

  /** Builds one block, hands it out, and moves on. */
  *#step(place, build) {
    const block = new Block(place);
    const result = build(block);
    yield block;
    place.part++;
    place.start += block.nodeCount;
    place.freshStart += block.freshTexts.length;
    place.edges += block.edgeCount;
    return result;
  }

  #note(block) {
    for (const head of block.heads) this.#anchors.add(head);
  }
}

/** Ordinals of objects all over the heap, evenly thinned out as the heap grows. */
class Anchors {
  #ordinals = new Uint32Array(1 << 16);
  #count = 0;
  #stride = 1;
  #seen = 0;

  add(ordinal) {
    if (this.#seen++ % this.#stride !== 0) return;
    if (this.#count === this.#ordinals.length) this.#makeRoom();
    this.#ordinals[this.#count++] = ordinal;
  }

  /** Any object; the root while there is none. Always draws, so that planning takes the same course as writing. */
  pick(random) {
    const place = random.below(this.#count);
    return this.#count === 0 ? 0 : this.#ordinals[place];
  }

  #makeRoom() {
    const old = this.#ordinals;
    if (old.length < ANCHOR_LIMIT) {
      this.#ordinals = new Uint32Array(old.length * 2);
      this.#ordinals.set(old);
      return;
    }
    this.#count /= 2;
    for (let place = 0; place < this.#count; place++) old[place] = old[place * 2];
    this.#stride *= 2;
  }
}
