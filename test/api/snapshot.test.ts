import { openSnapshot, SnapshotError } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { randomGraph } from '../build/random-graph.js';
import { corpusFile, scratchFolder, writeSnapshot } from './snapshot-files.js';

const folder = scratchFolder();
const file = writeSnapshot(folder, 'small', randomGraph(3, 40));

describe('classes', () => {
  test('come largest retained size first, then by name, and belong to the caller', async () => {
    const snapshot = await openSnapshot(corpusFile('node24'));
    const classes = snapshot.classes();
    expect(classes.length).toBeGreaterThan(100);
    for (const [at, row] of classes.entries()) {
      if (at === 0) continue;
      const before = classes[at - 1];
      expect(before.retainedSize).toBeGreaterThanOrEqual(row.retainedSize);
      if (before.retainedSize === row.retainedSize) expect(before.name <= row.name).toBe(true);
    }
    expect(classes.every(({ count, selfSize }) => count > 0 && selfSize > 0)).toBe(true);
    expect(classes.reduce((sum, { selfSize }) => sum + selfSize, 0)).toBe(
      snapshot.columns.selfSize.reduce((sum, size) => sum + size, 0),
    );
    classes.length = 0;
    expect(snapshot.classes().length).toBeGreaterThan(100);
    snapshot.close();
  });
});

describe('ordinals', () => {
  test('are found by id; -1 where no node has it', async () => {
    const snapshot = await openSnapshot(file);
    const { id } = snapshot.columns;
    expect(id.length).toBeGreaterThan(5);
    for (const [node, nodeId] of id.entries()) expect(snapshot.ordinalOf(nodeId)).toBe(node);
    for (const none of [0, -1, 2 ** 40, Number.NaN]) expect(snapshot.ordinalOf(none)).toBe(-1);
    snapshot.close();
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32, 1_000_000])(
    '%d is refused by every method that takes one',
    async (bad) => {
      const snapshot = await openSnapshot(file);
      const methods = ['nodeType', 'nodeName', 'className', 'edges', 'retainers', 'pathToRoot', 'dominated'] as const;
      for (const method of methods) {
        expect(() => snapshot[method](bad), method).toThrow(RangeError);
        expect(() => snapshot[method](snapshot.nodeCount), method).toThrow(/^found ordinal \d+, expected/);
      }
      expect(() => snapshot.edges(0).at(bad)).toThrow(RangeError);
      snapshot.close();
    },
  );
});

describe('after close', () => {
  test('methods throw, plain figures and columns taken before stay', async () => {
    const snapshot = await openSnapshot(file);
    const { columns, nodeCount } = snapshot;
    const sum = columns.selfSize.reduce((total, size) => total + size, 0);
    snapshot.close();
    snapshot.close();
    for (const use of [
      () => snapshot.columns,
      () => snapshot.nodeName(0),
      () => snapshot.className(0),
      () => snapshot.edges(0),
      () => snapshot.retainers(0),
      () => snapshot.pathToRoot(0),
      () => snapshot.dominated(0),
      () => snapshot.classes(),
      () => snapshot.statistics(),
      () => snapshot.ordinalOf(1),
    ]) {
      expect(use).toThrow(/closed/);
    }
    expect(columns.selfSize.reduce((total, size) => total + size, 0)).toBe(sum);
    expect(nodeCount).toBe(columns.id.length);
  });
});

test('a file that is no snapshot rejects with its name, a code and a place', async () => {
  const bad = corpusFile('node20').replace(/node20.*$/, 'README.md');
  const error = await openSnapshot(bad).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SnapshotError);
  expect(error).toMatchObject({ file: bad, code: 'SYNTAX', byteOffset: 0 });
});
