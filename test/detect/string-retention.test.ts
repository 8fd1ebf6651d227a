import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Scene } from '#src/detect/detector.js';
import { stringRetention } from '#src/detect/string-retention.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { byHolder, evidenceOf, sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
let scene: Scene;
let found: Map<string, Finding>;
const of = (holder: string) => found.get(holder) as Finding;

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('string-retention', folder), [stringRetention]);
  found = byHolder(scene, stringRetention.detect(scene, stringRetention.limits));
});

describe('slices', () => {
  test('of many strings are found with the bytes of those', () => {
    const finding = of('Cache.ids');
    expect(finding.count).toBe(20);
    expect(finding.title).toBe('20 slices keep 20 strings alive');
    expect(finding.bytes).toBeGreaterThanOrEqual(20 * 20_000);
    expect(finding.bytes).toBeLessThan(20 * 21_000);
    expect(evidenceOf(finding)).toMatchObject({ slices: 20, 'of which nothing but one slice keeps': 20 });
    expect(finding.strength).toBe(0.6);
    expect(finding.samples.map((node) => scene.view.typeName(node))).toEqual(Array(3).fill('sliced string'));
  });

  test('of what is held anyway, copies, and slices of short strings are passed over', () => {
    expect([...found.keys()].filter((holder) => /pieces|copies|short/.test(holder))).toEqual([]);
  });
});

describe('strings in pieces', () => {
  test('are found with the number of their parts', () => {
    const finding = of('Cache.log');
    expect(finding.count).toBe(2000);
    expect(finding.bytes).toBeGreaterThanOrEqual(1999 * 4 * scene.view.pointerSize);
    expect(finding.strength).toBe(0.3);
  });

  test('are passed over once they have been put together', () => {
    expect(found.has('Cache.flat')).toBe(false);
  });
});

test('limits apply', () => {
  const limits = { ...stringRetention.limits, leastParentBytes: 100, leastBytes: 1000, leastParts: 5000 };
  const others = byHolder(scene, stringRetention.detect(scene, limits));
  expect(others.get('Cache.short')?.count).toBe(20);
  expect(others.has('Cache.log')).toBe(false);
});

test('no text says how long a slice is, and bytes are an upper bound', () => {
  expect(evidenceOf(of('Cache.ids'))).toHaveProperty('bytes of those strings (at most so much is waste)');
  for (const { evidence, repair, title } of found.values())
    expect(JSON.stringify([evidence, repair, title])).not.toMatch(/characters|slice length/);
});
