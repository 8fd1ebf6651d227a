import type { Graph, U32 } from '../graph/graph.js';
import { formatProperty } from '../graph/names.js';
import { KIND, TAG } from '../graph/tags.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import type { ClassRegistry } from './class-registry.js';
import { type InterfaceDefinition, InterfaceTree } from './interface-tree.js';

/** Room for the properties of one shape; assembly/shapes.ts shows that no more fit its text. */
export const SEQUENCE = 64;
/** Objects remembered for others to be compared with; a power of two. */
const RECENT_EXAMPLES = 16_384;
// What a shape shows; mirrors assembly/shapes.ts.
const MAX_TEXT = 120;
const MAX_PROPERTIES = 61;
/** An interface has two objects at least, and one in a thousand of all plain ones. */
const LEAST_OBJECTS = 2;
const LEAST_SHARE = 1000;

/** Distinct leading property names of plain objects, numbered. */
export interface Properties {
  /** One bit a string: whether it is one of the names. */
  readonly used: U32;
  /** String index → number, for those. */
  readonly propertyOf: U32;
  /** A string index of each. */
  readonly names: readonly number[];
  /** `StringTable.identity` of each. */
  readonly identities: readonly string[];
  /** Length of each as an interface shows it, in UTF-16 units. */
  readonly textLength: U32;
  /** Whether one of them is the empty string. */
  readonly hasEmpty: boolean;
}

/** The shapes of a snapshot's plain objects. */
export interface ShapeList {
  readonly count: number;
  /** Objects of each. */
  readonly counts: Uint32Array;
  /** String indexes of the property names that a shape shows, in order. */
  leading(shape: number): readonly number[];
}

interface Shapes extends ShapeList {
  readonly shapeOf: U32;
}

/**
 * S8 for plain objects: infers the interfaces, or takes the given ones, and writes the class of every plain object that has
 * one into `classOf`. Returns the definitions used. Scratch: 4 bytes a node and a string, 4 a plain object, 16 to 24 an example of them.
 */
export function assignInterfaces(
  arena: Arena,
  graph: Graph,
  registry: ClassRegistry,
  classOf: U32,
  given?: readonly InterfaceDefinition[],
): readonly InterfaceDefinition[] {
  return arena.scratch(() => {
    const used = arena.bits(graph.strings.count);
    const shapeOf = arena.allocate('u32', graph.header.nodeCount);
    const { objects, examples } = findExamples(arena, graph, used, shapeOf);
    if (objects === 0) return given ?? [];
    const properties = numberProperties(arena, graph, used);
    const shapes = collectShapes(arena, graph, properties, examples, shapeOf);
    const definitions = given ?? inferDefinitions(graph.strings, shapes, properties.hasEmpty, objects);
    const classFor = classifier(arena, graph.strings, properties, registry, definitions);

    const classOfShape = arena.allocate('u32', shapes.count);
    const classColumn = arena.view(classOfShape);
    for (let shape = 0; shape < shapes.count; shape++) classColumn[shape] = classFor(shapes.leading(shape));
    const others = arena.allocate('u32', objects);
    const count = arena.kernels.assignShapes(
      shapes.shapeOf.offset,
      graph.header.nodeCount,
      classOfShape.offset,
      others.offset,
      classOf.offset,
    );
    const column = arena.view(classOf);
    const walker = new PropertyWalker(arena, graph);
    for (const node of arena.view(others).subarray(0, count)) column[node] = classFor(walker.all(node));
    return definitions;
  });
}

/** The class of a plain object with properties of these names, as string indexes. */
export function classifier(
  arena: Arena,
  strings: StringTable,
  properties: Properties,
  registry: ClassRegistry,
  definitions: readonly InterfaceDefinition[],
): (names: readonly number[]) => number {
  const tree = new InterfaceTree(definitions);
  const classes = definitions.map(({ name, properties: names }) => registry.named(name, interfaceName(names)));
  const plain = registry.named('Object');
  const rankOf = ranker(arena, strings, properties, tree);
  return (names) => {
    const ranks: number[] = [];
    for (const name of names) {
      const rank = rankOf(name);
      if (rank !== undefined) ranks.push(rank);
    }
    const match = tree.match(ranks.sort((a, b) => a - b));
    return match < 0 ? plain : classes[match];
  };
}

