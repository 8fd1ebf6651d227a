import { diffSnapshots, type HeapSnapshot, openSnapshot } from 'heapsleuth';
import { describe, expect, it } from 'vitest';
import type {
  ClassRow,
  DiffAnswer,
  EdgeRow,
  FoundAnswer,
  NodeAnswer,
  NodeRow,
  OverviewAnswer,
  Rows,
  WayRows,
} from '#src/base/explorer-types.js';
import { inspectNode } from '#src/report/inspection.js';
import { corpusFile, scratchFolder, writeSnapshot, writeWithNode } from '../api/snapshot-files.js';
import type { PlainEdge, PlainNode } from '../build/plain-snapshot.js';
import { seriesFile } from '../cli/run-cli.js';
import { devtoolsFromFile, isFailed } from '../oracle/devtools.js';
import { engineFilter } from '../oracle/devtools-filters.js';
import { type Served, startServer } from './served.js';

/** As `inspect` shows them, for the figures that both have. */
type Line = Pick<NodeRow, 'id' | 'ordinal' | 'type' | 'className' | 'selfSize' | 'retainedSize' | 'distance'>;
const lineOf = ({ id, ordinal, type, className, selfSize, retainedSize, distance }: Line): Line => ({
  ...{ id, ordinal, type, className, selfSize, retainedSize, distance },
});
const edgeOf = ({
  type,
  name,
  node,
}: {
  type: string;
  name: string | number | null;
  node: Line & { name: string | null };
}) => ({
  ...{ type, name, text: node.name },
  ...lineOf(node),
});
const stepOf = (step: Line & { step: number }) => ({ at: step.step, ...lineOf(step) });

async function expectSameNode(served: Served, snapshot: HeapSnapshot, ordinal: number): Promise<void> {
  const inspected = inspectNode(snapshot, ordinal, 40);
  const asked = { snapshot: 0, node: ordinal, limit: 40 };
  const answer = await served.ask<NodeAnswer>('node', { snapshot: 0, node: ordinal });
  expect(lineOf(answer.node)).toEqual(lineOf(inspected.node));
  expect(answer).toMatchObject({
    node: { name: inspected.node.name, edgeCount: inspected.edges.total, retainerCount: inspected.retainers.total },
    rawSelfSize: inspected.node.rawSelfSize,
    detachedness: inspected.node.detachedness,
    dominatedCount: inspected.dominated.total,
  });
  const edges = await served.ask<Rows<EdgeRow>>('edges', { ...asked, sort: 'retained' });
  expect(edges.items.map(edgeOf)).toEqual(inspected.edges.items.map(edgeOf));
  const retainers = await served.ask<Rows<EdgeRow>>('retainers', asked);
  expect(retainers.items.map(edgeOf)).toEqual(inspected.retainers.items.map(edgeOf));
  const dominated = await served.ask<Rows<NodeRow>>('dominated', asked);
  expect(dominated.items.map(lineOf)).toEqual(inspected.dominated.items.map(lineOf));
  const path = await served.ask<WayRows<EdgeRow>>('path', { snapshot: 0, node: ordinal });
  expect(path.steps.map((step) => [step.step, edgeOf(step)])).toEqual(
    inspected.path.items.map((step) => [step.step, edgeOf(step)]),
  );
  const chain = await served.ask<WayRows<NodeRow>>('dominators', { snapshot: 0, node: ordinal });
  expect(chain.steps.map(stepOf)).toEqual(inspected.dominators.items.map(stepOf));
  expect([path.total, chain.total]).toEqual([inspected.path.total, inspected.dominators.total]);
}

