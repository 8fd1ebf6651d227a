import type { Graph, U32 } from '../graph/graph.js';
import { formatProperty } from '../graph/names.js';
import { KIND, TAG } from '../graph/tags.js';
import type { Arena } from '../wasm/arena.js';
import type { ClassRegistry } from './class-registry.js';
import { type InterfaceDefinition, InterfaceTree } from './interface-tree.js';

/** Room for the properties of one shape; assembly/shapes.ts shows that no more fit its text. */
const SEQUENCE = 64;
const MAX_TEXT = 120;
/** An interface has two objects at least, and one in a thousand of all plain ones. */
const LEAST_OBJECTS = 2;
const LEAST_SHARE = 1000;

/** Distinct leading property names of plain objects, numbered. */
interface Properties {
  /** String index → number, for the names marked. */
  readonly propertyOf: U32;
  /** Length of each as an interface shows it, in UTF-16 units. */
  readonly textLength: U32;
  readonly texts: readonly string[];
}

interface Shapes {
  readonly count: number;
  readonly shapeOf: U32;
  readonly counts: Uint32Array;
  readonly examples: Uint32Array;
}

/**
 * S8 for plain objects: infers the interfaces, or takes the given ones, and writes the class of every plain object that has
 * one into `classOf`. Returns the definitions used. Scratch: 4 bytes a node and a string, 16 to 24 a plain object.
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
    const objects = markProperties(arena, graph, used);
    if (objects === 0) return given ?? [];
    const properties = numberProperties(arena, graph, used);
    const shapes = collectShapes(arena, graph, properties, objects);
    const definitions = given ?? inferDefinitions(arena, graph, shapes, properties, objects);
    const tree = new InterfaceTree(definitions);
    const classes = definitions.map((definition) => registry.named(definition.name));
    const plain = registry.named('Object');
    const classOfMatch = (match: number) => (match < 0 ? plain : classes[match]);

    const classOfShape = arena.allocate('u32', shapes.count);
    const classColumn = arena.view(classOfShape);
    const walker = new PropertyWalker(arena, graph);
    for (let shape = 0; shape < shapes.count; shape++) {
      classColumn[shape] = classOfMatch(tree.match(walker.ranks(shapes.examples[shape], tree, MAX_TEXT)));
    }
    const others = arena.allocate('u32', objects);
    const count = arena.kernels.assignShapes(
      shapes.shapeOf.offset,
      graph.header.nodeCount,
      classOfShape.offset,
      others.offset,
      classOf.offset,
    );
    const column = arena.view(classOf);
    for (const node of arena.view(others).subarray(0, count)) {
      column[node] = classOfMatch(tree.match(walker.ranks(node, tree)));
    }
    return definitions;
  });
}

function markProperties(arena: Arena, graph: Graph, used: U32): number {
  const { header, columns, nodeTypes, edgeTypes, tags } = graph;
  return arena.kernels.markPropertyNames(
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
  );
}

/** Strings with the same text get the same number: only texts matter. */
function numberProperties(arena: Arena, { strings }: Graph, used: U32): Properties {
  const propertyOf = arena.allocate('u32', strings.count);
  const column = arena.view(propertyOf);
  const numbers = new Map<string, number>();
  forEachBit(arena.view(used), (index) => {
    const text = strings.identity(index);
    let number = numbers.get(text);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(text, number);
    }
    column[index] = number;
  });
  const texts = [...numbers.keys()];
  const textLength = arena.allocate('u32', texts.length);
  arena.view(textLength).set(texts.map((text) => formatProperty(text).length));
  return { propertyOf, textLength, texts };
}

export function forEachBit(words: Uint32Array, visit: (index: number) => void): void {
  for (let word = 0; word < words.length; word++) {
    for (let bits = words[word]; bits !== 0; bits &= bits - 1) visit(word * 32 + (31 - Math.clz32(bits & -bits)));
  }
}

