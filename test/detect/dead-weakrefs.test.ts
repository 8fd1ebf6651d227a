import { beforeAll, expect, test } from 'vitest';
import { deadWeakrefs } from '#src/detect/dead-weakrefs.js';
import type { Finding, Scene } from '#src/detect/detector.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { byHolder, evidenceOf, sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
let scene: Scene;
let found: Map<string, Finding>;
const of = (holder: string) => found.get(holder) as Finding;

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('dead-weakrefs', folder), [deadWeakrefs]);
  found = byHolder(scene, deadWeakrefs.detect(scene, deadWeakrefs.limits));
});

test('dead WeakRefs in an Array are counted beside those that live', () => {
  const finding = of('Registry.list');
  expect(finding.count).toBe(80);
  expect(finding.title).toBe('80 of 100 WeakRefs have lost their target');
  expect(evidenceOf(finding)).toMatchObject({ dead: 80, all: 100, 'holders of this kind': 1 });
  expect(finding.strength).toBe(0.56);
  expect(finding.bytes).toBe(80 * 4 * scene.view.pointerSize);
});

test('a record in a Map is what stays, not only the WeakRef in it', () => {
  const finding = of('Registry.records');
  expect(finding.count).toBe(100);
  expect(finding.strength).toBe(0.7);
  expect(finding.bytes).toBeGreaterThan(100 * 8 * scene.view.pointerSize);
  const [newest] = finding.samples;
  expect(scene.view.name(newest)).toBe('Object');
  expect(scene.view.id(newest)).toBeGreaterThan(scene.view.id(finding.samples[1]));
});

test('a field of objects in a Set counts for the Set', () => {
  const counts = [...found.values()].map(({ count }) => count);
  expect(counts.toSorted((a, b) => a - b)).toEqual([30, 80, 100]);
});

test('where most live, and where few died, nothing is said', () => {
  const holders = [...found.keys()];
  expect(holders.length).toBe(3);
  expect(holders.filter((holder) => /alive|few/.test(holder))).toEqual([]);
});

test('limits apply', () => {
  const limits = { ...deadWeakrefs.limits, leastDead: 5, leastPercentDead: 90 };
  const others = byHolder(scene, deadWeakrefs.detect(scene, limits));
  expect(others.get('Registry.few')?.count).toBe(5);
  expect(others.has('Registry.list')).toBe(false);
});

test('no text says that a target leaked', () => {
  for (const { evidence, repair, title } of found.values())
    expect(JSON.stringify([evidence, repair, title])).not.toMatch(/leak/);
});
