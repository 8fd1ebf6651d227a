import type { PlainAnalysis } from '../oracle/plain/analysis.js';
import type { Ordinal, PlainGraph } from '../oracle/plain/graph.js';
import { reachableWithout, retainingSuccessors } from '../oracle/plain/retaining-graph.js';
import { parseWeakMapPair } from '../oracle/plain/weak-map-pair.js';

export interface PlainCut {
  readonly nodes: ReadonlySet<Ordinal>;
  readonly edges: ReadonlySet<number>;
}

/** Who holds a node, each with what must be alive besides: nothing, or a table. */
interface Hold {
  readonly from: Ordinal;
  readonly edge: number;
  readonly to: Ordinal;
  readonly table?: Ordinal;
  readonly tableEdges: readonly number[];
}

/** Nodes that nothing holds after the cut, ascending, by going round all edges until nothing changes any more. */
export function plainLoss(analysis: PlainAnalysis, cut: PlainCut, ephemerons: 'key' | 'key and table'): Ordinal[] {
  const { graph } = analysis;
  const kept = keepers(analysis);
  const conditional = ephemerons === 'key' ? kept : withTables(graph, kept);
  const before = live(analysis, conditional, { nodes: new Set(), edges: new Set() });
  const holds = conditional.map((hold) =>
    hold.table !== undefined && !before.has(hold.table) ? { ...hold, table: undefined, tableEdges: [] } : hold,
  );
  const after = live(analysis, holds, cut);
  return [...graph.type.keys()].filter((node) => !after.has(node));
}

/** Edges that hold. What only the root reaches by S4 holds nothing: its targets have others. */
function keepers({ graph, essential }: PlainAnalysis): Hold[] {
  const reached = reachableWithout(retainingSuccessors(graph, essential), graph.root, undefined);
  return [...graph.edgeTo.keys()]
    .filter((edge) => essential[edge] === 1 && reached[graph.edgeFrom[edge]] === 1)
    .map((edge) => ({ from: graph.edgeFrom[edge], edge, to: graph.edgeTo[edge], tableEdges: [] }));
}

function withTables(graph: PlainGraph, holds: readonly Hold[]): Hold[] {
  const pairOf = (edge: number) => parseWeakMapPair(graph.edgeType[edge], graph.edgeName[edge]);
  const tableEdges = [...graph.edgeTo.keys()].filter((edge) => pairOf(edge)?.table === graph.id[graph.edgeFrom[edge]]);
  return holds.map((hold) => {
    const pair = pairOf(hold.edge)?.pair;
    const own = pair === undefined ? [] : tableEdges.filter((edge) => pairOf(edge)?.pair === pair);
    return own.length === 0 ? hold : { ...hold, table: graph.edgeFrom[own[0]], tableEdges: own };
  });
}

function live({ graph, essential }: PlainAnalysis, holds: readonly Hold[], cut: PlainCut): Set<Ordinal> {
  const found = new Set<Ordinal>();
  if (cut.nodes.has(graph.root)) return found;
  const reached = reachableWithout(retainingSuccessors(graph, essential), graph.root, undefined);
  const isHeld = new Set([...graph.edgeTo.keys()].filter((edge) => essential[edge]).map((edge) => graph.edgeTo[edge]));
  for (const node of graph.type.keys()) {
    if (cut.nodes.has(node)) continue;
    if (node === graph.root || !isHeld.has(node) || reached[node] === 0) found.add(node);
  }
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { from, edge, to, table, tableEdges } of holds) {
      if (!found.has(from) || cut.nodes.has(to) || cut.edges.has(edge)) continue;
      if (table !== undefined && (!found.has(table) || tableEdges.some((other) => cut.edges.has(other)))) continue;
      found.add(to);
    }
  }
  return found;
}
