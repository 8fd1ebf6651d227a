import { edgesOf, type Ordinal, type PlainGraph, retainersOfAll } from './graph.js';

export interface PlainStatistics {
  total: number;
  native: { total: number; typedArrays: number };
  v8heap: { total: number; code: number; jsArrays: number; strings: number; system: number };
}

const STRING_TYPES = new Set(['string', 'concatenated string', 'sliced string']);

/** Self size of an array and of its first `elements`, where all edges of the snapshot to those elements are one. */
function arraySize(graph: PlainGraph, selfSize: Float64Array, retainers: number[][], node: Ordinal): number {
  for (const edge of edgesOf(graph, node)) {
    if (graph.edgeType[edge] !== 'internal' || graph.edgeName[edge] !== 'elements') continue;
    const elements = graph.edgeTo[edge];
    return selfSize[node] + (retainers[elements].length === 1 ? selfSize[elements] : 0);
  }
  return selfSize[node];
}

/**
 * Sums by kind of memory. `name` holds the names after S10, `selfSize` the sizes after S5; `rootRetained` is the
 * retained size of the root. Rule: devtools-semantics S11.
 */
export function plainStatistics(
  graph: PlainGraph,
  name: readonly string[],
  selfSize: Float64Array,
  rootRetained: number,
): PlainStatistics {
  const total = rootRetained + graph.extraNativeBytes;
  const native = { total: graph.extraNativeBytes, typedArrays: 0 };
  const v8heap = { total: 0, code: 0, jsArrays: 0, strings: 0, system: 0 };
  const retainers = retainersOfAll(graph);
  for (const [node, type] of graph.type.entries()) {
    const size = selfSize[node];
    if (type === 'hidden') v8heap.system += size;
    else if (type === 'native') {
      native.total += size;
      if (name[node] === 'system / JSArrayBufferData') native.typedArrays += size;
    } else if (type === 'code') v8heap.code += size;
    else if (STRING_TYPES.has(type)) v8heap.strings += size;
    else if (name[node] === 'Array') v8heap.jsArrays += arraySize(graph, selfSize, retainers, node);
  }
  v8heap.total = total - native.total;
  return { total, native, v8heap };
}
