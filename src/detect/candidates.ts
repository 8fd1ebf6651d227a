import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import { CONTEXT } from '../paths/v8-names.js';
import { bytesOfSlots } from './containers.js';
import { collectNodes, type Sieve } from './node-sieve.js';

/** How large something has to be that a detector looks at. */
export interface Least {
  /** Edges of an object. */
  readonly edges?: number;
  /** Slots of an array: its capacity. */
  readonly slots?: number;
  /** Bytes that the scope of a function retains. */
  readonly contextBytes?: Bytes;
  /** Bytes that a concatenated string retains. */
  readonly ropeBytes?: Bytes;
}

/** What detectors ask for by name, by type of node. */
export interface WantedNames {
  readonly objects: readonly string[];
  readonly closures: readonly string[];
  readonly natives: readonly string[];
}

const KINDS = [
  ['objects', 'object'],
  ['closures', 'closure'],
  ['natives', 'native'],
] as const;
type Kind = (typeof KINDS)[number][0];

/** Types of which a list is made by size, the others being listed whole. */
const SIZED = ['object', 'array', 'native', 'sliced string', 'concatenated string'] as const;

const DETACHED = 2;
/** A type of node is a byte. */
const TYPES = 256;

/** Nodes that are worth a look, all found in one pass; ordinals ascend. */
export class Candidates {
  readonly #view: HeapView;
  readonly #names: WantedNames;
  #least: Required<Least>;
  /** As in `SIZED`; then, for each kind, one for each name. */
  #lists: readonly (readonly Ordinal[])[];

  /** Cost: a pass over the nodes, of which those are compared that have a type in question. */
  constructor(view: HeapView, { objects, closures, natives }: WantedNames, least: Required<Least>) {
    this.#view = view;
    this.#names = { objects: [...new Set([CONTEXT, ...objects])], closures, natives };
    this.#least = least;
    this.#lists = collectLists(view, this.#names, least);
  }

  /** Nodes of that type with this name in the file. */
  named(kind: Kind, name: string): readonly Ordinal[] {
    const at = allNames(this.#names).indexOf(name);
    if (name === CONTEXT || !this.#names[kind].includes(name))
      throw new Error(`found a detector that asks for ${kind} named ${name}, expected it to say so beforehand`);
    return this.#lists[firstListOf(this.#names, kind) + at];
  }

  /** Scopes that retain at least so much: few do, and there are as many as closures. None in a file of Chromium, which gives each a name of its own. */
  contexts(contextBytes: Bytes): Ordinal[] {
    this.#reach({ contextBytes });
    const { retainedSize } = this.#view;
    const list = this.#lists[firstListOf(this.#names, 'objects') + allNames(this.#names).indexOf(CONTEXT)];
    return list.filter((node) => retainedSize[node] >= contextBytes);
  }

  /** Objects with at least so many edges. */
  wideObjects(edges: number): Ordinal[] {
    this.#reach({ edges });
    const { firstEdge } = this.#view;
    return this.#sized('object').filter((node) => firstEdge[node + 1] - firstEdge[node] >= edges);
  }

  /** Arrays with at least so many slots. */
  largeArrays(slots: number): Ordinal[] {
    this.#reach({ slots });
    const bytes = bytesOfSlots(this.#view, slots);
    return this.#sized('array').filter((node) => this.#view.rawSelfSize(node) >= bytes);
  }

  /** Concatenated strings that retain at least so much. */
  ropes(ropeBytes: Bytes): Ordinal[] {
    this.#reach({ ropeBytes });
    const { retainedSize } = this.#view;
    return this.#sized('concatenated string').filter((node) => retainedSize[node] >= ropeBytes);
  }

  slices(): readonly Ordinal[] {
    return this.#sized('sliced string');
  }

  /** The browser's objects that are in no document. */
  detached(): Ordinal[] {
    const { detachedness } = this.#view;
    return this.#sized('native').filter((node) => detachedness[node] === DETACHED);
  }

  #sized(type: (typeof SIZED)[number]): readonly Ordinal[] {
    return this.#lists[SIZED.indexOf(type)];
  }

  /** Makes another pass where that has not been looked for closely enough. */
  #reach(wanted: Least): void {
    const least = smallest([this.#least, wanted]);
    if (SIZES.every((size) => least[size] === this.#least[size])) return;
    this.#least = least;
    this.#lists = collectLists(this.#view, this.#names, least);
  }
}

const SIZES = ['edges', 'slots', 'contextBytes', 'ropeBytes'] as const;

/** What suits everyone. */
export function smallest(all: readonly Least[]): Required<Least> {
  const of = (size: keyof Least) => Math.min(...all.map((least) => least[size] ?? Infinity));
  return { edges: of('edges'), slots: of('slots'), contextBytes: of('contextBytes'), ropeBytes: of('ropeBytes') };
}

function allNames(names: WantedNames): string[] {
  return [...new Set(KINDS.flatMap(([kind]) => names[kind]))];
}

function firstListOf(names: WantedNames, kind: Kind): number {
  return SIZED.length + KINDS.findIndex(([one]) => one === kind) * allNames(names).length;
}

function collectLists(view: HeapView, names: WantedNames, least: Required<Least>): Ordinal[][] {
  return collectNodes(view, sieveOf(view, names, least), firstListOf(names, 'natives') + allNames(names).length);
}

function sieveOf(view: HeapView, names: WantedNames, least: Required<Least>): Sieve {
  const { nodeTypes } = view;
  const listOfType = new Int16Array(TYPES).fill(-1);
  const leastOfType = new Float64Array(TYPES).fill(Infinity);
  for (const [list, type] of SIZED.entries()) {
    listOfType[nodeTypes[type]] = list;
    leastOfType[nodeTypes[type]] = 0;
  }
  leastOfType[nodeTypes.object] = least.edges;
  leastOfType[nodeTypes['concatenated string']] = least.ropeBytes;
  // Sizes of 4 GiB and more are not compared there.
  if (view.rawSelfSizes.high === undefined) leastOfType[nodeTypes.array] = bytesOfSlots(view, least.slots);
  const firstNamed = new Int16Array(TYPES).fill(-1);
  for (const [kind, type] of KINDS) firstNamed[nodeTypes[type]] = firstListOf(names, kind);
  const numberOfName = new Uint8Array(view.strings.count);
  const all = allNames(names);
  for (const [name, indexes] of view.indexesOf(all)) {
    for (const index of indexes) numberOfName[index] = all.indexOf(name) + 1;
  }
  const leastOfName = new Float64Array(all.length + 1);
  leastOfName[all.indexOf(CONTEXT) + 1] = least.contextBytes;
  return {
    edged: nodeTypes.object,
    weighed: nodeTypes['concatenated string'],
    listOfType,
    leastOfType,
    firstNamed,
    numberOfName,
    leastOfName,
  };
}
