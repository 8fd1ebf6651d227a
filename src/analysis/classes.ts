import { compareText } from '../base/text-order.js';
import type { ClassSummary } from '../base/types.js';
import type { Graph, U32 } from '../graph/graph.js';
import { DETACHED } from '../read/marked-strings.js';
import type { Arena } from '../wasm/arena.js';
import { ClassRegistry } from './class-registry.js';
import { type ClassSums, type NodeFigures, sumClasses } from './class-sums.js';
import type { InterfaceDefinition } from './interface-tree.js';
import { assignInterfaces, withBits } from './interfaces.js';
import { LocatedClasses } from './located-classes.js';

/**
 * Node types whose class has a name of its own; every other type but `object` and `native` is `(type)`. A Map, since a file
 * may call a type `constructor`.
 */
const TYPE_CLASSES: ReadonlyMap<string, string> = new Map([
  ['hidden', '(system)'],
  ['code', '(compiled code)'],
  ['closure', 'Function'],
  ['regexp', 'RegExp'],
]);
const NAMED_BY_NODE: readonly string[] = ['object', 'native'];

export interface Classes {
  /** Names and keys by class number. */
  readonly registry: ClassRegistry;
  readonly interfaces: readonly InterfaceDefinition[];
}

/**
 * S8: writes the class number of every node into `classOf`. With `interfaces` given, plain objects take those instead of
 * their own snapshot's, so that classes of several snapshots can be compared. Scratch: 8 bytes a string, 4 a node.
 */
export function assignClasses(
  arena: Arena,
  graph: Graph,
  classOf: U32,
  interfaces?: readonly InterfaceDefinition[],
): Classes {
  const registry = new ClassRegistry();
  arena.scratch(() => assignByTypeAndName(arena, graph, registry, classOf));
  const used = assignInterfaces(arena, graph, registry, classOf, interfaces);
  new LocatedClasses(registry).assign(arena, graph, classOf);
  return { registry, interfaces: used };
}

/** What classes are told from but for plain objects and places. */
export type TypesAndNames = Pick<Graph, 'header' | 'strings' | 'nodeTypes' | 'detachedness' | 'renamesDetached'> & {
  readonly columns: Pick<Graph['columns'], 'nodeType' | 'nodeName'>;
};

/** The class of every node from its type or its name. Scratch: 8 bytes a string. */
export function assignByTypeAndName(arena: Arena, graph: TypesAndNames, registry: ClassRegistry, classOf: U32): void {
  const { header, columns, strings, nodeTypes } = graph;
  const { kernels } = arena;
  const nodes = header.nodeCount;
  const detachedness = graph.renamesDetached ? graph.detachedness.offset : 0;
  const classOfType = arena.zeroed('u32', 256);
  const typeColumn = arena.view(classOfType);
  for (const [code, type] of header.nodeTypes.entries()) {
    if (!NAMED_BY_NODE.includes(type)) typeColumn[code] = registry.named(TYPE_CLASSES.get(type) ?? `(${type})`);
  }
  const used = arena.bits(strings.count);
  const usedDetached = arena.bits(strings.count);
  kernels.markClassNames(
    columns.nodeType.offset,
    columns.nodeName.offset,
    detachedness,
    nodes,
    nodeTypes.native,
    classOfType.offset,
    used.offset,
    usedDetached.offset,
  );
  const number = (marked: U32, prefix: string): U32 => {
    const numbers = arena.allocate('u32', strings.count);
    const column = arena.view(numbers);
    withBits(arena, marked, strings.count, (indexes) => {
      for (const index of indexes) {
        const text = strings.text(index);
        const name = classNameOf(prefix + text);
        column[index] = registry.named(name, classNameOf(prefix + strings.identity(index, text)));
      }
    });
    return numbers;
  };
  const classOfName = number(used, '');
  const classOfDetachedName = number(usedDetached, DETACHED);
  kernels.assignClasses(
    columns.nodeType.offset,
    columns.nodeName.offset,
    detachedness,
    nodes,
    nodeTypes.native,
    classOfType.offset,
    classOfName.offset,
    classOfDetachedName.offset,
    classOf.offset,
  );
}

/** Elements are grouped by their tag: `<div id="a">` is a `<div>`. */
function classNameOf(name: string): string {
  const tag = name.startsWith('<') ? 0 : name.startsWith(`${DETACHED}<`) ? DETACHED.length + 1 : -1;
  const space = tag < 0 ? -1 : name.indexOf(' ', tag);
  return space < 0 ? name : `${name.slice(0, space)}>`;
}

/** S9: the classes that have a member with a self size, from all figures. Scratch: 28 bytes a class. */
export function summarizeClasses(
  arena: Arena,
  { header }: Pick<Graph, 'header'>,
  { registry }: Pick<Classes, 'registry'>,
  classOf: U32,
  figures: NodeFigures,
): ClassSummary[] {
  const members = { nodes: header.nodeCount, classes: registry.size, classOf };
  return summariesOf(registry, sumClasses(arena, members, figures));
}

/** The classes that have a member, largest retained size first, then by name and key. */
export function summariesOf(registry: ClassRegistry, sums: ClassSums): ClassSummary[] {
  const summaries: ClassSummary[] = [];
  for (let number = 1; number < registry.size; number++) {
    if (sums.count[number] === 0) continue;
    summaries.push({
      key: registry.keys[number],
      name: registry.names[number],
      count: sums.count[number],
      selfSize: sums.selfSize[number],
      retainedSize: sums.retainedSize[number],
      distance: sums.distance[number],
    });
  }
  return summaries.sort(byRetainedSize);
}

function byRetainedSize(a: ClassSummary, b: ClassSummary): number {
  return b.retainedSize - a.retainedSize || compareText(a.name, b.name) || compareText(a.key, b.key);
}
