import type { ClassRegistry } from '../analysis/class-registry.js';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import {
  classifier,
  inferDefinitions,
  numberProperties,
  type Properties,
  SEQUENCE,
  type ShapeList,
} from '../analysis/interfaces.js';
import type { U32 } from '../graph/graph.js';
import { KIND, TAG } from '../graph/tags.js';
import { ARENA_LIMIT, tooLarge } from '../wasm/arena.js';
import { roomLeft, takeU8, takeU32, type Workspace } from './workspace.js';

/** Sequences of all shapes take a part of the room there is; pages that are not touched cost nothing. */
const SEQUENCE_SHARE = 0.5;
/** Shape of a node that has none; mirrors assembly/shapes.ts. */
const NONE = 0xffff_ffff;

/**
 * S8 for plain objects, as `assignInterfaces` of src/analysis: replaces `classOf` on the shelf. Three sweeps over types and names.
 * Scratch: 13 bytes a node, 4 a string, 16 to 24 a plain object, 4 for every property of a shape.
 */
export function assignInterfaces(
  workspace: Workspace,
  registry: ClassRegistry,
  given?: readonly InterfaceDefinition[],
): readonly InterfaceDefinition[] {
  const { arena, graph, shelf } = workspace;
  return arena.scratch(() => {
    const used = arena.bits(graph.strings.count);
    const objects = markProperties(workspace, used);
    if (objects === 0) return given ?? [];
    const properties = numberProperties(arena, graph, used);
    const shapeOf = arena.allocate('u32', graph.header.nodeCount);
    arena.view(shapeOf).fill(NONE);
    const shapes = collectShapes(workspace, properties, objects, shapeOf);
    const definitions = given ?? inferDefinitions(graph.strings, shapes, properties.hasEmpty, objects);
    const classFor = classifier(arena, graph.strings, properties, registry, definitions);
    const classOfShape = arena.allocate('u32', shapes.count);
    arena.view(classOfShape).set(Array.from(shapes.counts, (_, shape) => classFor(shapes.leading(shape))));
    const classOf = takeU32(workspace, 'classOf');
    const others = arena.allocate('u32', objects);
    const { kernels } = arena;
    const count =
      kernels.assignShapes(
        shapeOf.offset,
        graph.header.nodeCount,
        classOfShape.offset,
        others.offset,
        classOf.offset,
      ) >>> 0;
    if (count > 0) assignOthers(workspace, arena.view(others).subarray(0, count), arena.view(classOf), classFor);
    shelf.put('classOf', classOf);
    return definitions;
  });
}

function markProperties(workspace: Workspace, used: U32): number {
  const { arena, edges, graph } = workspace;
  const { root } = graph.header;
  return arena.scratch(() => {
    const firstEdge = takeU32(workspace, 'firstEdge');
    const nodeType = takeU8(workspace, 'nodeType');
    const nodeName = takeU32(workspace, 'nodeName');
    let objects = 0;
    edges.sweep(arena, firstEdge, ['type', 'name'], ({ from, to, type, name }) => {
      // Nodes are counted from the root on.
      const first = Math.max(from, root);
      if (first >= to) return;
      objects +=
        arena.kernels.markPropertyNames(
          first,
          to,
          firstEdge.offset,
          type,
          name,
          nodeType.offset,
          nodeName.offset,
          graph.tags.offset,
          graph.nodeTypes.object,
          graph.edgeTypes.property,
          used.offset,
        ) >>> 0;
    });
    return objects;
  });
}

function collectShapes(workspace: Workspace, properties: Properties, objects: number, shapeOf: U32): ShapeList {
  const { arena, edges, graph } = workspace;
  const { root } = graph.header;
  return arena.scratch(() => {
    const slots = 2 ** Math.ceil(Math.log2(2 * objects));
    const table = arena.allocate('u32', slots);
    arena.view(table).fill(NONE);
    const counts = arena.allocate('u32', objects);
    const starts = arena.allocate('u32', objects + 1);
    const sequence = arena.allocate('u32', SEQUENCE);
    const state = arena.zeroed('u32', 2);
    const firstEdge = takeU32(workspace, 'firstEdge');
    const nodeType = takeU8(workspace, 'nodeType');
    const nodeName = takeU32(workspace, 'nodeName');
    const most = Math.min(graph.header.edgeCount, SEQUENCE * objects);
    const room = Math.floor((SEQUENCE_SHARE * roomLeft(workspace)) / 4);
    const sequences = arena.allocate('u32', Math.min(most, Math.max(room, 1 << 20)));
    edges.sweep(arena, firstEdge, ['type', 'name'], ({ from, to, type, name }) => {
      const first = Math.max(from, root);
      if (first >= to) return;
      const reached = arena.kernels.collectShapesOfRange(
        first,
        to,
        state.offset,
        firstEdge.offset,
        type,
        name,
        nodeType.offset,
        nodeName.offset,
        graph.tags.offset,
        graph.nodeTypes.object,
        graph.edgeTypes.property,
        properties.propertyOf.offset,
        properties.textLength.offset,
        table.offset,
        slots,
        sequence.offset,
        shapeOf.offset,
        counts.offset,
        starts.offset,
        sequences.offset,
        sequences.length,
      );
      if (reached >>> 0 < to) throw tooLarge(4 * sequences.length + ARENA_LIMIT);
    });
    const [count, used] = arena.view(state);
    // Out of the arena, which what follows needs.
    const start = arena.view(starts).slice(0, count + 1);
    const numbers = arena.view(sequences).slice(0, used);
    return {
      count,
      counts: arena.view(counts).slice(0, count),
      leading: (shape) =>
        Array.from(numbers.subarray(start[shape], start[shape + 1]), (number) => properties.names[number]),
    };
  });
}

/** Objects with more properties than their shape shows are matched one by one. `others` is ascending. */
function assignOthers(
  workspace: Workspace,
  others: Uint32Array,
  classOf: Uint32Array,
  classFor: (names: readonly number[]) => number,
): void {
  const { arena, edges, graph } = workspace;
  const tags = arena.view(graph.tags);
  arena.scratch(() => {
    const firstEdge = takeU32(workspace, 'firstEdge');
    const starts = arena.view(firstEdge);
    let next = 0;
    edges.sweep(arena, firstEdge, ['type', 'name'], ({ to, first, count, type, name }) => {
      const types = arena.view({ kind: 'u8', offset: type + first, length: count });
      const names = arena.view({ kind: 'u32', offset: name + 4 * first, length: count });
      for (; next < others.length && others[next] < to; next++) {
        const node = others[next];
        const found: number[] = [];
        for (let edge = starts[node] - first; edge < starts[node + 1] - first; edge++) {
          if (types[edge] !== graph.edgeTypes.property || (tags[names[edge]] & TAG.kind) === KIND.proto) continue;
          found.push(names[edge]);
        }
        classOf[node] = classFor(found);
      }
    });
  });
}
