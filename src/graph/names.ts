import type { StringTable } from '../read/string-table.js';
import type { Column, ColumnMemory } from './column.js';
import type { Graph } from './graph.js';
import { KIND, TAG } from './tags.js';

/** A display name stops growing here (S8). */
const MAX_JOINED = 1024;
const MAX_OBJECT_NAME = 100;

/** Texts by string index. */
export type Texts = Pick<StringTable, 'text'>;

/** What `NodeNames` reads of a graph: also what a worker hands over. */
export interface NamedGraph
  extends Pick<Graph, 'header' | 'nodeTypes' | 'edgeTypes' | 'tags' | 'detachedness' | 'renamesDetached'> {
  readonly columns: Pick<Graph['columns'], 'nodeType' | 'nodeName' | 'firstEdge' | 'edgeType' | 'edgeName' | 'edgeTo'>;
  readonly strings: Texts;
}

/** A property name inside an object's display name: quoted where its characters could be taken for the list's own. */
export function formatProperty(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}

/** Display names of nodes and edges (S8), computed when asked for. */
export class NodeNames {
  readonly #graph: NamedGraph;
  readonly #nodeType: Column<'u8'>;
  readonly #nodeName: Column<'u32'>;
  readonly #firstEdge: Column<'u32'>;
  readonly #edgeType: Column<'u8'>;
  readonly #edgeName: Column<'u32'>;
  readonly #edgeTo: Column<'u32'>;
  readonly #tags: Column<'u8'>;
  readonly #detachedness: Column<'u8'>;

  constructor(graph: NamedGraph, memory: ColumnMemory) {
    this.#graph = graph;
    const { columns } = graph;
    this.#nodeType = memory.column(columns.nodeType);
    this.#nodeName = memory.column(columns.nodeName);
    this.#firstEdge = memory.column(columns.firstEdge);
    this.#edgeType = memory.column(columns.edgeType);
    this.#edgeName = memory.column(columns.edgeName);
    this.#edgeTo = memory.column(columns.edgeTo);
    this.#tags = memory.column(graph.tags);
    this.#detachedness = memory.column(graph.detachedness);
  }

  /** The name as later passes see it: what the file says, after the renaming of S10. */
  raw(node: number): string {
    const { strings, nodeTypes, renamesDetached } = this.#graph;
    const text = strings.text(this.#nodeName.at(node));
    const renamed =
      renamesDetached && this.#nodeType.at(node) === nodeTypes.native && this.#detachedness.at(node) === 2;
    return renamed ? `Detached ${text}` : text;
  }

  /** The name as DevTools shows it. */
  display(node: number): string {
    const { nodeTypes } = this.#graph;
    const type = this.#nodeType.at(node);
    if (type === nodeTypes['concatenated string']) return this.#joined(node);
    const isPlain = type === nodeTypes.object && (this.#tags.at(this.#nodeName.at(node)) & TAG.kind) === KIND.object;
    return isPlain ? this.#objectName(node) : this.raw(node);
  }

  edge(edge: number): string | number {
    const { header, strings } = this.#graph;
    const type = header.edgeTypes[this.#edgeType.at(edge)];
    const name = this.#edgeName.at(edge);
    return type === 'element' || type === 'hidden' ? name : strings.text(name);
  }

  /** A concatenated string's text, left to right, without recursion: cycles end because the text stops growing. */
  #joined(node: number): string {
    const { header, nodeTypes } = this.#graph;
    const stack = [node];
    let text = '';
    // A cycle of empty parts would never reach the length: the number of steps is bounded too.
    for (
      let steps = 0;
      stack.length > 0 && text.length < MAX_JOINED && steps < header.nodeCount + MAX_JOINED;
      steps++
    ) {
      const next = stack.pop() as number;
      if (this.#nodeType.at(next) !== nodeTypes['concatenated string']) {
        text += this.raw(next);
        continue;
      }
      const [first, second] = this.#parts(next);
      stack.push(second, first);
    }
    return text;
  }

  /** A missing part is node 0: as a rule the root, whose name is empty. */
  #parts(node: number): [number, number] {
    const { strings, edgeTypes } = this.#graph;
    let first = 0;
    let second = 0;
    const end = this.#firstEdge.at(node + 1);
    for (let edge = this.#firstEdge.at(node); edge < end && (first === 0 || second === 0); edge++) {
      if (this.#edgeType.at(edge) !== edgeTypes.internal) continue;
      const name = strings.text(this.#edgeName.at(edge));
      if (name === 'first') first = this.#edgeTo.at(edge);
      else if (name === 'second') second = this.#edgeTo.at(edge);
    }
    return [first, second];
  }

  /** `{a, b, …, y, z}`: properties from both ends in turn, as many as fit. */
  #objectName(node: number): string {
    let low = this.#firstEdge.at(node);
    let high = this.#firstEdge.at(node + 1) - 1;
    let start = '{';
    let end = '}';
    for (let fromEnd = false; low <= high; ) {
      const property = this.#propertyName(fromEnd ? high : low);
      if (property !== undefined) {
        if (start.length > 1 && start.length + end.length + property.length > MAX_OBJECT_NAME) break;
        if (fromEnd) end = end.length > 1 ? `${property}, ${end}` : property + end;
        else start += start.length > 1 ? `, ${property}` : property;
      }
      if (fromEnd) high--;
      else low++;
      if (property !== undefined) fromEnd = !fromEnd;
    }
    if (low <= high) start += ', …';
    return end.length > 1 ? `${start}, ${end}` : start + end;
  }

  #propertyName(edge: number): string | undefined {
    const { strings, edgeTypes } = this.#graph;
    const name = this.#edgeName.at(edge);
    if (this.#edgeType.at(edge) !== edgeTypes.property || (this.#tags.at(name) & TAG.kind) === KIND.proto)
      return undefined;
    return formatProperty(strings.text(name));
  }
}
