import type { Graph } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** Edges from a context of V8's to its global object; before Node 26 the object itself is a user root. */
const GLOBAL_EDGES: ReadonlySet<string> = new Set(['global_object', 'global_proxy_object']);

/**
 * The global objects: user roots that are objects, and those of user roots that are V8's contexts. Their properties are names from
 * the source, however many there are. Cost: the edges of the root and of such contexts.
 */
export function globalObjects(arena: Arena, { header, columns, nodeTypes, edgeTypes, strings }: Graph): number[] {
  const [firstEdge, edgeTo] = [arena.view(columns.firstEdge), arena.view(columns.edgeTo)];
  const [edgeType, edgeName] = [arena.view(columns.edgeType), arena.view(columns.edgeName)];
  const nodeType = arena.view(columns.nodeType);
  const found = new Set<number>();
  for (let edge = firstEdge[header.root]; edge < firstEdge[header.root + 1]; edge++) {
    const root = edgeTo[edge];
    if (nodeType[root] === nodeTypes.object) found.add(root);
    if (nodeType[root] !== nodeTypes.hidden) continue;
    for (let inner = firstEdge[root]; inner < firstEdge[root + 1]; inner++) {
      if (edgeType[inner] === edgeTypes.internal && GLOBAL_EDGES.has(strings.text(edgeName[inner])))
        found.add(edgeTo[inner]);
    }
  }
  return [...found].sort((a, b) => a - b);
}
