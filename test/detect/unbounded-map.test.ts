import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Scene } from '#src/detect/detector.js';
import { kindOfTexts } from '#src/detect/key-kinds.js';
import { unboundedMap } from '#src/detect/unbounded-map.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { byHolder, evidenceOf, sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
let scene: Scene;
let found: Map<string, Finding>;
const of = (holder: string) => found.get(holder) as Finding;

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('unbounded-map', folder), [unboundedMap]);
  found = byHolder(scene, unboundedMap.detect(scene, unboundedMap.limits));
});

describe('a Map that grows', () => {
  test('is found with its entries, capacity and kind of keys', () => {
    const finding = of('Server.requests');
    expect(finding.count).toBe(300);
    expect(finding.title).toBe('at least 300 entries in a Map');
    expect(evidenceOf(finding)).toEqual({ 'entries shown': 300, capacity: 512, keys: 'ascending' });
    expect(finding.strength).toBe(0.7);
    expect(finding.bytes).toBe(scene.view.retainedSize[finding.anchor]);
  });

  test('shows its three newest values', () => {
    const { samples } = of('Server.requests');
    expect(samples.map((node) => scene.view.name(node))).toEqual(['Entry', 'Entry', 'Entry']);
    const ids = samples.map((node) => scene.view.id(node));
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });

  test('may be a Set, or of a class that extends Map', () => {
    expect(of('Server.peers').title).toBe('at least 300 entries in a Set');
    expect(evidenceOf(of('Server.peers')).keys).toBe('objects');
    expect(of('Server.extended').count).toBe(300);
  });

  test('is counted without the entries that were deleted', () => {
    expect(of('Server.pruned').count).toBe(200);
  });

  test('is counted right where some keys are numbers, and where all values are truth values', () => {
    expect(of('Server.mixed').count).toBe(300);
    expect(of('Server.flags').count).toBe(300);
    expect(evidenceOf(of('Server.flags')).keys).toBe('texts');
  });

  test('of nothing but numbers is found by its capacity, with less strength', () => {
    const finding = of('Server.numbers');
    expect(evidenceOf(finding)).toEqual({ 'entries shown': 0, capacity: 8192, keys: 'hidden' });
    expect(finding.count).toBe(2048);
    expect(finding.strength).toBeLessThan(of('Server.requests').strength);
    expect(finding.samples).toEqual([]);
  });
});

test('Maps that objects of one class hold are one finding', () => {
  const groups = [...found.values()].filter(({ title }) => title.endsWith('in 4 Maps'));
  expect(groups.map(({ count }) => count)).toEqual([60 + 61 + 62 + 63]);
});

describe('what is as harmless as it looks', () => {
  test('a small Map is passed over', () => {
    expect([...found.keys()].filter((holder) => holder.includes('small'))).toEqual([]);
  });

  test('a Map beside a limit is less of a suspect', () => {
    const finding = of('BoundedCache.kept');
    expect(finding.count).toBe(300);
    expect(finding).toMatchObject({ strength: 0.7, bounded: 0.75 });
    expect(evidenceOf(finding)['possible bound beside it']).toBe('maxEntries');
    expect(of('Server.requests').bounded).toBeUndefined();
  });

  test('a Map in one scope with a limit is no less of one', () => {
    const finding = of('variable limited in makeLimited() in unbounded-map.cjs');
    expect(finding.bounded).toBeUndefined();
    expect(evidenceOf(finding)['possible bound beside it']).toBe('limit');
  });

  test("Node's own Maps have little strength", () => {
    const own = [...found.entries()].filter(([, { holder }]) => holder?.place?.script.startsWith('node:'));
    expect(own.length).toBeGreaterThan(0);
    for (const [holder, { strength }] of own) expect(strength, holder).toBeLessThanOrEqual(0.2);
  });
});

test('no text says a key, or how large a Map is', () => {
  for (const { evidence, repair, title } of found.values()) {
    expect(JSON.stringify([evidence, repair, title])).not.toMatch(/request-\d|unused/);
    expect(title).toMatch(/^at least /);
  }
});

test('limits apply', () => {
  const few = unboundedMap.detect(scene, { ...unboundedMap.limits, leastEntries: 10, mostFindings: 3 });
  expect(few.length).toBe(3);
  const all = unboundedMap.detect(scene, { ...unboundedMap.limits, leastEntries: 10 });
  expect(byHolder(scene, all).get('Server.small')?.count).toBe(20);
});

test.each([
  ['times', ['1700000000000', '1700000000500']],
  ['times', ['2024-01-05T10:00:00Z', '2024-01-06T10:00:00Z']],
  ['ids', ['6f1c2f0e-7b8e-4f58-9c62-1f2d3c4b5a69', '0f1c2f0e-7b8e-4f58-9c62-1f2d3c4b5a60']],
  ['ascending', ['user1', 'user2', 'user9', 'user10']],
  ['texts', ['user2', 'user1', 'user9', 'user4']],
  ['texts', ['utf8', 'latin1', 'ascii']],
])('keys that are %s', (kind, texts) => {
  expect(kindOfTexts(texts)).toBe(kind);
});
