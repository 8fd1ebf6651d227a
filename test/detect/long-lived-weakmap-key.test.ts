import { beforeAll, expect, test } from 'vitest';
import type { Finding, Scene } from '#src/detect/detector.js';
import { longLivedWeakmapKey } from '#src/detect/long-lived-weakmap-key.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { byHolder, evidenceOf, sceneOfFile, snapshotOf } from './scene.js';

const BACK = 'values refer back to their keys';
const folder = scratchFolder();
let scene: Scene;
let found: Map<string, Finding>;
const of = (holder: string) => found.get(holder) as Finding;

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('long-lived-weakmap-key', folder), [longLivedWeakmapKey]);
  found = byHolder(scene, longLivedWeakmapKey.detect(scene, longLivedWeakmapKey.limits));
});

test('values that stay with their keys are found, with what holds the keys', () => {
  const finding = of('Service.details');
  expect(finding.count).toBe(60);
  expect(finding.title).toBe('60 values in a WeakMap stay with their keys');
  expect(evidenceOf(finding)).toMatchObject({
    pairs: 60,
    'keys are held by': 'Service.users',
    'newest key is a': 'User',
  });
  expect(finding.bytes).toBeGreaterThan(60 * 100);
  expect(finding.strength).toBe(0.3);
  expect(evidenceOf(finding)).not.toHaveProperty(BACK);
});

test('each value counts once, though a table and a key lead to it', () => {
  const finding = of('Service.details');
  const values = finding.samples.map((node) => scene.view.retainedSize[node]);
  expect(values.length).toBe(3);
  expect(finding.bytes).toBeLessThanOrEqual(60 * Math.max(...values));
});

test('that a value leads back to its key is told as harmless', () => {
  expect(evidenceOf(of('Service.loops'))[BACK]).toBe('yes; that alone keeps neither');
});

test('few pairs, and values that are small beside their keys, are passed over', () => {
  expect(found.has('Service.few')).toBe(false);
  expect(found.has('Service.marks')).toBe(false);
});

test('limits apply', () => {
  const limits = { ...longLivedWeakmapKey.limits, leastPairs: 61 };
  expect(longLivedWeakmapKey.detect(scene, limits)).toEqual([]);
  const large = longLivedWeakmapKey.detect(scene, { ...limits, leastBytes: of('Service.details').bytes });
  expect([...byHolder(scene, large).keys()]).toEqual(['Service.details']);
});