function collectShapes(arena: Arena, graph: Graph, properties: Properties, objects: number): Shapes {
  const { header, columns, nodeTypes, edgeTypes, tags } = graph;
  const slots = 2 ** Math.ceil(Math.log2(2 * objects));
  const shapeOf = arena.allocate('u32', header.nodeCount);
  const counts = arena.allocate('u32', objects);
  const examples = arena.allocate('u32', objects);
  const count = arena.scratch(() => {
    const table = arena.allocate('u32', slots);
    const sequence = arena.allocate('u32', SEQUENCE);
    const other = arena.allocate('u32', SEQUENCE);
    return arena.kernels.collectShapes(
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
      properties.propertyOf.offset,
      properties.textLength.offset,
      table.offset,
      slots,
      sequence.offset,
      other.offset,
      shapeOf.offset,
      counts.offset,
      examples.offset,
    );
  });
  return {
    count,
    shapeOf,
    counts: arena.view(counts).subarray(0, count),
    examples: arena.view(examples).subarray(0, count),
  };
}

/** The most frequent shapes, most frequent first, ties by first appearance. */
function inferDefinitions(
  arena: Arena,
  graph: Graph,
  shapes: Shapes,
  properties: Properties,
  objects: number,
): InterfaceDefinition[] {
  const walker = new PropertyWalker(arena, graph);
  const counts = properties.texts.includes('') ? mergeByName(shapes, walker) : shapes.counts;
  const least = Math.max(LEAST_OBJECTS, objects / LEAST_SHARE);
  const frequent: number[] = [];
  for (let shape = 0; shape < shapes.count; shape++) if (counts[shape] >= least) frequent.push(shape);
  frequent.sort((a, b) => counts[b] - counts[a]);
  return frequent.map((shape) => {
    const names = walker.names(shapes.examples[shape], MAX_TEXT);
    return { name: interfaceName(names), properties: names };
  });
}

/** A leading empty property leaves no trace in the name. */
function interfaceName(properties: readonly string[]): string {
  let name = '{';
  for (const property of properties) name += (name.length > 1 ? ', ' : '') + formatProperty(property);
  return `${name}}`;
}

/** DevTools tells shapes apart by name, and empty properties make names meet: their counts go to the first. */
function mergeByName(shapes: Shapes, walker: PropertyWalker): Uint32Array {
  const counts = shapes.counts.slice();
  const firsts = new Map<string, number>();
  for (let shape = 0; shape < shapes.count; shape++) {
    const name = interfaceName(walker.names(shapes.examples[shape], MAX_TEXT));
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
  readonly #graph: Graph;
  readonly #firstEdge: Uint32Array;
  readonly #edgeType: Uint8Array;
  readonly #edgeName: Uint32Array;
  readonly #tags: Uint8Array;

  constructor(arena: Arena, graph: Graph) {
    this.#graph = graph;
    this.#firstEdge = arena.view(graph.columns.firstEdge);
    this.#edgeType = arena.view(graph.columns.edgeType);
    this.#edgeName = arena.view(graph.columns.edgeName);
    this.#tags = arena.view(graph.tags);
  }

  /** Property names in order, as many as a text of `maxText` units shows. */
  names(node: number, maxText: number): string[] {
    const names: string[] = [];
    let text = 1;
    this.#walk(node, (name) => {
      const property = this.#graph.strings.identity(name);
      const length = formatProperty(property).length;
      if (text > 1 && text + length > maxText) return false;
      text += length + (text > 1 ? 2 : 0);
      names.push(property);
      return true;
    });
    return names;
  }

  /** Ranks of the properties that occur in definitions, ascending; of the leading ones only if `maxText` is given. */
  ranks(node: number, tree: InterfaceTree, maxText?: number): number[] {
    const ranks: number[] = [];
    const add = (property: string) => {
      const rank = tree.rank(property);
      if (rank !== undefined) ranks.push(rank);
    };
    if (maxText !== undefined) this.names(node, maxText).forEach(add);
    else {
      this.#walk(node, (name) => {
        add(this.#graph.strings.identity(name));
        return true;
      });
    }
    return ranks.sort((a, b) => a - b);
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