describe('answers are those of the library', () => {
  it.each(['chrome156', 'node22'])('%s: about nodes, by ordinal and by id', async (corpus) => {
    const file = corpusFile(corpus);
    const served = await startServer([file], { showValues: true });
    const snapshot = await openSnapshot(file);
    for (let at = 0; at < 60; at++) {
      const ordinal = Math.floor((at * snapshot.nodeCount) / 60);
      await expectSameNode(served, snapshot, ordinal);
      const byId = await served.ask<NodeAnswer>('node', { snapshot: 0, id: snapshot.columns.id[ordinal] });
      expect(byId.node.ordinal).toBe(snapshot.ordinalOf(snapshot.columns.id[ordinal]));
    }
    snapshot.close();
  });

  it('about the whole, classes and their members', async () => {
    const file = corpusFile('node22');
    const served = await startServer([file]);
    const snapshot = await openSnapshot(file);
    const { nodeCount, edgeCount, totalSize } = snapshot;
    const overview = await served.ask<OverviewAnswer>('overview', { snapshot: 0 });
    expect(overview).toMatchObject({ file, nodeCount, edgeCount, totalSize, statistics: snapshot.statistics() });
    const expected = snapshot.classes();
    const classes: ClassRow[] = [];
    for (let offset = 0; offset < expected.length; offset += 100) {
      const page = await served.ask<Rows<ClassRow>>('classes', { snapshot: 0, offset, limit: 100 });
      expect(page).toMatchObject({ total: expected.length, offset });
      classes.push(...page.items);
    }
    expect(classes).toEqual(expected);
    const bySelf = await served.ask<Rows<ClassRow>>('classes', { snapshot: 0, sort: 'self', limit: 500 });
    expect(bySelf.items.map(({ selfSize }) => selfSize)).toEqual(
      expected.map(({ selfSize }) => selfSize).sort((a, b) => b - a),
    );
    for (const { key, name, count } of expected.slice(0, 20)) {
      const members = await served.ask<Rows<NodeRow>>('members', { snapshot: 0, class: key, limit: 500 });
      expect(members.total).toBe(count);
      for (const { className } of members.items) expect(className).toBe(name);
      const sizes = members.items.map(({ retainedSize }) => retainedSize);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    }
    const text = await served.ask<Rows<ClassRow>>('classes', { snapshot: 0, text: 'ARRAY', limit: 500 });
    expect(text.items.map(({ key }) => key)).toEqual(
      expected.filter(({ name }) => name.toLowerCase().includes('array')).map(({ key }) => key),
    );
    expect(text.items.length).toBeGreaterThan(3);
    snapshot.close();
  });

  it('about classes by distance, with what nothing reaches at the end', async () => {
    const nodes: PlainNode[] = ['', 'Far', 'Near', 'Lost', 'Lone'].map((name, at) => ({
      ...{ type: at === 0 ? 'synthetic' : 'object', name, id: 2 * at + 1, selfSize: 16 * at },
    }));
    const edges: PlainEdge[] = [
      { from: 0, type: 'element', nameOrIndex: 0, to: 2 },
      { from: 2, type: 'property', nameOrIndex: 'next', to: 1 },
    ];
    const served = await startServer([writeSnapshot(scratchFolder(), 'lost', { nodes, edges })]);
    const question = { snapshot: 0, sort: 'distance' };
    const { items } = await served.ask<Rows<ClassRow>>('classes', question);
    expect(items.map(({ name }) => name)).toEqual(['Near', 'Far', 'Lone', 'Lost']);
    const second = await served.ask<Rows<ClassRow>>('classes', { ...question, offset: 1, limit: 1 });
    expect(second).toMatchObject({ total: 4, offset: 1, items: [items[1]] });
  });

  it('about filters, with the members and sums that DevTools has', async () => {
    const file = corpusFile('chrome156');
    const devtools = await devtoolsFromFile(file);
    if (isFailed(devtools)) throw new Error(devtools.failed);
    const served = await startServer([file]);
    const filters = { 'detached-dom': 'objectsRetainedByDetachedDomNodes', contexts: 'objectsRetainedByContexts' };
    for (const [filter, name] of Object.entries(filters)) {
      const aggregates = devtools.engine.aggregatesWithFilter(engineFilter(name));
      const classes = await served.ask<Rows<ClassRow>>('classes', { snapshot: 0, filter, limit: 500, sort: 'name' });
      expect(classes.items.map(({ key }) => key).sort()).toEqual(Object.keys(aggregates).sort());
      expect(classes.total).toBeGreaterThan(1);
      for (const { key, count, selfSize, retainedSize } of classes.items) {
        const { count: counted, self, maxRet, idxs } = aggregates[key];
        expect([count, selfSize, retainedSize]).toEqual([counted, self, maxRet]);
        const members = await served.ask<Rows<NodeRow>>('members', { snapshot: 0, filter, class: key, limit: 500 });
        const expected = idxs.map((index) => index / devtools.engine.nodeFieldCount);
        expect(members.total).toBe(expected.length);
        if (expected.length <= 500)
          expect(members.items.map(({ ordinal }) => ordinal).sort((a, b) => a - b)).toEqual(
            expected.sort((a, b) => a - b),
          );
      }
      const all = await served.ask<Rows<NodeRow>>('members', { snapshot: 0, filter, offset: 1, limit: 500 });
      const kept = devtools.filtered(name);
      const bySize = kept.sort((a, b) => devtools.retainedSize[b] - devtools.retainedSize[a] || a - b);
      expect(all.items.map(({ ordinal }) => ordinal)).toEqual(bySize.slice(1, 501));
    }
  });

  it('about names, page by page', async () => {
    const file = corpusFile('node22');
    const served = await startServer([file], { showValues: true });
    const snapshot = await openSnapshot(file);
    const expected = Array.from({ length: snapshot.nodeCount }, (_, node) => node)
      .filter((node) => snapshot.nodeType(node) === 'closure' && snapshot.nodeName(node).includes('Error'))
      .sort((a, b) => snapshot.columns.retainedSize[b] - snapshot.columns.retainedSize[a] || a - b);
    const found: NodeRow[] = [];
    for (let [offset, total] = [0, 1]; offset < total; offset += 500) {
      const asked = { snapshot: 0, text: 'Error', case: 'match', offset, limit: 500 };
      const page = await served.ask<FoundAnswer>('search', asked);
      expect(page.names).toBeGreaterThan(10);
      total = page.total;
      found.push(...page.items);
    }
    const closures = found.filter(({ type }) => type === 'closure').map(({ ordinal }) => ordinal);
    expect(closures).toEqual(expected);
    expect(closures.length).toBeGreaterThan(20);
    snapshot.close();
  });
});

