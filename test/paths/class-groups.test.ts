import { describe, expect, test } from 'vitest';
import { bigClassGroups } from '#src/paths/class-groups.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { tellPlain } from './told-snapshot.js';

/** A root that leads to holders by their names, and items that each of their holders leads to: no holder alone keeps any. */
class SharedHeap {
  readonly plain: PlainSnapshot = { nodes: [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }], edges: [] };

  node(name: string, selfSize: number, type = 'object'): number {
    return this.plain.nodes.push({ type, name, id: 1 + 2 * this.plain.nodes.length, selfSize }) - 1;
  }

  link(from: number, name: string, to: number): number {
    this.plain.edges.push({ from, type: 'property', nameOrIndex: name, to });
    return to;
  }

  /** A chain of objects from the root. */
  chain(...names: string[]): number {
    return names.reduce((from, name) => this.link(from, name.toLowerCase(), this.node(name, 10)), 0);
  }

  items(count: number, name: string, selfSize: number, holders: readonly number[]): void {
    for (let at = 0; at < count; at++) {
      const item = this.node(name, selfSize);
      for (const holder of holders) this.link(holder, `entry ${at}`, item);
    }
  }
}

async function groupsOf({ plain }: SharedHeap) {
  const { view, scene } = await tellPlain(plain);
  return bigClassGroups(view, scene.parentOf, scene.globals).map(
    ({ className, count, retainedSize, accumulation, largest }) => ({
      ...{ className, count, retainedSize, at: view.name(accumulation) },
      largest: largest.map((node) => view.selfSize(node)).slice(0, 2),
    }),
  );
}

describe('classes of which many objects retain much together', () => {
  test('are found where no object alone does, with where the paths to them part', async () => {
    const heap = new SharedHeap();
    const near = heap.chain('Service', 'Index');
    const far = heap.chain('Other', 'Longer', 'Way');
    heap.items(50, 'Item', 20, [near, far]);
    heap.items(1, 'Item', 30, [near, far]);
    heap.items(3, 'Few', 10, [near, far]);
    expect(await groupsOf(heap)).toEqual([
      { className: 'Item', count: 51, retainedSize: 1030, at: 'Index', largest: [30, 20] },
    ]);
  });

  test('part at the last node that four fifths of the paths have', async () => {
    const heap = new SharedHeap();
    const service = heap.chain('Service');
    const [one, two] = ['One', 'Two'].map((name) => heap.link(service, name, heap.node(name, 10)));
    const far = heap.chain('A', 'Longer', 'Way', 'Round');
    heap.items(80, 'Item', 20, [one, far]);
    heap.items(20, 'Item', 20, [two, far]);
    expect(await groupsOf(heap)).toMatchObject([{ at: 'One' }]);
    heap.items(1, 'Item', 20, [two, far]);
    expect(await groupsOf(heap)).toMatchObject([{ count: 101, at: 'Service' }]);
  });

  test('have nothing but the root in common where they lie everywhere', async () => {
    const heap = new SharedHeap();
    for (let at = 0; at < 10; at++) heap.items(5, 'Item', 20, [heap.chain(`A${at}`), heap.chain(`B${at}`)]);
    expect(await groupsOf(heap)).toMatchObject([{ className: 'Item', count: 50, at: '' }]);
  });

  test('leave out what one object keeps, single objects, functions and scopes', async () => {
    const heap = new SharedHeap();
    const holders = [heap.chain('One'), heap.chain('Two')];
    heap.items(50, 'Kept', 20, [holders[0]]);
    heap.items(1, 'Single', 1000, holders);
    heap.items(50, 'system / Context', 20, holders);
    for (let at = 0; at < 50; at++) {
      const closure = heap.node('run', 20, 'closure');
      for (const holder of holders) heap.link(holder, `run ${at}`, closure);
    }
    expect(await groupsOf(heap)).toEqual([]);
  });
});
