import { describe, expect, test } from 'vitest';
import { type BigDominator, bigDominators } from '#src/paths/big-dominators.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { tellPlain } from './told-snapshot.js';

/** A tree of nodes: `Class` or `Class/type`, a size, and what each holds. */
interface Tree {
  readonly name: string;
  readonly type?: string;
  readonly size: number;
  readonly holds?: readonly Tree[];
}

function heapOf(...trees: readonly Tree[]): PlainSnapshot {
  const plain: PlainSnapshot = { nodes: [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }], edges: [] };
  const add = ({ name, type = 'object', size, holds = [] }: Tree, from: number) => {
    const to = plain.nodes.push({ type, name, id: 1 + 2 * plain.nodes.length, selfSize: size }) - 1;
    plain.edges.push({ from, type: 'element', nameOrIndex: to, to });
    for (const child of holds) add(child, to);
  };
  for (const tree of trees) add(tree, 0);
  return plain;
}

const many = (count: number, name: string, size: number): Tree[] =>
  Array.from({ length: count }, () => ({ name, size }));

/** By name, with sizes. */
async function foundIn(plain: PlainSnapshot) {
  const { view, scene } = await tellPlain(plain);
  const name = (node: number) => view.name(node);
  return bigDominators(view, scene.globals).map(
    ({ node, retainedSize, accumulation, accumulatedSize, members }: BigDominator) => ({
      node: `${name(node)} ${retainedSize}`,
      accumulation: `${name(accumulation)} ${accumulatedSize}`,
      members: members && `${members.count} ${members.className} ${members.retainedSize}`,
    }),
  );
}

describe('big dominators', () => {
  test('go down to where memory comes together, and name what it consists of', async () => {
    const table = { name: 'Table', size: 100, holds: [...many(50, 'Item', 100), ...many(10, 'Other', 10)] };
    const holder = { name: 'Holder', size: 50, holds: [{ name: 'Store', size: 50, holds: [table] }] };
    expect(await foundIn(heapOf(holder, ...many(10, 'Rest', 50)))).toEqual([
      { node: 'Holder 5300', accumulation: 'Table 5200', members: '50 Item 5000' },
    ]);
  });

  test('stop where the largest child has less than 70 % of it, and tell no members where no class has half', async () => {
    const left = { name: 'Left', size: 690 };
    const right = { name: 'Right', size: 310 };
    const split = (first: Tree, second: Tree) => heapOf({ name: 'Top', size: 0, holds: [first, second] });
    expect(await foundIn(split(left, right))).toEqual([
      { node: 'Top 1000', accumulation: 'Top 1000', members: undefined },
    ]);
    expect(await foundIn(split({ ...left, size: 700 }, { ...right, size: 300 }))).toEqual([
      { node: 'Top 1000', accumulation: 'Left 700', members: undefined },
    ]);
  });

  test('are the topmost of a tenth of the heap, the largest first, behind what only stands for roots', async () => {
    const small = { name: 'Small', size: 99, holds: [] };
    const roots = { name: '(GC roots)', type: 'synthetic', size: 0 };
    const plain = heapOf(
      { ...roots, holds: [{ ...roots, name: '(Handles)', holds: [{ name: 'Second', size: 300 }, small] }] },
      { name: 'First', size: 1, holds: many(5, 'Leaf', 100) },
      { name: 'Third', size: 100 },
    );
    expect((await foundIn(plain)).map(({ node }) => node)).toEqual(['First 501', 'Second 300', 'Third 100']);
    expect(await foundIn(heapOf(...many(11, 'Leaf', 100)))).toEqual([]);
  });

  test('are looked for behind global objects and what is V8’s own', async () => {
    const context = { name: 'system / NativeContext', type: 'hidden', size: 10, holds: [{ name: 'Inner', size: 200 }] };
    const plain = heapOf({ name: 'global', size: 10, holds: [context, { name: 'Outer', size: 300 }] });
    plain.edges[0] = { from: 0, type: 'shortcut', nameOrIndex: 'global', to: 1 };
    expect((await foundIn(plain)).map(({ node }) => node)).toEqual(['Outer 300', 'Inner 200']);
  });

  test('may be V8’s own where nothing under them is large', async () => {
    const list = { name: 'system / ArrayList', type: 'hidden', size: 10, holds: many(50, 'Item', 10) };
    const leaf = { name: 'system / Blob', type: 'hidden', size: 400 };
    const around = { name: 'system / Map', type: 'hidden', size: 10, holds: [{ name: 'Object', size: 300 }] };
    expect((await foundIn(heapOf(list, leaf, around))).map(({ node }) => node)).toEqual([
      'system / ArrayList 510',
      'system / Blob 400',
      'Object 300',
    ]);
  });

  test('are those that dominate, not those that merely refer', async () => {
    const plain = heapOf({ name: 'One', size: 10 }, { name: 'Two', size: 10 }, { name: 'Shared', size: 980 });
    plain.edges = plain.edges.slice(0, 2);
    for (const from of [1, 2]) plain.edges.push({ from, type: 'property', nameOrIndex: 'shared', to: 3 });
    expect(await foundIn(plain)).toEqual([{ node: 'Shared 980', accumulation: 'Shared 980', members: undefined }]);
  });

  test('of a list of 200,000 nodes there is one, and it comes together at its head', async () => {
    const length = 200_000;
    const plain: PlainSnapshot = {
      nodes: [
        { type: 'synthetic', name: '', id: 1, selfSize: 0 },
        { type: 'object', name: 'Queue', id: 3, selfSize: 16 },
      ],
      edges: [{ from: 0, type: 'element', nameOrIndex: 1, to: 1 }],
    };
    for (let at = 0; at < length; at++) {
      const to = plain.nodes.push({ type: 'object', name: 'Link', id: 5 + 2 * at, selfSize: 32 }) - 1;
      plain.edges.push({ from: to - 1, type: 'property', nameOrIndex: at === 0 ? 'head' : 'next', to });
    }
    const { view, scene } = await tellPlain(plain);
    const [found, ...others] = bigDominators(view, scene.globals);
    expect(others).toEqual([]);
    expect(found).toEqual({
      node: 1,
      retainedSize: 16 + 32 * length,
      accumulation: 2,
      accumulatedSize: 32 * length,
      members: undefined,
    });
  });
});
