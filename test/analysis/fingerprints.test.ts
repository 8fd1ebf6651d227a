import { createHash } from 'node:crypto';
import { type AnalyzeOptions, analyze, findWaste, type SnapshotReport } from 'heapsleuth';
import { expect, test } from 'vitest';
import { Fingerprints } from '#src/analysis/fingerprints.js';
import { corpusFile } from '../api/snapshot-files.js';

const shape = (...names: number[]) => ({ nodeName: Uint32Array.from(names), firstEdge: Uint32Array.of(0, 1, 2) });

test('equal texts of one snapshot have the same, and of no other one', () => {
  const [one, same, other] = [shape(1, 2), shape(1, 2), shape(1, 3)].map((graph) => new Fingerprints(graph));
  for (const text of ['', 'secret', '\ud800', 'ü']) {
    expect(one.of(text)).toMatch(/^[0-9a-f]{8}$/);
    expect(one.of(text)).toBe(one.of(text));
    expect(same.of(text)).toBe(one.of(text));
    expect(other.of(text)).not.toBe(one.of(text));
  }
  expect(one.of('secret')).not.toBe(one.of('secres'));
});

test('all edges of a node count, and shared memory does', () => {
  const shared = new Uint32Array(new SharedArrayBuffer(8));
  shared.set([1, 2]);
  const plain = new Fingerprints(shape(1, 2));
  expect(new Fingerprints({ ...shape(), nodeName: shared }).of('a')).toBe(plain.of('a'));
  expect(new Fingerprints({ ...shape(1, 2), firstEdge: Uint32Array.of(0, 1, 3) }).of('a')).not.toBe(plain.of('a'));
});

test('what a report shows of a text cannot be tried out with a dictionary, and is the same wherever it stands', async () => {
  const waste = await findWaste(corpusFile('node24'), { showValues: true, top: 200 });
  const options: AnalyzeOptions = { picture: { wasteItems: 200 } };
  const [outcome] = (await analyze(corpusFile('node24'), options)).snapshots;
  const texts = waste.kinds.flatMap(({ items }) => items.flatMap(({ text }) => text ?? []));
  const shown = (outcome as SnapshotReport).picture?.waste.kinds.flatMap(({ items }) =>
    items.flatMap(({ text }) => text ?? []),
  );
  expect(texts.length).toBeGreaterThan(20);
  expect(shown?.map(({ fingerprint }) => fingerprint)).toEqual(texts.map(({ fingerprint }) => fingerprint));
  const plain = (text = '') => createHash('sha256').update(text).digest('hex').slice(0, 8);
  expect(texts.filter(({ value, fingerprint }) => plain(value) === fingerprint)).toEqual([]);
});
