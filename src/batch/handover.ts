import type { AnalysedSnapshot } from '../analysis/index.js';
import { buildRetainers } from '../analysis/retainers.js';
import type { SnapshotHandover } from '../graph/snapshot-memory.js';
import type { Arena } from '../wasm/arena.js';
import { type WholeColumn, wholeNumbers } from '../wasm/region.js';

/**
 * What an opened snapshot consists of: the analysis, and columns beside it for questions that go from a node to its
 * retainers and to what it dominates. Memory: 36 bytes a node and 4 an edge more. The analysis must have kept raw sizes.
 */
export function handOver(arena: Arena, snapshot: AnalysedSnapshot): SnapshotHandover {
  const { strings, locations: _locations, lists: _lists, ephemerons: _ephemerons, ...graph } = snapshot.graph;
  const { nodeId, rawSelfSize, detachedness: _detachedness, ...columns } = graph.columns;
  const { retainedSize, dominator, distance, classOf, treeOrder, treeSize, statistics } = snapshot;
  const doubles = (column: WholeColumn) => {
    const region = arena.allocate('f64', column.low.length);
    wholeNumbers(arena.memory.buffer, column, arena.view(region));
    return region;
  };
  const treePosition = arena.allocate('u32', treeOrder.length);
  const position = arena.view(treePosition);
  for (const [at, node] of arena.view(treeOrder).entries()) position[node] = at;
  return {
    ...buildRetainers(arena, snapshot.graph),
    ...{ id: doubles(nodeId), rawSelfSize: doubles(rawSelfSize), selfSize: doubles(snapshot.selfSize) },
    ...{ retainedSize, dominator, distance, classOf, treeOrder, treeSize, treePosition, statistics },
    buffer: arena.memory.buffer,
    graph: { ...graph, columns },
    strings: strings.data,
    classNames: snapshot.classes.registry.names,
    classKeys: snapshot.classes.registry.keys,
    classes: snapshot.summaries,
  };
}
