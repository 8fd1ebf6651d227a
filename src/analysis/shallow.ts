import { compareText } from '../base/text-order.js';
import type { ShallowClass } from '../base/types.js';
import { resolveNodeTypes } from '../graph/graph.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Arena } from '../wasm/arena.js';
import { ClassRegistry } from './class-registry.js';
import { assignByTypeAndName } from './classes.js';

/** What nodes and strings alone say. */
export interface ShallowSums {
  readonly selfSize: number;
  /** All classes that have a member with a self size, largest first, then by name and key. */
  readonly classes: readonly ShallowClass[];
}

/** Counts and self sizes per class, as the file has them: no transfer, no interfaces, no renaming. Scratch: 4 bytes a node, 12 a string. */
export function sumShallow(arena: Arena, raw: RawSnapshot): ShallowSums {
  const { header, columns, strings } = raw;
  const registry = new ClassRegistry();
  const classOf = arena.allocate('u32', header.nodeCount);
  const graph = {
    header,
    strings,
    columns,
    nodeTypes: resolveNodeTypes(header.nodeTypes),
    detachedness: columns.nodeType,
    renamesDetached: false,
  };
  arena.scratch(() => assignByTypeAndName(arena, graph, registry, classOf));
  const numbers = arena.view(classOf);
  const low = arena.view(columns.rawSelfSize.low);
  const high = columns.rawSelfSize.high && arena.view(columns.rawSelfSize.high);
  const counts = new Float64Array(registry.size);
  const sizes = new Float64Array(registry.size);
  for (let node = 0; node < header.nodeCount; node++) {
    const size = low[node] + (high === undefined ? 0 : high[node] * 2 ** 32);
    if (size === 0) continue;
    counts[numbers[node]]++;
    sizes[numbers[node]] += size;
  }
  const classes = registry.names
    .map((name, number) => ({ key: registry.keys[number], name, count: counts[number], selfSize: sizes[number] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.selfSize - a.selfSize || compareText(a.name, b.name) || compareText(a.key, b.key));
  return { selfSize: sizes.reduce((sum, size) => sum + size, 0), classes };
}
