import { edgesOf, type Ordinal, type PlainGraph } from './graph.js';

function isDocumentTrees(graph: PlainGraph, node: Ordinal): boolean {
  return graph.type[node] === 'synthetic' && graph.name[node] === '(Document DOM trees)';
}

/** 1 for every node the page owns rather than a debugger or the system. Rule: devtools-semantics S2. */
export function plainPageOwned(graph: PlainGraph): Uint8Array {
  const owned = new Uint8Array(graph.nodeCount);
  const pending: Ordinal[] = [];

  function visit(node: Ordinal): void {
    if (owned[node]) return;
    owned[node] = 1;
    pending.push(node);
  }

  for (const edge of edgesOf(graph, graph.root)) {
    const target = graph.edgeTo[edge];
    const type = graph.edgeType[edge];
    if (type === 'shortcut' || (type === 'element' && isDocumentTrees(graph, target))) visit(target);
  }
  for (const node of pending) {
    for (const edge of edgesOf(graph, node)) {
      if (graph.edgeType[edge] !== 'weak') visit(graph.edgeTo[edge]);
    }
  }
  return owned;
}
