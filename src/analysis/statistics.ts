import type { Statistics } from '../base/types.js';
import type { Graph } from '../graph/graph.js';
import type { Header } from '../read/header.js';
import type { Arena } from '../wasm/arena.js';
import type { WholeColumn } from '../wasm/region.js';

/** What each node type counts as; mirrors assembly/statistics.ts. Types not listed count as arrays if named `Array`. */
const KIND_OF_TYPE: ReadonlyMap<string, number> = new Map([
  ['hidden', 1],
  ['native', 2],
  ['code', 3],
  ['string', 4],
  ['concatenated string', 4],
  ['sliced string', 4],
]);

/** Bytes by kind of memory, before the header's own native bytes. */
export interface StatisticSums {
  readonly system: number;
  readonly native: number;
  readonly typedArrays: number;
  readonly code: number;
  readonly strings: number;
  readonly jsArrays: number;
}

/** S11 over all nodes. Scratch: 3 bits a node, 4 bytes an array. */
export function sumStatistics(arena: Arena, graph: Graph, selfSize: WholeColumn): StatisticSums {
  const { header, columns, edgeTypes, tags } = graph;
  return arena.scratch(() => {
    const kinds = arena.zeroed('u8', 256);
    arena.view(kinds).set(kindsOfNodes(header));
    const wanted = arena.bits(header.nodeCount);
    const once = arena.bits(header.nodeCount);
    const twice = arena.bits(header.nodeCount);
    const list = arena.allocate('u32', header.nodeCount);
    const sums = arena.zeroed('f64', 6);
    const { low, high } = selfSize;
    const highOffset = high?.offset ?? 0;
    const arrays = arena.kernels.sumKinds(
      0,
      header.nodeCount,
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      columns.edgeName.offset,
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      graph.renamesDetached ? graph.detachedness.offset : 0,
      low.offset,
      highOffset,
      kinds.offset,
      edgeTypes.internal,
      wanted.offset,
      list.offset,
      0,
      sums.offset,
    );
    if (arrays > 0) {
      const { edgeTo } = columns;
      arena.kernels.countRetainers(edgeTo.offset, header.edgeCount, wanted.offset, once.offset, twice.offset);
      arena.kernels.sumElements(list.offset, arrays, twice.offset, low.offset, highOffset, sums.offset);
    }
    return sumsOf(arena.view(sums));
  });
}

/** What each of the file's node types counts as. */
export function kindsOfNodes({ nodeTypes }: Header): number[] {
  return nodeTypes.map((type) => KIND_OF_TYPE.get(type) ?? 0);
}

/** The kernels' sums by name. */
export function sumsOf([system, native, typedArrays, code, strings, jsArrays]: Float64Array): StatisticSums {
  return { system, native, typedArrays, code, strings, jsArrays };
}

/** S11: the total is the root's retained size and the header's native bytes. */
export function statisticsOf(
  { header }: Pick<Graph, 'header'>,
  sums: StatisticSums,
  retainedOfRoot: number,
): Statistics {
  const total = retainedOfRoot + header.extraNativeBytes;
  const native = sums.native + header.extraNativeBytes;
  const { typedArrays, code, jsArrays, strings, system } = sums;
  return {
    total,
    native: { total: native, typedArrays },
    v8heap: { total: total - native, code, jsArrays, strings, system },
  };
}
