import type { Graph } from '../graph/graph.js';
import { KIND, TAG } from '../graph/tags.js';
import type { StringTable } from '../read/string-table.js';
import { nodeUses } from '../rewrite/type-uses.js';
import { keptUses, TABLE_PROPERTIES, USE } from '../rewrite/vocabulary.js';

/** What it looks at, by ordinal or by edge. */
export interface NamedNodes extends Pick<Graph, 'header' | 'nodeTypes' | 'edgeTypes'> {
  readonly strings: Pick<StringTable, 'count' | 'text'>;
  readonly tags: Uint8Array;
  readonly nodeType: Uint8Array;
  readonly nodeName: Uint32Array;
  readonly firstEdge: Uint32Array;
  readonly edgeType: Uint8Array;
  readonly edgeName: Uint32Array;
}

/** Of a text: what is a name is shorter, and what is told by its beginning needs no more. */
const LOOKED_AT_BYTES = 1024;
/** Beside the bits of `USE`. */
const KNOWN = 0x80;

/** Which names of nodes and edges are data, as `redact` has it: they stay in the snapshot unless values are asked for. */
export class DataNames {
  readonly #graph: NamedNodes;
  readonly #useOfType: Uint8Array;
  /** By string: what it is kept for, with `KNOWN` where that has been looked up. */
  readonly #kept: Uint8Array;
  /** The node that was looked at last, whose edges are told one after the other. */
  #table = { node: -1, isTable: false };

  constructor(graph: NamedNodes) {
    this.#graph = graph;
    this.#useOfType = nodeUses(graph.header);
    this.#kept = new Uint8Array(graph.strings.count);
  }

  /** Whether nodes like this are named by what they are worth: a text, a number, a pattern, a symbol. */
  isValue(node: number): boolean {
    return this.#useOfType[this.#graph.nodeType[node]] === USE.value;
  }

  /** Whether the node's name in the file is V8's own or stands in the program's source. */
  isName(node: number): boolean {
    const { nodeType, nodeTypes, nodeName } = this.#graph;
    const type = nodeType[node];
    // What V8 calls a concatenated string says nothing; what is shown of it is its text.
    return type !== nodeTypes['concatenated string'] && (this.#keptUses(nodeName[node]) & this.#useOfType[type]) !== 0;
  }

  /** Whether a plain object, which goes by its properties, has one that is data. Cost: a look at few of its edges. */
  listsData(node: number): boolean {
    const { firstEdge, edgeType, edgeTypes, edgeName } = this.#graph;
    if (!this.#isPlain(node)) return false;
    let properties = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (edgeType[edge] !== edgeTypes.property) continue;
      if (++properties >= TABLE_PROPERTIES || !this.#isKept(edgeName[edge], USE.property)) return true;
    }
    return false;
  }

  /** Whether the name of an edge of `node` is data: a property that reads like no name, or one of a plain object that has so many that it is a table. */
  isDataEdge(edge: number, node: number): boolean {
    const { edgeType, edgeTypes, edgeName } = this.#graph;
    if (edgeType[edge] !== edgeTypes.property || this.#isKept(edgeName[edge], USE.entry)) return false;
    return !this.#isKept(edgeName[edge], USE.property) || this.#isTable(node);
  }

  #isTable(node: number): boolean {
    if (this.#table.node !== node) this.#table = { node, isTable: this.#hasManyProperties(node) };
    return this.#table.isTable;
  }

  #hasManyProperties(node: number): boolean {
    const { firstEdge, edgeType, edgeTypes } = this.#graph;
    if (!this.#isPlain(node) || firstEdge[node + 1] - firstEdge[node] < TABLE_PROPERTIES) return false;
    let properties = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1] && properties < TABLE_PROPERTIES; edge++)
      if (edgeType[edge] === edgeTypes.property) properties++;
    return properties === TABLE_PROPERTIES;
  }

  #isPlain(node: number): boolean {
    const { nodeType, nodeTypes, nodeName, tags } = this.#graph;
    return nodeType[node] === nodeTypes.object && (tags[nodeName[node]] & TAG.kind) === KIND.object;
  }

  #isKept(index: number, use: number): boolean {
    return (this.#keptUses(index) & use) !== 0;
  }

  #keptUses(index: number): number {
    if (this.#kept[index] === 0)
      this.#kept[index] = KNOWN | keptUses('names', this.#graph.strings.text(index, LOOKED_AT_BYTES));
    return this.#kept[index];
  }
}
