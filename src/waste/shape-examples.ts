import type { HeapView } from '../analysis/heap-view.js';
import { flagsOf, nodesOfType } from '../analysis/node-lists.js';
import type { U8, U32 } from '../graph/graph.js';
import type { Names } from './names.js';

/** Hidden classes, ascending, in the arena, and for each of them an object that has it. */
export interface ShapeExamples {
  readonly shapes: U32;
  /** By ordinal of a hidden class: the first object that has it + 1, 0 without one; anything for other nodes. */
  readonly first: U32;
}

/**
 * The first object of each hidden class, but for what a function or a hidden class has for a prototype: such an object has a hidden class of its
 * own by design. Cost: a look at the edges of functions, and at the last ones of objects; 5 bytes a node.
 */
export function findExamples(view: HeapView, names: Names): ShapeExamples {
  const { arena, header, nodeCount, nodeTypes, edgeTypes } = view;
  const { nodeType, firstEdge, edgeType, edgeName, edgeTo } = view.snapshot.graph.columns;
  const own = header.nodeTypes.indexOf('object shape');
  // Before Node 20 they are hidden nodes among others.
  const shapes = nodesOfType(arena, view.snapshot.graph, own < 0 ? nodeTypes.hidden : own);
  const first = arena.allocate('u32', nodeCount);
  const examples = arena.view(first);
  for (const shape of arena.view(shapes)) examples[shape] = 0;
  arena.scratch(() => {
    const isPrototype = markPrototypes(view, names, shapes);
    const isMap = flagsOf(view, names.indexes('map'));
    arena.kernels.firstOfTargets(
      ...([nodeType.offset, firstEdge.offset, edgeType.offset, edgeName.offset, edgeTo.offset] as const),
      ...([nodeCount, nodeTypes.object, edgeTypes.internal] as const),
      ...([isMap.offset, isPrototype.offset, first.offset] as const),
    );
  });
  return { shapes, first };
}

/** By ordinal: what a function or a hidden class has for a prototype. */
function markPrototypes(view: HeapView, names: Names, shapes: U32): U8 {
  const { arena, nodeTypes, edgeTypes } = view;
  const { firstEdge, edgeType, edgeName, edgeTo } = view.snapshot.graph.columns;
  const isPrototype = arena.zeroed('u8', view.nodeCount);
  arena.scratch(() => {
    const isName = flagsOf(view, names.indexes('prototype'));
    for (const { offset, length } of [shapes, nodesOfType(arena, view.snapshot.graph, nodeTypes.closure)]) {
      arena.kernels.markTargets(
        ...([offset, length, firstEdge.offset, edgeType.offset, edgeName.offset, edgeTo.offset] as const),
        ...([edgeTypes.internal, edgeTypes.property, isName.offset, isPrototype.offset] as const),
      );
    }
  });
  return isPrototype;
}
