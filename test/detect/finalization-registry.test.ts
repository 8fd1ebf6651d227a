import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Scene } from '#src/detect/detector.js';
import { finalizationRegistry } from '#src/detect/finalization-registry.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { byHolder, evidenceOf, sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
let scene: Scene;
let found: Map<string, Finding>;
const of = (holder: string) => found.get(holder) as Finding;

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('finalization-registry', folder), [finalizationRegistry]);
  found = byHolder(scene, finalizationRegistry.detect(scene, finalizationRegistry.limits));
});

describe('holdings that reach their target', () => {
  test('are found with the way that they take', () => {
    const finding = of('Owner.loops');
    expect(finding.count).toBe(40);
    expect(finding.title).toBe('40 registrations whose holdings reach the target');
    expect(evidenceOf(finding)).toMatchObject({
      registrations: 40,
      'path to the target': 'holdings.close.of',
      'targets that nothing else keeps': 40,
    });
    expect(finding.strength).toBe(0.9);
    expect(finding.samples.map((node) => scene.view.name(node))).toEqual(['Handle', 'Handle', 'Handle']);
  });

  test('have less strength where something else keeps the target anyway', () => {
    const finding = of('Owner.also');
    expect(finding.count).toBe(40);
    expect(evidenceOf(finding)['targets that nothing else keeps']).toBe(0);
    expect(finding.strength).toBe(0.4);
  });
});

describe('registrations with nothing wrong about them', () => {
  test('are passed over where they are few', () => {
    expect(found.has('Owner.sound')).toBe(false);
  });

  test('are told of, with little strength, where they are many', () => {
    const finding = of('Owner.large');
    expect(finding.count).toBe(150);
    expect(finding.title).toBe('150 registrations in a FinalizationRegistry');
    expect(finding.strength).toBe(0.2);
  });
});

test('limits apply', () => {
  const limits = { ...finalizationRegistry.limits, leastCells: 30, leastDefects: 50 };
  const others = byHolder(scene, finalizationRegistry.detect(scene, limits));
  expect(others.get('Owner.sound')?.count).toBe(40);
  expect(others.get('Owner.loops')?.title).toBe('40 registrations in a FinalizationRegistry');
});

test('no text says that a callback failed', () => {
  for (const { evidence, repair, title } of found.values())
    expect(JSON.stringify([evidence, repair, title])).not.toMatch(/fail|never|not called/);
});
