import { beforeAll, expect, it } from 'vitest';
import type { Finding, Scene } from '#src/detect/detector.js';
import { retainedErrors } from '#src/detect/retained-errors.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { evidenceOf } from './evidence.js';
import { sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
let scene: Scene;
let findings: Finding[];

beforeAll(async () => {
  scene = await sceneOfFile(snapshotOf('errors', folder), [retainedErrors]);
  findings = retainedErrors.detect(scene, retainedErrors.limits);
});

it('errors are told by class and by who keeps them, few are not told', () => {
  const titles = findings.map(({ title, holder }) => [title, holder?.expression.replace(/^.*\./, '')]);
  expect(titles.sort()).toEqual([
    ['25 objects of TypeError', 'logged'],
    ['40 objects of UpstreamError', 'failures'],
  ]);
});

it('those whose stack was not read hold frames, with their bytes', () => {
  const finding = findings.find(({ count }) => count === 40) as Finding;
  const evidence = evidenceOf(finding);
  expect(evidence).toMatchObject({ class: 'UpstreamError', 'with captured frames': 40 });
  expect(evidence['bytes of captured frames']).toBeGreaterThan(40 * 50);
  expect(finding.bytes).toBeGreaterThan(Number(evidence['bytes of captured frames']));
  expect(finding.samples).toHaveLength(3);
});

it('those whose stack was read hold a text', () => {
  const finding = findings.find(({ count }) => count === 25) as Finding;
  expect(evidenceOf(finding)).toMatchObject({ 'with captured frames': 0, 'bytes of captured frames': 0 });
  expect(finding.bytes).toBeGreaterThan(25 * 200);
});

it('a limit says from how many on', () => {
  const all = retainedErrors.detect(scene, { ...retainedErrors.limits, leastErrors: 2 });
  expect(all.map(({ title }) => title)).toContain('3 objects of RangeError');
});

it('Node alone has none worth telling', async () => {
  const plain = await sceneOfFile(snapshotOf('plain', folder), [retainedErrors]);
  expect(retainedErrors.detect(plain, retainedErrors.limits)).toEqual([]);
});