/** Ranks of names, undefined for those that no definition has. Most are numbered: their texts are not looked at again. */
function ranker(
  arena: Arena,
  strings: StringTable,
  { used, propertyOf, identities }: Properties,
  tree: InterfaceTree,
): (name: number) => number | undefined {
  const ranks = identities.map((identity) => tree.rank(identity));
  const [words, numbers] = [arena.view(used), arena.view(propertyOf)];
  return (name) => {
    const isNumbered = ((words[name >>> 5] >>> (name & 31)) & 1) === 1;
    return isNumbered ? ranks[numbers[name]] : tree.rank(strings.identity(name));
  };
}

/**
 * Finds what most objects repeat; marks in `used` the property names that shapes can show. Returns how many plain objects there are, and
 * how many of them are examples.
 */
function findExamples(
  arena: Arena,
  graph: Graph,
  used: U32,
  exampleOf: U32,
): { readonly objects: number; readonly examples: number } {
  const { header, columns, nodeTypes, edgeTypes, tags } = graph;
  return arena.scratch(() => {
    const recent = arena.allocate('u32', RECENT_EXAMPLES);
    const examples = arena.allocate('u32', 1);
    const objects = arena.kernels.findExamples(
      columns.firstEdge.offset,
      columns.edgeType.offset,
      columns.edgeName.offset,
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      header.nodeCount,
      header.root,
      nodeTypes.object,
      edgeTypes.property,
      used.offset,
      recent.offset,
      recent.length,
      exampleOf.offset,
      examples.offset,
    );
    return { objects, examples: arena.view(examples)[0] };
  });
}

/** Strings that are the same name get the same number. */
export function numberProperties(arena: Arena, { strings }: Pick<Graph, 'strings'>, used: U32): Properties {
  const propertyOf = arena.allocate('u32', strings.count);
  const column = arena.view(propertyOf);
  const numbers = new Map<string, number>();
  const names: number[] = [];
  const identities: string[] = [];
  const lengths: number[] = [];
  withBits(arena, used, strings.count, (indexes) => {
    for (const index of indexes) {
      const text = strings.text(index);
      const identity = strings.identity(index, text);
      let number = numbers.get(identity);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(identity, number);
        names.push(index);
        identities.push(identity);
        lengths.push(formatProperty(text).length);
      }
      column[index] = number;
    }
  });
  const textLength = arena.allocate('u32', lengths.length);
  arena.view(textLength).set(lengths);
  return { used, propertyOf, names, identities, textLength, hasEmpty: numbers.has('') };
}

/** Runs `work` on the positions of the bits set in `words`, one for each of `count`. Scratch: 4 bytes a position. */
export function withBits<T>(arena: Arena, words: U32, count: number, work: (positions: Uint32Array) => T): T {
  return arena.scratch(() => {
    const list = arena.allocate('u32', count);
    return work(arena.view(list).subarray(0, arena.kernels.listBits(words.offset, count, list.offset)));
  });
}

function collectShapes(arena: Arena, graph: Graph, properties: Properties, examples: number, shapeOf: U32): Shapes {
  const { header, columns, edgeTypes, tags } = graph;
  const slots = 2 ** Math.ceil(Math.log2(2 * examples));
  const counts = arena.allocate('u32', examples);
  const exampleOf = arena.allocate('u32', examples);
  const count = arena.scratch(() => {
    const table = arena.allocate('u32', slots);
    const sequence = arena.allocate('u32', SEQUENCE);
    const other = arena.allocate('u32', SEQUENCE);
    return arena.kernels.collectShapes(
      columns.firstEdge.offset,
      columns.edgeType.offset,
      columns.edgeName.offset,
      tags.offset,
      header.nodeCount,
      edgeTypes.property,
      properties.propertyOf.offset,
      properties.textLength.offset,
      table.offset,
      slots,
      sequence.offset,
      other.offset,
      shapeOf.offset,
      counts.offset,
      exampleOf.offset,
    );
  });
  const walker = new PropertyWalker(arena, graph);
  const example = arena.view(exampleOf);
  return {
    count,
    shapeOf,
    counts: arena.view(counts).subarray(0, count),
    leading: (shape) => walker.leading(example[shape], properties),
  };
}

