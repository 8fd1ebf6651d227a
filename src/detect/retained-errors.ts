import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type HeldGroup, heldGroups } from './held-groups.js';
import { type KnownNames, namesIn } from './known-names.js';
import { rareEdgesOf } from './rare-edges.js';

const LIMITS = { leastErrors: 10, mostFindings: 100 };

const ERROR_CLASS = /(?:Error|Exception)$/;

/**
 * D18: errors that something keeps. Until `stack` is read an error holds its frames, and with these the functions and receivers that
 * were running.
 */
export const retainedErrors: Detector<typeof LIMITS> = {
  id: 'D18',
  name: 'retained-errors',
  limits: LIMITS,
  prepare: rareEdgesOf,
  detect(scene, { leastErrors, mostFindings }) {
    const stacks = new Stacks(scene.view);
    const errors = stacks.errors();
    if (errors.length < leastErrors) return [];
    const kindOf = (error: Ordinal) => scene.view.className(error);
    return heldGroups(scene, errors, { kindOf })
      .filter(({ count }) => count >= leastErrors)
      .slice(0, mostFindings)
      .map((group) => findingOf(scene, stacks, group));
  },
};

function findingOf(
  { view }: Scene,
  stacks: Stacks,
  { holder, kind, key, count, bytes, newest, members }: HeldGroup,
): Finding {
  const captured = members.filter((error) => stacks.framesOf(error) >= 0);
  const frameBytes = captured.reduce((sum, error) => sum + stacks.frameBytes(error), 0);
  return {
    anchor: holder.container,
    key,
    count,
    bytes,
    // Frames pin more than the text of a stack does; a few errors of Node's own are no news.
    strength: holder.kind === 'internal' ? 0.15 : captured.length > 0 ? 0.45 : 0.3,
    title: `${count} objects of ${kind}`,
    holder,
    evidence: [
      { label: 'class', value: kind },
      { label: 'with captured frames', value: captured.length },
      { label: 'bytes of captured frames', value: frameBytes },
      { label: 'retained size of the newest', value: view.retainedSize[newest[0]] },
    ],
    repair: 'Keep `String(error.stack)` in {holder} in place of the error, or bound it.',
    samples: newest,
  };
}

/** What errors have behind their private symbol. */
class Stacks {
  readonly #view: HeapView;
  readonly #names: KnownNames;
  readonly #stackNames: readonly number[];

  constructor(view: HeapView) {
    this.#view = view;
    this.#names = namesIn(view);
    this.#stackNames = [...this.#names.of('<symbol>'), ...this.#names.of('<symbol error_stack_symbol>')];
  }

  /** Objects of a class whose name ends like an error's, with a stack of their own: prototypes have none. */
  errors(): Ordinal[] {
    const { classNames, classOf } = this.#view;
    const isError = Uint8Array.from(classNames, (name) => Number(ERROR_CLASS.test(name)));
    const { from } = rareEdgesOf(this.#view).errorStack;
    return from.filter((node, at) => node !== from[at - 1] && isError[classOf[node]] === 1);
  }

  /** The list of frames, -1 where the stack has become a text. */
  framesOf(error: Ordinal): Ordinal {
    const { firstEdge, edgeTo, edgeType, edgeName, edgeTypes, nodeType, nodeTypes } = this.#view;
    for (let edge = firstEdge[error]; edge < firstEdge[error + 1]; edge++) {
      if (edgeType[edge] !== edgeTypes.property || !this.#stackNames.includes(edgeName[edge])) continue;
      const to = edgeTo[edge];
      if (nodeType[to] === nodeTypes.array || this.#names.isNamed(to, 'system / ErrorStackData')) return to;
    }
    return -1;
  }

  /** As the file has them: afterwards they are part of the error's size. */
  frameBytes(error: Ordinal): Bytes {
    const { firstEdge, edgeTo } = this.#view;
    const frames = this.framesOf(error);
    let bytes = this.#view.rawSelfSize(frames);
    for (let edge = firstEdge[frames]; edge < firstEdge[frames + 1]; edge++) {
      const to = edgeTo[edge];
      if (this.#names.isNamed(to, 'system / CallSiteInfo')) bytes += this.#view.rawSelfSize(to);
    }
    return bytes;
  }
}
