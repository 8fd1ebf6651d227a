import type { HeapView } from '../analysis/heap-view.js';
import type { Freed, FreedClass } from '../base/types.js';
import { holdingOf } from './find-holding.js';
import { type Holding, release } from './holding.js';
import { PairEdges } from './pairs.js';
import type { CutSet } from './resolve.js';
import { Search } from './search.js';
import { sourceOf } from './store-twins.js';

/** What nothing holds any more. */
export interface Loss {
  readonly freed: Freed;
  /** Where values of WeakMaps go with their maps, if that is more. */
  readonly freedByRealEphemerons?: Freed;
  /** The most bytes first. */
  readonly classes: readonly FreedClass[];
}

/** Cost: three passes over the edges and three searches; two more searches where the heap has WeakMaps with values. */
export function lossOf(view: HeapView, cut: CutSet): Loss {
  const holding = holdingOf(view);
  const pairEdges = new PairEdges(view, view.arena.memory.buffer);
  const pairs = pairEdges.collect(holding);
  if (pairs.count > 0) {
    const before = new Search(view, holding, pairs);
    before.start();
    pairs.freeFromTables((table) => !before.isLive(table));
    pairs.kill(tablesEdges(view, pairEdges, cut));
  }
  removeEdges(holding, cut);
  const search = new Search(view, holding);
  search.start(cut.nodes);
  const freed = sumOf(view, search);
  const classes = classesOf(view, search);
  if (pairs.count === 0) return { freed, classes };
  const real = new Search(view, holding, pairs);
  real.start(cut.nodes);
  const freedByRealEphemerons = sumOf(view, real);
  return freedByRealEphemerons.nodes === freed.nodes ? { freed, classes } : { freed, freedByRealEphemerons, classes };
}

function removeEdges({ edges }: Holding, cut: CutSet): void {
  for (const edge of cut.edges) release(edges, edge);
}

/** Pairs by number whose table lets go of them. */
function tablesEdges({ firstEdge, nodeCount }: HeapView, pairs: PairEdges, cut: CutSet): Set<number> {
  const numbers = new Set<number>();
  for (const edge of cut.edges) {
    const entry = pairs.entryOf(edge);
    if (entry >= 0 && pairs.isFromTable(entry, sourceOf(firstEdge, nodeCount, edge)))
      numbers.add(pairs.numberOf(entry));
  }
  return numbers;
}

function sumOf(view: HeapView, search: Search): Freed {
  let nodes = 0;
  let bytes = 0;
  for (let node = 0; node < view.nodeCount; node++) {
    if (search.isLive(node)) continue;
    nodes++;
    bytes += view.selfSize(node);
  }
  return { nodes, bytes };
}

/** Objects with a self size, as all lists of classes count them (S9). */
function classesOf(view: HeapView, search: Search): FreedClass[] {
  const { names, keys } = view.snapshot.classes.registry;
  const counts = new Uint32Array(names.length);
  const bytes = new Float64Array(names.length);
  for (let node = 0; node < view.nodeCount; node++) {
    const size = view.selfSize(node);
    if (size === 0 || search.isLive(node)) continue;
    counts[view.classOf[node]]++;
    bytes[view.classOf[node]] += size;
  }
  const classes: FreedClass[] = [];
  for (const [number, count] of counts.entries()) {
    if (count > 0) classes.push({ key: keys[number], name: names[number], count, bytes: bytes[number] });
  }
  return classes.sort((a, b) => b.bytes - a.bytes || b.count - a.count || (a.key < b.key ? -1 : 1));
}
