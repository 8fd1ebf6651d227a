import { edgesOf, type Ordinal, type PlainGraph } from './graph.js';

export function isPlainObject(graph: PlainGraph, node: Ordinal): boolean {
  return graph.type[node] === 'object' && graph.name[node] === 'Object';
}

/** Names of the `property` edges of a node, in file order, repeated names included. */
export function propertyNames(graph: PlainGraph, node: Ordinal): string[] {
  return [...edgesOf(graph, node)]
    .filter((edge) => graph.edgeType[edge] === 'property')
    .map((edge) => String(graph.edgeName[edge]));
}

/** A property name as shown between braces: quoted where it could be mistaken for several. */
export function formatPropertyName(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}