describe('comparisons', () => {
  it('have the classes of the library and the objects of DevTools', async () => {
    const [base, current] = writeWithNode(scratchFolder(), 'pair', 2);
    const served = await startServer([base, current]);
    const [before, after] = [await devtoolsFromFile(base), await devtoolsFromFile(current)];
    if (isFailed(before) || isFailed(after)) throw new Error('DevTools fails');
    const asked = { base: 0, snapshot: 1 };
    const diff = await served.ask<DiffAnswer>('diff', { ...asked, limit: 500 });
    const expected = await diffSnapshots(base, current);
    expect(diff.items.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual(
      expected.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
    const rows = after.diffFrom(before);
    expect(rows.length).toBeGreaterThan(5);
    for (const { key, addedIds, removedIds } of rows) {
      for (const [side, ids] of Object.entries({ new: addedIds, deleted: removedIds })) {
        const changed = await served.ask<Rows<NodeRow>>('changed', { ...asked, class: key, side, limit: 500 });
        expect(changed.total, `${key} ${side}`).toBe(ids.length);
        if (ids.length > 500) continue;
        expect(changed.items.map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids.sort((a, b) => a - b));
      }
    }
  });

  it('are sorted and searched as asked', async () => {
    const served = await startServer([seriesFile(1), seriesFile(2)]);
    const asked = { base: 0, snapshot: 1, limit: 500 };
    const byNew = await served.ask<DiffAnswer>('diff', { ...asked, sort: 'new' });
    const counts = byNew.items.map(({ newCount }) => newCount);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(byNew.totals.newCount);
    const some = await served.ask<DiffAnswer>('diff', { ...asked, text: 'context' });
    expect(some.total).toBeGreaterThan(0);
    expect(some.items).toHaveLength(some.total);
    for (const { name } of some.items) expect(name.toLowerCase()).toContain('context');
  });
});