/** The most frequent shapes, most frequent first, ties by first appearance. */
export function inferDefinitions(
  strings: StringTable,
  shapes: ShapeList,
  hasEmpty: boolean,
  objects: number,
): InterfaceDefinition[] {
  const counts = hasEmpty ? mergeByName(shapes, strings) : shapes.counts;
  const least = Math.max(LEAST_OBJECTS, objects / LEAST_SHARE);
  const frequent: number[] = [];
  for (let shape = 0; shape < shapes.count; shape++) if (counts[shape] >= least) frequent.push(shape);
  frequent.sort((a, b) => counts[b] - counts[a]);
  return frequent.map((shape) => {
    const leading = shapes.leading(shape);
    return {
      name: interfaceName(leading.map((name) => strings.text(name))),
      properties: leading.map((name) => strings.identity(name)),
    };
  });
}

/** A leading empty property leaves no trace in the name. */
function interfaceName(properties: readonly string[]): string {
  let name = '{';
  for (const property of properties) name += (name.length > 1 ? ', ' : '') + formatProperty(property);
  return `${name}}`;
}

/** DevTools tells shapes apart by name, and empty properties make names meet: their counts go to the first. */
function mergeByName(shapes: ShapeList, strings: StringTable): Uint32Array {
  const counts = shapes.counts.slice();
  const firsts = new Map<string, number>();
  for (let shape = 0; shape < shapes.count; shape++) {
    const name = interfaceName(shapes.leading(shape).map((property) => strings.identity(property)));
    const first = firsts.get(name);
    if (first === undefined) {
      firsts.set(name, shape);
    } else {
      counts[first] += counts[shape];
      counts[shape] = 0;
    }
  }
  return counts;
}

/** Reads the properties of single objects. */
class PropertyWalker {
  readonly #arena: Arena;
  readonly #graph: Graph;
  readonly #firstEdge: Uint32Array;
  readonly #edgeType: Uint8Array;
  readonly #edgeName: Uint32Array;
  readonly #tags: Uint8Array;

  constructor(arena: Arena, graph: Graph) {
    this.#arena = arena;
    this.#graph = graph;
    this.#firstEdge = arena.view(graph.columns.firstEdge);
    this.#edgeType = arena.view(graph.columns.edgeType);
    this.#edgeName = arena.view(graph.columns.edgeName);
    this.#tags = arena.view(graph.tags);
  }

  /** Names of the properties that the node's shape shows, in order; assembly/shapes.ts has the rule. */
  leading(node: number, { propertyOf, textLength }: Properties): number[] {
    const names: number[] = [];
    const [numbers, lengths] = [this.#arena.view(propertyOf), this.#arena.view(textLength)];
    let text = 1;
    this.#walk(node, (name) => {
      // A name behind these may have no number.
      if (names.length === MAX_PROPERTIES) return false;
      const length = lengths[numbers[name]];
      if (text > 1 && text + length > MAX_TEXT) return false;
      text += length + (text > 1 ? 2 : 0);
      names.push(name);
      return true;
    });
    return names;
  }

  /** Names of all properties. */
  all(node: number): number[] {
    const names: number[] = [];
    this.#walk(node, (name) => {
      names.push(name);
      return true;
    });
    return names;
  }

  #walk(node: number, visit: (name: number) => boolean): void {
    const { edgeTypes } = this.#graph;
    for (let edge = this.#firstEdge[node]; edge < this.#firstEdge[node + 1]; edge++) {
      const name = this.#edgeName[edge];
      if (this.#edgeType[edge] !== edgeTypes.property || (this.#tags[name] & TAG.kind) === KIND.proto) continue;
      if (!visit(name)) return;
    }
  }
}
