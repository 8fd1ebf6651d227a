import { beforeAll, describe, expect, test } from 'vitest';
import { type Analysis, analyze, openSnapshot } from '#src/index.js';
import '#src/matchers/vitest.js';
import { bytesOf } from '#src/matchers/sizes.js';
import { seriesFile } from '../cli/run-cli.js';
import { demoAnalysis, failureOf } from './analyses.js';

const NAME = 'RequestContext';
let analysis: Analysis;
let bytes: number;

beforeAll(async () => {
  analysis = await demoAnalysis(2, { suspects: false });
  const last = analysis.snapshots[1];
  if (!last.ok || last.mode === 'shallow') throw new Error('found no report');
  bytes = last.classes.find(({ name }) => name === NAME)?.retainedSize ?? 0;
});

describe('toRetainLessThan of an analysis', () => {
  test('the heap of the last snapshot', () => {
    const last = analysis.snapshots[1];
    const total = last.ok && last.mode === undefined ? last.totalSize : 0;
    expect(total).toBeGreaterThan(1e6);
    expect(analysis).toRetainLessThan(total + 1);
    expect(analysis).not.toRetainLessThan(total);
    expect(failureOf(() => expect(analysis).toRetainLessThan('1 MB'))).toMatch(
      /found the heap retaining \d\.\d MB \([\d,]+ bytes\), expected less than 1\.0 MB \(1,000,000 bytes\)/,
    );
  });

  test('a class, to the byte', () => {
    expect(bytes).toBeGreaterThan(100_000);
    expect(analysis).toRetainLessThan(bytes + 1, { class: NAME });
    expect(analysis).not.toRetainLessThan(bytes, { class: NAME });
    expect(failureOf(() => expect(analysis).toRetainLessThan(bytes, { class: NAME }))).toMatch(
      /found RequestContext \(200 of them\) retaining /,
    );
    expect(failureOf(() => expect(analysis).not.toRetainLessThan('1 GB', { class: NAME }))).toContain(
      'expected no less than 1.0 GB',
    );
  });

  test('a class that is not listed passes only where it must be less', async () => {
    const file = seriesFile(2);
    const short = await analyze(file, { top: 3, suspects: false });
    const message = failureOf(() => expect(short).toRetainLessThan(100, { class: 'Nobody' }));
    expect(message).toContain('found no Nobody among the classes listed, of which the last retains ');
    expect(failureOf(() => expect(short).not.toRetainLessThan(100, { class: 'Nobody' }))).toBe(message);
    expect(short).toRetainLessThan('1 GB', { class: 'Nobody' });
    const all = await analyze(file, { top: Number.POSITIVE_INFINITY, suspects: false });
    expect(all).toRetainLessThan(1, { class: 'Nobody' });
    expect(all).not.toRetainLessThan(0, { class: 'Nobody' });
  });

  test('what has no figure is neither', async () => {
    const shallow = await analyze(seriesFile(1), { mode: 'shallow' });
    const failed = await analyze([seriesFile(1), '/nowhere.heapsnapshot']);
    for (const [value, options, told] of [
      [shallow, {}, 'found a shallow report'],
      [failed, {}, 'the last snapshot failed: /nowhere.heapsnapshot'],
      [analysis, { id: 1 }, 'expected a snapshot of openSnapshot()'],
      [analysis, { id: 1, class: NAME }, 'found a class and an id'],
      [{ schemaVersion: 1, snapshots: [] }, {}, 'found an analysis without snapshots'],
      [undefined, {}, 'found undefined'],
    ] as const) {
      expect(failureOf(() => expect(value).toRetainLessThan('1 GB', options))).toContain(told);
      expect(failureOf(() => expect(value).not.toRetainLessThan(0, options))).toContain(told);
    }
  });

  test('several classes of one name are told by their keys', () => {
    const last = analysis.snapshots[1];
    if (!last.ok || last.mode === 'shallow') throw new Error('found no report');
    const [first, second, ...rest] = last.classes;
    const same = {
      ...last,
      classes: [{ ...first, name: 'A', key: ',A' }, { ...second, name: 'A', key: '7,1,1,A' }, ...rest],
    };
    const twice = { ...analysis, snapshots: [same] };
    expect(failureOf(() => expect(twice).toRetainLessThan(1, { class: 'A' }))).toContain(
      'found 2 classes called A, expected the key of one: ,A  7,1,1,A',
    );
    expect(twice).toRetainLessThan(second.retainedSize + 1, { class: '7,1,1,A' });
    expect(twice).not.toRetainLessThan(second.retainedSize, { class: '7,1,1,A' });
  });
});

describe('toRetainLessThan of an open snapshot', () => {
  test('the heap, a class and a node have the figures of the snapshot', async () => {
    const snapshot = await openSnapshot(seriesFile(2));
    try {
      const [ordinal] = snapshot.members(NAME);
      const id = snapshot.figure('id', ordinal);
      const own = snapshot.figure('retainedSize', ordinal);
      expect(own).toBeGreaterThan(1000);
      expect(snapshot).toRetainLessThan(own + 1, { id });
      expect(snapshot).not.toRetainLessThan(own, { id });
      expect(snapshot).toRetainLessThan(bytes + 1, { class: NAME });
      expect(snapshot).not.toRetainLessThan(bytes, { class: NAME });
      expect(snapshot).toRetainLessThan(snapshot.totalSize + 1);
      expect(snapshot).not.toRetainLessThan(snapshot.totalSize);
      expect(failureOf(() => expect(snapshot).toRetainLessThan(1, { id: 2 ** 40 }))).toContain('found no node @');
      expect(failureOf(() => expect(snapshot).toRetainLessThan(1, { id }))).toContain(`found node @${id} retaining`);
    } finally {
      snapshot.close();
    }
  });
});

test('sizes are read as they are printed', () => {
  for (const [text, expected] of [
    ['0', 0],
    ['512', 512],
    ['512 B', 512],
    ['1.5 kB', 1500],
    ['10 MB', 1e7],
    ['10MB', 1e7],
    ['2 GiB', 2 * 1024 ** 3],
    ['1.5 KiB', 1536],
  ] as const)
    expect(bytesOf(text, 'size'), text).toBe(expected);
  for (const wrong of ['', 'MB', '1 XB', '1,5 MB', '1  MB', '1e3', '-1', '0x10', 'Infinity'])
    expect(() => bytesOf(wrong, 'size'), wrong).toThrow('expected bytes or a size');
});
