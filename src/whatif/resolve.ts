import type { HeapView } from '../analysis/heap-view.js';
import type { CutMatch, Ordinal } from '../base/types.js';
import { findGlobals } from '../paths/globals.js';
import { type Cut, type CutSource, cutError } from './cut.js';
import { EdgeMatch } from './edge-match.js';
import { storeTwins } from './store-twins.js';

/** What goes: nodes with all that they hold, and edges. */
export interface CutSet {
  /** 1 by ordinal. */
  readonly nodes: Uint8Array;
  /** Indexes; may repeat. */
  readonly edges: readonly number[];
}

export interface ResolvedCuts extends CutSet {
  readonly matches: readonly CutMatch[];
  /** Nodes that were named, and those that named edges lead to: 1 by ordinal. */
  readonly named: Uint8Array;
}

/** Throws a `SnapshotError` with the code `CUT` where one of the cuts matches nothing. Cost: a pass over the nodes for each class. */
export function resolveCuts(view: HeapView, cuts: readonly Cut[]): ResolvedCuts {
  const sources = new Sources(view, cuts);
  const nodes = new Uint8Array(view.nodeCount);
  const named = new Uint8Array(view.nodeCount);
  const edges: number[] = [];
  const matches = cuts.map((cut): CutMatch => {
    const found = sources.of(cut);
    if (cut.steps.length === 0) {
      for (const node of found) nodes[node] = named[node] = 1;
      return { expression: cut.expression, nodes: found.length, edges: 0 };
    }
    const last = follow(view, cut, found);
    for (const edge of last) {
      edges.push(edge);
      named[view.edgeTo[edge]] = 1;
    }
    return { expression: cut.expression, nodes: 0, edges: last.length };
  });
  for (const twin of storeTwins(view, edges)) edges.push(twin);
  return { nodes, edges, matches, named };
}

/** The edges of a path's last step. */
function follow(view: HeapView, cut: Cut, from: readonly Ordinal[]): number[] {
  let nodes = from;
  let edges: number[] = [];
  for (const [depth, step] of cut.steps.entries()) {
    const match = new EdgeMatch(view, step);
    edges = nodes.flatMap((node) => match.of(node));
    if (edges.length === 0) {
      const where =
        depth > 0 ? `where the path has got to` : `on ${nodes.length === 1 ? 'it' : `its ${nodes.length} objects`}`;
      const shown = typeof step === 'number' ? `element ${step}` : `edge ${JSON.stringify(step)}`;
      throw cutError(cut.expression, `no ${shown} ${where}, expected at least one`);
    }
    nodes = [...new Set(edges.map((edge) => view.edgeTo[edge]))];
  }
  return edges;
}

/** Where cuts begin. */
class Sources {
  readonly #view: HeapView;
  /** Ordinals by the ids that cuts name. */
  readonly #byId = new Map<number, Ordinal>();

  constructor(view: HeapView, cuts: readonly Cut[]) {
    this.#view = view;
    const wanted = new Set(cuts.flatMap(({ from }) => (from.kind === 'node' ? [from.id] : [])));
    if (wanted.size === 0) return;
    for (let node = view.nodeCount - 1; node >= 0; node--) {
      const id = view.id(node);
      if (wanted.has(id)) this.#byId.set(id, node);
    }
  }

  of({ expression, from }: Cut): readonly Ordinal[] {
    const found = this.#find(from);
    if (found.length > 0) return found;
    const count = this.#view.nodeCount.toLocaleString('en-US');
    if (from.kind === 'node') throw cutError(expression, `no node with the id ${from.id} among ${count}, expected one`);
    const what = from.kind === 'class' ? `object of the class ${from.name}` : 'global object';
    throw cutError(expression, `no ${what} among ${count} nodes, expected at least one`);
  }

  #find(from: CutSource): readonly Ordinal[] {
    if (from.kind === 'global') return findGlobals(this.#view);
    if (from.kind === 'class') return this.#members(from.name);
    const node = this.#byId.get(from.id);
    return node === undefined ? [] : [node];
  }

  /** Nodes of the class that have a self size: those that `inspect --class` lists. */
  #members(className: string): Ordinal[] {
    const { classNames, classOf, nodeCount } = this.#view;
    const wanted = Uint8Array.from(classNames, (name) => Number(name === className));
    const members: Ordinal[] = [];
    for (let node = 0; node < nodeCount; node++) {
      if (wanted[classOf[node]] === 1 && this.#view.selfSize(node) > 0) members.push(node);
    }
    return members;
  }
}
