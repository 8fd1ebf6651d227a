import { edgesOf, type PlainGraph } from '../oracle/plain/graph.js';
import { isDictionary, isSkipped, type PathRules, type PlainPath } from '../oracle/plain/paths.js';
import { parseWeakMapPair } from '../oracle/plain/weak-map-pair.js';

/** What a graph can have that the rule of paths tells apart. */
export const PATH_KINDS = [
  'numbered edge',
  'named edge',
  'WeakMap pair',
  'entry of a dictionary',
  'property of a spared dictionary',
  'property of 31',
  'weak edge',
  'skipped link of descriptors',
  'link of descriptors',
  'sloppy function map',
  'repeated step',
  'repeated step of a longer cycle',
  'cycle of edges',
  'several ways',
  'unreached node',
  'system node',
  'no user root',
  'node told by its type',
] as const;

export type PathKind = (typeof PATH_KINDS)[number];

interface Told {
  readonly graph: PlainGraph;
  readonly distance: ArrayLike<number>;
  readonly rules: PathRules;
  readonly paths: readonly (PlainPath | undefined)[];
}

/** Those that a graph has, each once. */
export function kindsOf(told: Told): Set<PathKind> {
  const kinds = new Set<PathKind>();
  const { graph, distance, paths } = told;
  if (distance[graph.root] === 0) kinds.add('no user root');
  for (let node = 0; node < graph.nodeCount; node++) {
    if (distance[node] < 0) kinds.add('unreached node');
    if (distance[node] > 100_000_000) kinds.add('system node');
    if (paths[node] && told.rules.labelOfType(graph.type[node]) !== 0) kinds.add('node told by its type');
    const repeated = paths[node]?.trail.slice(1).findIndex(({ step }) => step === paths[node]?.step) ?? -1;
    if (repeated === 0) kinds.add('repeated step');
    if (repeated > 0) kinds.add('repeated step of a longer cycle');
    const sources = new Set<number>();
    for (const edge of edgesOf(graph, node)) addKindsOfEdge(told, edge, kinds);
    for (const [edge, from] of graph.edgeFrom.entries()) {
      if (graph.edgeTo[edge] === node && distance[from] + 1 === distance[node] && distance[from] >= 0)
        sources.add(from);
    }
    if (sources.size > 1) kinds.add('several ways');
  }
  return kinds;
}

function addKindsOfEdge({ graph, distance, rules }: Told, edge: number, kinds: Set<PathKind>): void {
  const [from, to, name] = [graph.edgeFrom[edge], graph.edgeTo[edge], graph.edgeName[edge]];
  if (distance[from] >= 0 && distance[to] >= 0 && distance[to] < distance[from]) kinds.add('cycle of edges');
  if (distance[from] < 0 || distance[from] + 1 !== distance[to]) return;
  if (graph.edgeType[edge] === 'weak') kinds.add('weak edge');
  const isDescriptors = graph.type[from] === 'array' && graph.name[from] === '(map descriptors)';
  if (isSkipped(graph, edge)) {
    if (isDescriptors) kinds.add('skipped link of descriptors');
    else if (name === 'sloppy_function_map') kinds.add('sloppy function map');
    return;
  }
  if (isDescriptors) kinds.add('link of descriptors');
  kinds.add(typeof name === 'number' ? 'numbered edge' : 'named edge');
  if (typeof name === 'string' && parseWeakMapPair('internal', name)) kinds.add('WeakMap pair');
  if (graph.edgeType[edge] !== 'property') return;
  const properties = [...edgesOf(graph, from)].filter((other) => graph.edgeType[other] === 'property').length;
  if (properties === 31) kinds.add('property of 31');
  if (isDictionary(graph, from, rules)) kinds.add('entry of a dictionary');
  else if (properties > 31) kinds.add('property of a spared dictionary');
}
