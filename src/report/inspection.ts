import type { Bytes, Edge, Ordinal } from '../base/types.js';
import type { FigureName } from '../graph/opened.js';
import { ends, type Listed, largest } from './selection.js';

/** What an inspection asks of a snapshot; `HeapSnapshot` answers it. */
export interface InspectedSnapshot {
  readonly file: string;
  figure(column: FigureName, ordinal: Ordinal): number;
  nodeType(ordinal: Ordinal): string;
  nodeName(ordinal: Ordinal): string;
  className(ordinal: Ordinal): string;
  edges(ordinal: Ordinal): Iterable<Edge>;
  retainers(ordinal: Ordinal): Iterable<Edge>;
  pathToRoot(ordinal: Ordinal): readonly Edge[];
  dominated(ordinal: Ordinal): Iterable<Ordinal>;
}

export interface NodeLine {
  readonly id: number;
  readonly ordinal: Ordinal;
  readonly type: string;
  /** At most `NAME_LIMIT` UTF-16 units of it; for a string, its value. */
  readonly name: string;
  readonly nameLength: number;
  readonly className: string;
  readonly selfSize: Bytes;
  readonly retainedSize: Bytes;
  readonly distance: number;
}

export interface InspectedNode extends NodeLine {
  readonly rawSelfSize: Bytes;
  readonly detachedness: number;
}

/** An edge and the node at its other end. */
export interface EdgeLine {
  readonly type: string;
  readonly name: string | number;
  readonly node: NodeLine;
}

/** `step` counts from the inspected node, so that a gap in a long list shows. */
export type Step<T> = T & { readonly step: number };

export interface Inspection {
  readonly file: string;
  readonly node: InspectedNode;
  /** To the targets that retain most. */
  readonly edges: Listed<EdgeLine>;
  /** From the nodes nearest to the root. */
  readonly retainers: Listed<EdgeLine>;
  /** The shortest path: each retainer's edge and node, up to the root. Empty for a node that nothing reaches. */
  readonly path: Listed<Step<EdgeLine>>;
  /** Immediate dominator, its immediate dominator …, up to the root. */
  readonly dominators: Listed<Step<NodeLine>>;
  /** The nodes it immediately dominates that retain most. */
  readonly dominated: Listed<NodeLine>;
}

/** Names and values can be megabytes long. */
export const NAME_LIMIT = 1000;
/** Paths and dominator chains can have millions of steps. */
const STEP_LIMIT = 60;

/** The members of one class that retain most. */
export interface ClassMembers {
  readonly file: string;
  readonly className: string;
  readonly members: Listed<NodeLine>;
}

/** `top` members of the class with this name, largest retained size first. Cost: one walk over the nodes. */
export function inspectClass(
  snapshot: InspectedSnapshot & { members(className: string): Iterable<Ordinal> },
  className: string,
  top: number,
): ClassMembers {
  const found = largest(snapshot.members(className), top, (node) => snapshot.figure('retainedSize', node));
  return { file: snapshot.file, className, members: listed(found, (node) => nodeLine(snapshot, node)) };
}

/** One node in full, `top` entries of each list. Cost: one walk over its edges, retainers and dominated nodes. */
export function inspectNode(snapshot: InspectedSnapshot, ordinal: Ordinal, top: number): Inspection {
  const retained = (node: Ordinal) => snapshot.figure('retainedSize', node);
  const nearness = (node: Ordinal) => {
    const distance = snapshot.figure('distance', node);
    return distance < 0 ? Number.NEGATIVE_INFINITY : -distance;
  };
  const line = (node: Ordinal) => nodeLine(snapshot, node);
  const target = (edge: Edge): EdgeLine => ({ type: edge.type, name: clipName(edge.name), node: line(edge.to) });
  const source = (edge: Edge): EdgeLine => ({ type: edge.type, name: clipName(edge.name), node: line(edge.from) });

  const path = snapshot.pathToRoot(ordinal);
  const chain = dominatorChain(snapshot, ordinal);
  return {
    file: snapshot.file,
    node: {
      ...line(ordinal),
      rawSelfSize: snapshot.figure('rawSelfSize', ordinal),
      detachedness: snapshot.figure('detachedness', ordinal),
    },
    edges: listed(
      largest(snapshot.edges(ordinal), top, (edge) => retained(edge.to)),
      target,
    ),
    retainers: listed(
      largest(snapshot.retainers(ordinal), top, (edge) => nearness(edge.from)),
      source,
    ),
    path: steps(path, source),
    dominators: steps(chain, line),
    dominated: listed(largest(snapshot.dominated(ordinal), top, retained), line),
  };
}

function nodeLine(snapshot: InspectedSnapshot, ordinal: Ordinal): NodeLine {
  const figure = (column: FigureName) => snapshot.figure(column, ordinal);
  const name = snapshot.nodeName(ordinal);
  return {
    id: figure('id'),
    ordinal,
    type: snapshot.nodeType(ordinal),
    name: clip(name),
    nameLength: name.length,
    className: clip(snapshot.className(ordinal)),
    selfSize: figure('selfSize'),
    retainedSize: figure('retainedSize'),
    distance: figure('distance'),
  };
}

function dominatorChain(snapshot: InspectedSnapshot, ordinal: Ordinal): Ordinal[] {
  const chain: Ordinal[] = [];
  for (let node = ordinal; ; ) {
    const dominator = snapshot.figure('dominator', node);
    if (dominator === node) return chain;
    chain.push(dominator);
    node = dominator;
  }
}

function listed<T, U>({ total, items }: Listed<T>, show: (item: T) => U): Listed<U> {
  return { total, items: items.map(show) };
}

function steps<T, U>(all: readonly T[], show: (item: T) => U): Listed<Step<U>> {
  const places = ends(all.length, STEP_LIMIT);
  return { total: all.length, items: places.map((place) => ({ step: place + 1, ...show(all[place]) })) };
}

function clipName(name: string | number): string | number {
  return typeof name === 'number' ? name : clip(name);
}

/** At most `NAME_LIMIT` units of a text. */
export function clip(text: string): string {
  if (text.length <= NAME_LIMIT) return text;
  const last = text.charCodeAt(NAME_LIMIT - 1);
  // A cut between the halves of a character would leave a lone surrogate that the heap does not have.
  const half = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, half ? NAME_LIMIT - 1 : NAME_LIMIT);
}
