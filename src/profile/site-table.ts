import { SnapshotError } from '../base/errors.js';
import type { AllocationSite, HeapProfile } from '../base/profile-types.js';
import { compareText } from '../base/text-order.js';
import { Texts } from './texts.js';

/** Functions that allocate; a large service has some thousands. */
const MOST_SITES = 1_000_000;
/** Nodes of the tree, of which all ids are kept while it is read. */
const MOST_NODES = 4_000_000;
/** Functions above a site that are told. */
export const STACK = 8;

/** A call frame; texts by their numbers. */
export interface Frame {
  readonly name: number;
  readonly script: number;
  readonly line: number;
  readonly column: number;
}

interface Draft {
  readonly frame: Frame;
  selfSize: number;
  count: number;
  /** The largest of its nodes, and the functions above that one. */
  largest: number;
  stack: readonly number[];
}

export interface SiteLimits {
  readonly sites?: number;
  readonly nodes?: number;
}

/** Puts the nodes of a profile's tree together by function, and counts their samples. Memory is bounded: sites, nodes and texts are. */
export class SiteTable {
  readonly texts = new Texts();
  readonly #limits: Required<SiteLimits>;
  readonly #drafts = new Map<string, Draft>();
  /** By id; undefined for a node that allocates nothing. */
  readonly #nodes = new Map<number, Draft | undefined>();
  readonly #counts = new Map<number, number>();
  #samples: number | undefined;
  #totalSize = 0;

  constructor({ sites = MOST_SITES, nodes = MOST_NODES }: SiteLimits = {}) {
    this.#limits = { sites, nodes };
  }

  /** `above`: the functions above the node, asked for where they are kept. */
  addNode(frame: Frame, selfSize: number, id: number | undefined, above: () => readonly number[]): void {
    const draft = selfSize === 0 ? undefined : this.#draftOf(frame);
    if (draft !== undefined) this.#allocate(draft, selfSize, above);
    if (id === undefined) return;
    if (this.#nodes.has(id)) throw new SnapshotError('SYNTAX', `found two nodes with the id ${id}, expected one`);
    checkLimit(this.#nodes.size, this.#limits.nodes, 'nodes');
    this.#nodes.set(id, draft);
  }

  beginSamples(): void {
    this.#samples = 0;
  }

  addSample(node: number): void {
    this.#samples = (this.#samples ?? 0) + 1;
    const count = this.#counts.get(node) ?? 0;
    if (count === 0) checkLimit(this.#counts.size, this.#limits.nodes, 'nodes in samples');
    this.#counts.set(node, count + 1);
  }

  /**
   * To be called once, when everything has been read: samples may stand in front of the tree. V8 writes them a moment later than the tree, when objects have
   * come and gone: some are of nodes that the tree does not have, and sizes are taken from the tree alone.
   */
  finish(): HeapProfile {
    for (const [node, count] of this.#counts) {
      const draft = this.#nodes.get(node);
      if (draft !== undefined) draft.count += count;
    }
    const sites = Array.from(this.#drafts.values(), (draft) => this.#siteOf(draft));
    sites.sort((a, b) => b.selfSize - a.selfSize || compareSites(a, b));
    return { sites, totalSize: this.#totalSize, samples: this.#samples };
  }

  #draftOf(frame: Frame): Draft {
    const key = `${frame.name}:${frame.script}:${frame.line}:${frame.column}`;
    const known = this.#drafts.get(key);
    if (known !== undefined) return known;
    checkLimit(this.#drafts.size, this.#limits.sites, 'allocating functions');
    const draft: Draft = { frame, selfSize: 0, count: 0, largest: 0, stack: [] };
    this.#drafts.set(key, draft);
    return draft;
  }

  #allocate(draft: Draft, selfSize: number, above: () => readonly number[]): void {
    this.#totalSize += selfSize;
    if (!Number.isSafeInteger(this.#totalSize))
      throw new SnapshotError('NUMBER', 'found sizes that sum to more than 2^53 - 1, expected less');
    draft.selfSize += selfSize;
    if (selfSize < draft.largest) return;
    const stack = above();
    // V8's order of children may differ from run to run: of two that are as large, texts decide.
    if (selfSize > draft.largest || this.#isBefore(stack, draft.stack)) draft.stack = stack;
    draft.largest = selfSize;
  }

  #isBefore(stack: readonly number[], other: readonly number[]): boolean {
    const differs = stack.findIndex((name, at) => name !== other[at]);
    if (differs < 0) return stack.length < other.length;
    return differs < other.length && this.texts.at(stack[differs]) < this.texts.at(other[differs]);
  }

  #siteOf({ frame: { name, script, line, column }, selfSize, count, stack }: Draft): AllocationSite {
    return {
      ...{ function: this.texts.at(name), script: this.texts.at(script), line, column, selfSize },
      ...(this.#samples !== undefined && { count }),
      stack: stack.map((above) => this.texts.at(above)),
    };
  }
}

type NamedPlace = Pick<AllocationSite, 'function' | 'script' | 'line' | 'column'>;

/** By name and place: the same on every machine. */
export function compareSites(a: NamedPlace, b: NamedPlace): number {
  return (
    compareText(a.function, b.function) || compareText(a.script, b.script) || a.line - b.line || a.column - b.column
  );
}

function checkLimit(size: number, most: number, what: string): void {
  if (size < most) return;
  throw new SnapshotError('TOO_LARGE', `found more than ${most.toLocaleString('en-US')} ${what}, expected fewer`);
}
