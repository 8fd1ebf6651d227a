import type { Arena } from '#src/wasm/arena.js';
import { edgesOf, type PlainGraph } from '../oracle/plain/graph.js';
import type { GraphColumns } from './graph-columns.js';
import { junk, place } from './memory.js';

export const UNOWNED = 0xffff_ffff;
export const MULTIPLE = 0xffff_fffe;

export function isOwnable(graph: PlainGraph, name: readonly string[], node: number): boolean {
  const type = graph.type[node];
  return type === 'hidden' || type === 'array' || (type === 'native' && name[node] === 'system / ExternalStringData');
}

/**
 * Who owns each node, straight from what ownership means: the self-owned nodes that reach it through ownable ones.
 * Two of them are MULTIPLE, none is UNOWNED. Time O(nodes × edges). Rule: devtools-semantics S5.
 */
export function plainOwners(graph: PlainGraph, name: readonly string[]): Uint32Array {
  const owner = Uint32Array.from(graph.type, (_, node) => (isOwnable(graph, name, node) ? UNOWNED : node));
  for (let holder = 0; holder < graph.nodeCount; holder++) {
    if (isOwnable(graph, name, holder)) continue;
    const reached = new Set([holder]);
    for (const node of reached) {
      for (const edge of edgesOf(graph, node)) {
        const target = graph.edgeTo[edge];
        if (graph.edgeType[edge] !== 'weak' && isOwnable(graph, name, target)) reached.add(target);
      }
    }
    reached.delete(holder);
    for (const node of reached) owner[node] = owner[node] === UNOWNED ? holder : MULTIPLE;
  }
  return owner;
}

/** Runs the kernel: a bit for every node that others may own, and how many they are. Without the field nothing was renamed, whatever the states are. */
export function markOwnable(arena: Arena, columns: GraphColumns, detachedness: Uint8Array) {
  const ownable = junk(arena, 'u32', Math.ceil(columns.nodes / 32));
  const count = arena.kernels.markOwnable(
    columns.nodes,
    columns.nodeType,
    columns.nodeName,
    columns.tags,
    columns.graph.detachedness ? place(arena, detachedness) : 0,
    columns.node('hidden'),
    columns.node('array'),
    columns.node('native'),
    ownable.offset,
  );
  return { ...ownable, count };
}
