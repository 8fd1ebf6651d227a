import { NO_TYPE } from '../graph/graph.js';
import { KIND, TAG } from '../graph/tags.js';
import { numberedMask } from '../read/header.js';
import { offsetIf, takeU8, takeU32, type Workspace } from './workspace.js';

// What an edge type is; mirrors assembly/edge-bits.ts.
const WEAK = 1;
const SHORTCUT = 2;
const INTERNAL = 4;
const NUMBERED = 8;
const VISIBLE = 16;

/**
 * Tags the names of links in descriptor arrays, as `tagDescriptorLinks` does. Scratch: 9 bytes a node. One sweep over types and names,
 * where there are such arrays.
 */
export function tagDescriptorLinks(workspace: Workspace): void {
  const { arena, edges, graph } = workspace;
  const tag = arena.view(graph.tags);
  const arrayType = graph.nodeTypes.array;
  if (arrayType === NO_TYPE || !tag.includes(KIND.mapDescriptors)) return;
  const numbered = [graph.header.edgeTypes.indexOf('element'), graph.header.edgeTypes.indexOf('hidden')];
  arena.scratch(() => {
    const firstEdge = takeU32(workspace, 'firstEdge');
    const starts = workspace.shelf.view('firstEdge', 'u32');
    const nodeType = workspace.shelf.view('nodeType', 'u8');
    const nodeName = workspace.shelf.view('nodeName', 'u32');
    edges.sweep(arena, firstEdge, ['type', 'name'], ({ from, to, first, count, type, name }) => {
      const types = arena.view({ kind: 'u8', offset: type + first, length: count });
      const names = arena.view({ kind: 'u32', offset: name + 4 * first, length: count });
      for (let node = from; node < to; node++) {
        if (nodeType[node] !== arrayType || (tag[nodeName[node]] & TAG.kind) !== KIND.mapDescriptors) continue;
        for (let edge = starts[node] - first; edge < starts[node + 1] - first; edge++) {
          if (numbered.includes(types[edge])) continue;
          const number = Number.parseInt(graph.strings.text(names[edge]), 10);
          if (number >= 2 && number % 3 === 1) tag[names[edge]] |= TAG.descriptorLink;
        }
      }
    });
  });
}

/**
 * Everything that later passes ask of an edge but its target, as bits, and the edges of WeakMap pairs as a list. Scratch: 13 bytes a
 * node, 4 bits an edge. One sweep over types and names.
 */
export function markEdges(workspace: Workspace): void {
  const { arena, shelf, edges, graph } = workspace;
  const { header, tags, ephemerons, nodeTypes } = graph;
  const pairs = new PairList();
  arena.scratch(() => {
    const bits = {
      retaining: arena.bits(header.edgeCount),
      firm: arena.bits(header.edgeCount),
      visible: graph.renamesDetached ? arena.bits(header.edgeCount) : undefined,
      open: arena.bits(header.edgeCount),
    };
    const kinds = arena.zeroed('u8', 256);
    arena.view(kinds).set(kindsOfEdges(graph));
    const firstEdge = takeU32(workspace, 'firstEdge');
    const nodeType = takeU8(workspace, 'nodeType');
    const nodeName = takeU32(workspace, 'nodeName');
    const nodeId = takeU32(workspace, 'nodeId');
    const nodeIdHigh = offsetIf(workspace, 'nodeIdHigh', 'u32');
    edges.sweep(arena, firstEdge, ['type', 'name'], ({ from, to, count, type, name }) =>
      arena.scratch(() => {
        const room = ephemerons.count === 0 ? 0 : count;
        const found = { edges: arena.allocate('u32', room), numbers: arena.allocate('u32', room) };
        const added = arena.kernels.markEdges(
          from,
          to,
          firstEdge.offset,
          type,
          name,
          nodeType.offset,
          nodeName.offset,
          nodeId.offset,
          nodeIdHigh,
          tags.offset,
          header.root,
          nodeTypes.hidden,
          nodeTypes.array,
          kinds.offset,
          ephemerons.names.offset,
          ephemerons.tables.offset,
          ephemerons.pairs.offset,
          ephemerons.count,
          bits.retaining.offset,
          bits.firm.offset,
          bits.visible?.offset ?? 0,
          bits.open.offset,
          found.edges.offset,
          found.numbers.offset,
        );
        pairs.add(arena.view(found.edges).subarray(0, added), arena.view(found.numbers).subarray(0, added));
      }),
    );
    shelf.put('retaining', bits.retaining);
    shelf.put('firm', bits.firm);
    if (bits.visible) shelf.put('visible', bits.visible);
    shelf.put('open', bits.open);
  });
  // Only this pass compares ids.
  shelf.drop('nodeId', 'nodeIdHigh');
  arena.scratch(() => {
    const [pairEdges, pairNumbers] = [arena.allocate('u32', pairs.count), arena.allocate('u32', pairs.count)];
    pairs.copyTo(arena.view(pairEdges), arena.view(pairNumbers));
    shelf.put('pairEdges', pairEdges);
    shelf.put('pairNumbers', pairNumbers);
  });
}

