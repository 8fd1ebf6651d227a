import type { Ordinal } from '../base/types.js';
import { TAG } from '../graph/tags.js';
import { DataNames } from '../picture/data-names.js';
import { PART_OF_KEY } from '../rewrite/vocabulary.js';
import type { ExploredGraph } from './explored-graph.js';

/** What of the names of a graph is told. */
export class ToldNames {
  readonly #graph: ExploredGraph;
  readonly #data: DataNames;

  constructor(graph: ExploredGraph) {
    this.#graph = graph;
    this.#data = new DataNames(graph);
  }

  /** Whether the name of a node is a value: of any node but a number that V8 calls one, whatever it says. */
  isValue(node: Ordinal): boolean {
    const { nodeType, nodeTypes } = this.#graph;
    return this.#data.isValue(node) && !(nodeType[node] === nodeTypes.number && this.#data.isName(node));
  }

  /** Whether the name that a node has in the file may be searched: what nobody is told must not be found by parts of it. */
  isSearched(node: Ordinal): boolean {
    return !this.isValue(node) && this.#data.isName(node);
  }

  /** Whether a node that is no value goes by its class: an element by its tag, an object by `Object` where a property of it is data. */
  goesByClass(node: Ordinal): boolean {
    return !this.#data.isName(node) || this.#data.listsData(node);
  }

  /** The name of an edge of `node`, without what V8 has put of values into those of WeakMap pairs; null where it is data. */
  edge(edge: number, node: Ordinal): string | number | null {
    if (this.#data.isDataEdge(edge, node)) return null;
    const { names, tags, edgeName } = this.#graph;
    const name = names.edge(edge);
    if (typeof name === 'number') return name;
    // One that V8 had to cut has no tag.
    const isPair = (tags[edgeName[edge]] & TAG.ephemeron) !== 0 || PART_OF_KEY.test(name);
    return isPair ? pairLabel(name) : name;
  }
}

const LEAD = /^\d+ \/ part of key \(/;
const TAIL = / @\d+\) pair in WeakMap \(table @\d+\)$/;
const KEY_END = / @\d+\) -> value \(/g;

function pairLabel(name: string): string {
  const lead = LEAD.exec(name)?.[0] ?? '';
  const tail = TAIL.exec(name);
  KEY_END.lastIndex = lead.length;
  const middle = KEY_END.exec(name);
  if (tail === null || middle === null || lead === '') return 'pair in WeakMap';
  return `${lead}…${middle[0]}…${tail[0]}`;
}
