import { kindsOfNodes, type StatisticSums, sumsOf } from '../analysis/statistics.js';
import { offsetIf, takeU8, takeU32, type Workspace } from './workspace.js';

/** S11, as `sumStatistics` of src/analysis. Scratch: 18 bytes a node, 3 bits a node. A sweep over all edges, and one over targets. */
export function sumStatistics(workspace: Workspace): StatisticSums {
  const { arena, edges, graph } = workspace;
  const { header, edgeTypes, tags } = graph;
  const { kernels } = arena;
  return arena.scratch(() => {
    const kinds = arena.zeroed('u8', 256);
    arena.view(kinds).set(kindsOfNodes(header));
    const wanted = arena.bits(header.nodeCount);
    const once = arena.bits(header.nodeCount);
    const twice = arena.bits(header.nodeCount);
    const list = arena.allocate('u32', header.nodeCount);
    const sums = arena.zeroed('f64', 6);
    const firstEdge = takeU32(workspace, 'firstEdge');
    const low = takeU32(workspace, 'selfSize').offset;
    const high = offsetIf(workspace, 'selfSizeHigh', 'u32');
    let arrays = 0;
    arena.scratch(() => {
      const nodeType = takeU8(workspace, 'nodeType');
      const nodeName = takeU32(workspace, 'nodeName');
      const detachedness = graph.renamesDetached ? takeU8(workspace, 'detachedness').offset : 0;
      edges.sweep(arena, firstEdge, ['type', 'name', 'to'], ({ from, to, type, name, edgeTo }) => {
        arrays =
          kernels.sumKinds(
            from,
            to,
            firstEdge.offset,
            edgeTo,
            type,
            name,
            nodeType.offset,
            nodeName.offset,
            tags.offset,
            detachedness,
            low,
            high,
            kinds.offset,
            edgeTypes.internal,
            wanted.offset,
            list.offset,
            arrays,
            sums.offset,
          ) >>> 0;
      });
    });
    if (arrays > 0) {
      edges.sweep(arena, firstEdge, ['to'], ({ first, count, edgeTo }) =>
        kernels.countRetainers(edgeTo + 4 * first, count, wanted.offset, once.offset, twice.offset),
      );
      kernels.sumElements(list.offset, arrays, twice.offset, low, high, sums.offset);
    }
    return sumsOf(arena.view(sums));
  });
}
