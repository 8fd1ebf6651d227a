import { beforeAll, describe, expect, test } from 'vitest';
import { bufferRetention } from '#src/detect/buffer-retention.js';
import type { Finding, Scene } from '#src/detect/detector.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { byHolder, evidenceOf, sceneOfFile, snapshotOf } from './scene.js';

const SLABS = "buffers of the size of the pool's slabs";
const folder = scratchFolder();
let scene: Scene;
let found: Map<string, Finding>;
const of = (holder: string) => found.get(holder) as Finding;

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('buffer-retention', folder), [bufferRetention]);
  found = byHolder(scene, bufferRetention.detect(scene, bufferRetention.limits));
});

describe('buffers that accumulate', () => {
  test('are found with all of their bytes, however little of them is in view', () => {
    const finding = of('Store.parts');
    expect(finding.count).toBe(40);
    expect(finding.bytes).toBe(40 * 100_000);
    expect(finding.title).toBe('40 buffers outside of the heap');
    expect(evidenceOf(finding)).toEqual({
      'bytes outside of the heap': 4_000_000,
      'views of them': 40,
      'largest buffer': 100_000,
    });
    expect(finding.strength).toBe(0.5);
    expect(finding.samples.map((node) => scene.view.name(node))).toEqual(
      Array(3).fill(scene.view.name(finding.samples[0])),
    );
  });

  test('are told to be slabs where small Buffers keep them', () => {
    const finding = of('Store.pooled');
    expect(finding.count).toBeGreaterThanOrEqual(10);
    expect(evidenceOf(finding)[SLABS]).toBe(finding.count);
    expect(evidenceOf(finding)['views of them']).toBeGreaterThanOrEqual(70);
    expect(finding.repair).toContain('allocUnsafeSlow');
    expect(finding.strength).toBe(0.4);
  });
});

describe('what is as harmless as it looks', () => {
  test('a single large buffer has little strength', () => {
    const finding = of('Store.large');
    expect(finding.count).toBe(1);
    expect(finding.bytes).toBe(2_000_000);
    expect(finding.strength).toBe(0.2);
  });

  test('small copies, a buffer of moderate size, and one that many views share are passed over', () => {
    expect([...found.keys()].filter((holder) => /copies|one|shared/.test(holder))).toEqual([]);
  });
});

test('shared memory counts once', () => {
  const limits = { ...bufferRetention.limits, leastBytesOfFew: 100_001 };
  const others = byHolder(scene, bufferRetention.detect(scene, limits));
  expect(others.get('Store.shared')?.count).toBe(1);
  expect(others.get('Store.shared')?.bytes).toBe(200_000);
  expect(others.has('Store.one')).toBe(false);
});

test('no text says how long a view is', () => {
  for (const { evidence, repair, title } of found.values())
    expect(JSON.stringify([evidence, repair, title])).not.toMatch(/\b16\b|view length/);
});
