import { beforeAll, expect, it } from 'vitest';
import type { Finding } from '#src/detect/detector.js';
import { unmountedFiber } from '#src/detect/unmounted-fiber.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { evidenceOf } from './evidence.js';
import { sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
let findings: Finding[];

beforeAll(async () => {
  const scene = await sceneOfFile(snapshotOf('fibers', folder), [unmountedFiber]);
  findings = unmountedFiber.detect(scene, unmountedFiber.limits);
});

it('unmounted trees are told by component, mounted ones and those React is deleting are not', () => {
  expect(findings.map(({ title }) => title).sort()).toEqual([
    '2 unmounted fibers under Fancy.Tooltip',
    '75 unmounted fibers under Chart',
  ]);
});

it('with who keeps them', () => {
  const chart = findings.find(({ count }) => count === 75) as Finding;
  expect(chart.holder?.expression).toMatch(/callbacks/);
  expect(evidenceOf(chart)).toMatchObject({ component: 'Chart', trees: 15 });
  expect(chart.bytes).toBeGreaterThan(15 * 5 * 50);
  expect(chart.samples).toHaveLength(3);
});

it('a minified build has the same', async () => {
  const scene = await sceneOfFile(snapshotOf('minified-fibers', folder), [unmountedFiber]);
  const minified = unmountedFiber.detect(scene, unmountedFiber.limits);
  expect(minified.map(({ title }) => title).sort()).toEqual(findings.map(({ title }) => title).sort());
});

it('a heap without React has none', async () => {
  const scene = await sceneOfFile(snapshotOf('plain', folder), [unmountedFiber]);
  expect(unmountedFiber.detect(scene, unmountedFiber.limits)).toEqual([]);
});