function kindsOfEdges({ header, edgeTypes }: Workspace['graph']): number[] {
  const numbered = numberedMask(header);
  return header.edgeTypes.map((_, code) => {
    let kind = code < 32 && ((numbered >>> code) & 1) === 1 ? NUMBERED : 0;
    if (code === edgeTypes.weak) kind |= WEAK;
    if (code === edgeTypes.shortcut) kind |= SHORTCUT;
    if (code === edgeTypes.internal) kind |= INTERNAL;
    if (![edgeTypes.hidden, edgeTypes.invisible, edgeTypes.weak].includes(code)) kind |= VISIBLE;
    return kind;
  });
}

/** The targets of the root's edges, and what they make of them. Scratch: 5 bytes a node, as many an edge of the root. */
export function markRootEdges(workspace: Workspace): void {
  const { arena, shelf, edges, graph } = workspace;
  const { header, tags, nodeTypes, edgeTypes } = graph;
  const starts = shelf.view('firstEdge', 'u32');
  const first = starts[header.root];
  const count = starts[header.root + 1] - first;
  arena.scratch(() => {
    const targets = arena.allocate('u32', count);
    const types = arena.allocate('u8', count);
    edges.read(arena, 'to', first, count, targets.offset);
    edges.read(arena, 'type', first, count, types.offset);
    const pageSeeds = arena.bits(count);
    const userRoots = arena.bits(count);
    arena.kernels.markRootEdges(
      count,
      types.offset,
      targets.offset,
      takeU8(workspace, 'nodeType').offset,
      takeU32(workspace, 'nodeName').offset,
      tags.offset,
      edgeTypes.element,
      edgeTypes.shortcut,
      nodeTypes.synthetic,
      pageSeeds.offset,
      userRoots.offset,
    );
    shelf.put('rootTargets', targets);
    shelf.put('pageSeeds', pageSeeds);
    shelf.put('userRoots', userRoots);
  });
}

/** Grows with what is found. */
class PairList {
  count = 0;
  #edges = new Uint32Array(1024);
  #numbers = new Uint32Array(1024);

  add(edges: Uint32Array, numbers: Uint32Array): void {
    const needed = this.count + edges.length;
    if (needed > this.#edges.length) {
      this.#edges = larger(this.#edges, 2 * needed);
      this.#numbers = larger(this.#numbers, 2 * needed);
    }
    this.#edges.set(edges, this.count);
    this.#numbers.set(numbers, this.count);
    this.count = needed;
  }

  copyTo(edges: Uint32Array, numbers: Uint32Array): void {
    edges.set(this.#edges.subarray(0, this.count));
    numbers.set(this.#numbers.subarray(0, this.count));
  }
}

function larger(from: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(length);
  to.set(from);
  return to;
}
