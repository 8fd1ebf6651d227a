import { type PlainAggregate, plainAggregates } from './aggregates.js';
import { plainClassKeys, plainClassNames } from './class-names.js';
import { plainDetachedness } from './detachedness.js';
import { plainDistances } from './distances.js';
import { plainDominators } from './dominators.js';
import { plainEssentialEdges } from './essential-edges.js';
import type { PlainGraph } from './graph.js';
import { inferInterfaces, type PlainInterface } from './interfaces.js';
import { plainSelfSizes } from './owners.js';
import { plainPageOwned } from './page-owned.js';
import { plainRetainedSizes } from './retained.js';
import { type PlainStatistics, plainStatistics } from './statistics.js';

/** All columns are by ordinal, `essential` by edge. */
export interface PlainAnalysis {
  graph: PlainGraph;
  /** After S10. */
  name: string[];
  detachedness: Uint8Array;
  pageOwned: Uint8Array;
  essential: Uint8Array;
  dominator: Uint32Array;
  /** After S5. */
  selfSize: Float64Array;
  retainedSize: Float64Array;
  distance: Int32Array;
  interfaces: PlainInterface[];
  className: string[];
  classKey: string[];
  aggregates: PlainAggregate[];
  statistics: PlainStatistics;
}

/** Every plain pass, in the order of devtools-semantics S1. */
export function analyzePlainly(graph: PlainGraph): PlainAnalysis {
  const { detachedness, name } = plainDetachedness(graph);
  const pageOwned = plainPageOwned(graph);
  const essential = plainEssentialEdges(graph, pageOwned);
  const dominator = plainDominators(graph, essential);
  const selfSize = plainSelfSizes(graph, name);
  const retainedSize = plainRetainedSizes(dominator, selfSize);
  const distance = plainDistances(graph, name);
  const interfaces = inferInterfaces(graph);
  const className = plainClassNames(graph, name, interfaces);
  const classKey = plainClassKeys(graph, className);
  const aggregates = plainAggregates({ classKey, className, selfSize, retainedSize, dominator, distance });
  const statistics = plainStatistics(graph, name, selfSize, retainedSize[graph.root]);
  return {
    graph,
    name,
    detachedness,
    pageOwned,
    essential,
    dominator,
    selfSize,
    retainedSize,
    distance,
    interfaces,
    className,
    classKey,
    aggregates,
    statistics,
  };
}
