import type { HeapView } from '../analysis/heap-view.js';
import type { U8, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import { addressesOf, type ColumnAddresses } from './columns.js';
import type { Names } from './names.js';
import { flagsOf, nodesOfType } from './node-list.js';
import type { Kernels } from './texts.js';

/** Hidden classes, and what it takes to find an object with each of them: plain data, for any thread. */
export interface ExamplePlan {
  /** Ascending, in the arena. */
  readonly shapes: U32;
  /** By ordinal of a hidden class: the first object that has it + 1, 0 without one; anything for other nodes. */
  readonly first: U32;
  readonly closures: U32;
  readonly isPrototype: U8;
  /** By string. */
  readonly isPrototypeName: U8;
  readonly isMapName: U8;
  readonly nodeCount: number;
  readonly types: { readonly object: number; readonly internal: number; readonly property: number };
  readonly columns: ColumnAddresses;
}

/** Cost: passes over the types of the nodes, and 5 bytes a node. */
export function planExamples(arena: Arena, view: HeapView, names: Names): ExamplePlan {
  const { header, nodeCount, nodeTypes, edgeTypes } = view;
  const own = header.nodeTypes.indexOf('object shape');
  // Before Node 20 they are hidden nodes among others.
  const shapes = nodesOfType(arena, view, own < 0 ? nodeTypes.hidden : own);
  const first = arena.allocate('u32', nodeCount);
  const examples = arena.view(first);
  for (const shape of arena.view(shapes)) examples[shape] = 0;
  return {
    ...{ shapes, first, nodeCount },
    closures: nodesOfType(arena, view, nodeTypes.closure),
    isPrototype: arena.zeroed('u8', nodeCount),
    isPrototypeName: flagsOf(arena, view, names.indexes('prototype')),
    isMapName: flagsOf(arena, view, names.indexes('map')),
    types: { object: nodeTypes.object, internal: edgeTypes.internal, property: edgeTypes.property },
    columns: addressesOf(view),
  };
}

/**
 * The first object of each hidden class, but for what a function or a hidden class has for a prototype: such an object has a hidden class of its
 * own by design. Cost: a look at the edges of functions, and at the last ones of objects.
 */
export function findExamples({ kernels }: Pick<Kernels, 'kernels'>, plan: ExamplePlan): void {
  const { shapes, closures, isPrototype, isPrototypeName, isMapName, first, nodeCount, types, columns } = plan;
  const { nodeType, firstEdge, edgeType, edgeName, edgeTo } = columns;
  for (const { offset, length } of [shapes, closures]) {
    kernels.markTargets(
      ...([offset, length, firstEdge, edgeType, edgeName, edgeTo] as const),
      ...([types.internal, types.property, isPrototypeName.offset, isPrototype.offset] as const),
    );
  }
  kernels.firstOfTargets(
    ...([nodeType, firstEdge, edgeType, edgeName, edgeTo, nodeCount, types.object, types.internal] as const),
    ...([isMapName.offset, isPrototype.offset, first.offset] as const),
  );
}
