import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Scene } from '#src/detect/detector.js';
import { growingArray } from '#src/detect/growing-array.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { byHolder, evidenceOf, sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
let scene: Scene;
let found: Map<string, Finding>;
const of = (holder: string) => found.get(holder) as Finding;

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('growing-array', folder), [growingArray]);
  found = byHolder(scene, growingArray.detect(scene, growingArray.limits));
});

describe('what grows is found', () => {
  test('as an Array, with the class of its items', () => {
    const finding = of('Queue.jobs');
    expect(finding.count).toBe(300);
    expect(finding.title).toBe('at least 300 items in an Array');
    expect(evidenceOf(finding)).toMatchObject({ 'items shown': 300, 'most items are': 'Job (100 %)' });
    expect(evidenceOf(finding).capacity).toBeGreaterThanOrEqual(300);
    expect(finding.samples.map((node) => scene.view.name(node))).toEqual(['Job', 'Job', 'Job']);
  });

  test('as a dictionary by name', () => {
    expect(of('Queue.byName').count).toBe(300);
    expect(of('Queue.byName').title).toBe('at least 300 entries in an object used as a dictionary');
  });

  test('as an object with numbers for keys', () => {
    expect(of('Queue.byNumber').count).toBe(300);
    expect(of('Queue.byNumber').title).toBe('at least 300 entries in an object with numbered entries');
  });

  test('as a registry of functions from one place in the source', () => {
    expect(of('Queue.callbacks').count).toBe(300);
  });

  test('without slots that hold undefined', () => {
    expect(of('Queue.gone').count).toBe(150);
  });

  test('as an Array of numbers by its capacity, with little strength', () => {
    const finding = of('Queue.samples');
    expect(finding.count).toBe(0);
    expect(evidenceOf(finding).capacity).toBeGreaterThanOrEqual(5000);
    expect(finding.title).toMatch(/^an Array with \d+ slots, none of them with an item that is shown$/);
    expect(finding.strength).toBe(0.2);
  });
});

test('Arrays in Arrays of one kind are one finding, and count their bytes once', () => {
  const all = growingArray.detect(scene, growingArray.limits);
  const trees = all.filter(({ anchor }) => scene.holders.nameOf(anchor).expression.includes('children'));
  expect(trees.reduce((sum, { count }) => sum + count, 0)).toBe(10 * 60 + 9);
  expect(trees.length).toBeLessThan(5);
  for (const { anchor, bytes } of trees) expect(bytes).toBe(scene.view.retainedSize[anchor]);
});

describe('what is as harmless as it looks', () => {
  test('an Array beside a limit is less of a suspect', () => {
    expect(of('Ring.jobs')).toMatchObject({ count: 300, strength: of('Queue.jobs').strength, bounded: 0.75 });
    expect(of('Queue.jobs').bounded).toBeUndefined();
    expect(evidenceOf(of('Ring.jobs'))['possible bound beside it']).toBe('limit');
  });

  test('texts have less strength than objects', () => {
    expect(of('Queue.words').count).toBe(300);
    expect(of('Queue.words').strength).toBeLessThan(of('Queue.jobs').strength);
  });

  test.each(['popped', 'library', 'settings'])('%s is passed over', (name) => {
    expect([...found.keys()].filter((holder) => holder.includes(name))).toEqual([]);
  });
});

test('limits apply', () => {
  const limits = { ...growingArray.limits, leastItems: 200, leastHiddenCapacity: 100_000 };
  const few = byHolder(scene, growingArray.detect(scene, limits));
  expect(few.has('Queue.jobs')).toBe(true);
  expect(few.has('Queue.gone')).toBe(false);
  expect(few.has('Queue.samples')).toBe(false);
});
