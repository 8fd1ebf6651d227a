import { openSnapshot } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { HeapView } from '#src/analysis/heap-view.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import type { DominatorTree } from '#src/base/report-types.js';
import { analyze } from '#src/batch/analyze.js';
import { cutTree } from '#src/picture/dominator-tree.js';
import { largestNodes } from '#src/picture/largest-nodes.js';
import type { Arena } from '#src/wasm/arena.js';
import { corpusFile } from '../api/snapshot-files.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes, testArena } from '../engine/engine.js';
import { place } from '../kernels/memory.js';
import { randomTreeColumns } from './tree-columns.js';

const GRAPHS = 500;

/** What a tree is cut from, by ordinal. */
interface PlainTree {
  readonly root: number;
  readonly retainedSize: ArrayLike<number>;
  /** In the order of the engine's preorder. */
  readonly dominated: (node: number) => readonly number[];
}

/** Preorder by recursion, the largest `most` by sorting all. */
function plainCut({ root, retainedSize, dominated }: PlainTree, most: number): { node: number; depth: number }[] {
  const preorder: number[] = [];
  const visit = (node: number) => {
    preorder.push(node);
    for (const child of dominated(node)) visit(child);
  };
  visit(root);
  const order = preorder.map((node, at) => ({ node, at }));
  order.sort((a, b) => retainedSize[b.node] - retainedSize[a.node] || a.at - b.at);
  const taken = new Set(order.slice(0, most).map(({ node }) => node));
  const listed: { node: number; depth: number }[] = [];
  const list = (node: number, depth: number) => {
    listed.push({ node, depth });
    const children = dominated(node).filter((child) => taken.has(child));
    const sorted = children.toSorted((a, b) => retainedSize[b] - retainedSize[a]);
    for (const child of sorted) list(child, depth + 1);
  };
  if (most > 0) list(root, 0);
  return listed;
}

async function viewOf(plain: PlainSnapshot): Promise<HeapView> {
  const { arena, raw } = await readBytes(toJson(plain));
  return new HeapView(arena, analyseSnapshot(arena, raw, { keepRawSizes: true }));
}

/** That the listed nodes are a tree: none retains more than what it lies below, and children no more together. */
function expectTree({ depth, retainedSize, childCount, leastSize }: Omit<DominatorTree, 'file'>): void {
  const stack: number[] = [];
  const sums = depth.map(() => 0);
  const counts = depth.map(() => 0);
  for (const [at, level] of depth.entries()) {
    expect(level).toBeLessThanOrEqual(stack.length);
    stack.length = level;
    const parent = stack.at(-1);
    if (parent !== undefined) {
      sums[parent] += retainedSize[at];
      counts[parent]++;
    } else expect(at).toBe(0);
    stack.push(at);
    expect(retainedSize[at]).toBeGreaterThanOrEqual(leastSize);
  }
  for (const [at, sum] of sums.entries()) {
    expect(sum).toBeLessThanOrEqual(retainedSize[at]);
    expect(counts[at]).toBeLessThanOrEqual(childCount[at]);
  }
}

function placed<K extends 'u32' | 'f64'>(arena: Arena, kind: K, values: Uint32Array | Float64Array) {
  return { kind, offset: place(arena, values), length: values.length };
}

describe('the cut dominator tree', () => {
  test(`is the plain one, on ${GRAPHS} random graphs cut anywhere`, async () => {
    let cuts = 0;
    for (let seed = 0; seed < GRAPHS; seed++) {
      const view = await viewOf(randomGraph(seed, 80));
      const { nodeCount, retainedSize, treeOrder, dominator, root } = view;
      const children = Array.from({ length: nodeCount }, (): number[] => []);
      for (const node of treeOrder) if (node !== root) children[dominator[node]].push(node);
      const dominated = (node: number) => children[node];
      for (const nodes of [0, 1, 2, 7, Math.floor(nodeCount / 2), nodeCount - 1, nodeCount, 5000]) {
        const tree = cutTree(view, { nodes, showValues: false });
        const expected = plainCut({ root, retainedSize, dominated }, nodes);
        const label = `seed ${seed}, ${nodes} nodes`;
        expect(tree.id, label).toEqual(expected.map(({ node }) => view.id(node)));
        expect(tree.depth, label).toEqual(expected.map(({ depth }) => depth));
        expect(tree.retainedSize, label).toEqual(expected.map(({ node }) => retainedSize[node]));
        expect(tree.selfSize, label).toEqual(expected.map(({ node }) => view.selfSize(node)));
        expect(tree.childCount, label).toEqual(expected.map(({ node }) => children[node].length));
        expect(tree.className.map((text) => tree.texts[text])).toEqual(
          expected.map(({ node }) => view.className(node)),
        );
        if (nodes >= nodeCount) expect(tree.leastSize).toBe(0);
        expectTree(tree);
        if (nodes < nodeCount) cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(5 * GRAPHS);
  });

  test('has the first ones of nodes that retain as much, of any number of them', async () => {
    const random = createRandom(77);
    for (let round = 0; round < 300; round++) {
      const arena = await testArena();
      const { treeOrder, treeSize, retainedSize } = randomTreeColumns(random, 1 + random.int(200));
      const columns = {
        treeOrder: placed(arena, 'u32', treeOrder),
        treeSize: placed(arena, 'u32', treeSize),
        retainedSize: placed(arena, 'f64', retainedSize),
      };
      for (const most of [0, 1, random.int(50), random.int(220)]) {
        const order = Array.from(treeOrder.keys()).sort(
          (a, b) => retainedSize[treeOrder[b]] - retainedSize[treeOrder[a]] || a - b,
        );
        const expected = order.slice(0, most).sort((a, b) => a - b);
        const { positions, childCounts } = largestNodes(arena, columns, most);
        expect([...positions], `round ${round}`).toEqual(expected);
        expect([...childCounts]).toEqual(expected.map((at) => childrenOf(treeSize, at)));
      }
    }
  });

  test.each(['node14', 'node20', 'node24', 'chrome156'])('of %s is what its opened snapshot says', async (name) => {
    const file = corpusFile(name);
    const [outcome] = (await analyze([file], { picture: { nodes: 1000 } })).snapshots;
    const snapshot = await openSnapshot(file);
    const { id, retainedSize, selfSize } = snapshot.columns;
    const dominated = (node: number) => [...snapshot.dominated(node)];
    const expected = plainCut({ root: snapshot.root, retainedSize, dominated }, 1000);
    expect(expected).toHaveLength(1000);
    const tree = outcome.ok && outcome.mode === undefined ? outcome.picture?.tree : undefined;
    expect(tree).toMatchObject({
      ...{ file, nodeCount: snapshot.nodeCount, totalSize: snapshot.totalSize },
      id: expected.map(({ node }) => id[node]),
      depth: expected.map(({ depth }) => depth),
      retainedSize: expected.map(({ node }) => retainedSize[node]),
      selfSize: expected.map(({ node }) => selfSize[node]),
      childCount: expected.map(({ node }) => dominated(node).length),
    });
    snapshot.close();
  });
});

/** How many subtrees there are below a position. */
function childrenOf(treeSize: Uint32Array, position: number): number {
  let count = 0;
  for (let at = position + 1; at < position + treeSize[position]; at += treeSize[at]) count++;
  return count;
}
