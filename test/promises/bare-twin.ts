import { type BareGraph, EDGE_TYPES } from './bare-graph.js';

const [, WEAK, SHORTCUT] = EDGE_TYPES.keys();
/** Nodes that a set of two words can hold. */
export const MOST_NODES = 64;

export interface TwinAnalysis {
  readonly dominator: Uint32Array;
  readonly retainedSize: Float64Array;
}

interface EdgeList {
  readonly from: number[];
  readonly to: number[];
}

function pageOwned({ root, firstEdge, edgeTo, edgeType }: Required<BareGraph>): Uint8Array {
  const owned = new Uint8Array(firstEdge.length - 1);
  const pending: number[] = [];
  for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
    if (edgeType[edge] === SHORTCUT) pending.push(edgeTo[edge]);
  }
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (owned[node]) continue;
    owned[node] = 1;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (edgeType[edge] !== WEAK) pending.push(edgeTo[edge]);
    }
  }
  return owned;
}

/** Essential edges (S3), and the edges from the root to nodes that none of them leads to (S4). */
function retainingEdges(graph: Required<BareGraph>): EdgeList {
  const { root, firstEdge, edgeTo, edgeType } = graph;
  const owned = pageOwned(graph);
  const nodes = firstEdge.length - 1;
  const held = new Uint8Array(nodes);
  const edges: EdgeList = { from: [], to: [] };
  for (let node = 0; node < nodes; node++) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const target = edgeTo[edge];
      if (edgeType[edge] === WEAK || target === node) continue;
      if (node !== root && (edgeType[edge] === SHORTCUT || (owned[target] && !owned[node]))) continue;
      held[target] = 1;
      edges.from.push(node);
      edges.to.push(target);
    }
  }
  for (let node = 0; node < nodes; node++) {
    if (held[node] || node === root) continue;
    edges.from.push(root);
    edges.to.push(node);
  }
  return edges;
}

/**
 * Dominators as the greatest solution of their equations: what dominates a node is the node, and what dominates all that
 * lead to it. Sets of at most 64 nodes as two words each. Retained sizes from the same sets: a node counts for each member.
 */
export function analyseNaively(graph: Required<BareGraph>): TwinAnalysis {
  const { root, selfSize } = graph;
  const nodes = selfSize.length;
  const { from, to } = retainingEdges(graph);
  const low = new Uint32Array(nodes).fill(0xffff_ffff);
  const high = new Uint32Array(nodes).fill(0xffff_ffff);
  const lowBit = (node: number) => (node < 32 ? 1 << node : 0);
  const highBit = (node: number) => (node < 32 ? 0 : 1 << (node - 32));
  const isReached = new Uint8Array(nodes);
  isReached[root] = 1;
  low[root] = lowBit(root);
  high[root] = highBit(root);
  for (let changed = true; changed; ) {
    changed = false;
    for (let edge = 0; edge < from.length; edge++) {
      const [source, target] = [from[edge], to[edge]];
      if (!isReached[source] || target === root) continue;
      const nextLow = (low[target] & (low[source] | lowBit(target))) >>> 0;
      const nextHigh = (high[target] & (high[source] | highBit(target))) >>> 0;
      if (isReached[target] && nextLow === low[target] && nextHigh === high[target]) continue;
      isReached[target] = 1;
      low[target] = nextLow;
      high[target] = nextHigh;
      changed = true;
    }
  }
  const dominator = new Uint32Array(nodes).fill(root);
  const retainedSize = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    if (!isReached[node]) {
      retainedSize[node] += selfSize[node];
      if (node !== root) retainedSize[root] += selfSize[node];
      continue;
    }
    const [aboveLow, aboveHigh] = [(low[node] & ~lowBit(node)) >>> 0, (high[node] & ~highBit(node)) >>> 0];
    for (let other = 0; other < nodes; other++) {
      if (((low[node] & lowBit(other)) | (high[node] & highBit(other))) === 0) continue;
      retainedSize[other] += selfSize[node];
      if (other !== node && low[other] === aboveLow && high[other] === aboveHigh) dominator[node] = other;
    }
  }
  return { dominator, retainedSize };
}
