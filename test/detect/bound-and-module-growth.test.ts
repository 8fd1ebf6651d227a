import { beforeAll, describe, expect, it } from 'vitest';
import { boundAndModuleGrowth } from '#src/detect/bound-and-module-growth.js';
import type { Finding } from '#src/detect/detector.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { evidenceOf } from './evidence.js';
import { sceneOfFile, snapshotOf } from './scene.js';

const folder = scratchFolder();
const { limits } = boundAndModuleGrowth;
let findings: Finding[];

beforeAll(async () => {
  const scene = await sceneOfFile(snapshotOf('bound', folder), [boundAndModuleGrowth]);
  findings = boundAndModuleGrowth.detect(scene, limits);
});

describe('bound functions', () => {
  it('are one finding a function and place, without those that Node has bound', () => {
    const bound = findings.filter(({ title }) => title.includes('bound functions'));
    expect(bound).toHaveLength(1);
    const [finding] = bound;
    expect(finding).toMatchObject({ count: 300, title: '300 bound functions of onMessage() in bound.cjs' });
    expect(finding.holder?.expression).toMatch(/\.handlers$/);
    expect(finding.bytes).toBeGreaterThan(300 * 100);
    expect(finding.samples).toHaveLength(3);
  });

  it('say how many receivers they have', () => {
    const finding = findings.find(({ title }) => title.includes('onMessage')) as Finding;
    expect(evidenceOf(finding)).toMatchObject({
      'different receivers': 300,
      'receiver of the newest': '{user}',
      'bound arguments of the newest': 2,
    });
  });
});

describe('a module that was loaded again and again', () => {
  it('is found by its file, whose folder is the only part of the path that is told', () => {
    const modules = findings.filter(({ title }) => title.includes('copies of the module'));
    expect(modules).toHaveLength(1);
    expect(modules[0]).toMatchObject({ count: 12, samples: { length: 3 } });
    expect(modules[0].title).toMatch(/^12 copies of the module [^/]+\/plugin\.cjs$/);
    expect(modules[0].holder?.expression).toMatch(/^module\.children of [^/]+\/bound\.cjs$/);
    expect(JSON.stringify(modules[0])).not.toContain(folder);
    // Eleven copies of 500 rows.
    expect(modules[0].bytes).toBeGreaterThan(11 * 500 * 40);
  });
});

describe('the global object', () => {
  it('has three properties that Node has not given it', () => {
    const [finding] = findings.filter(({ key }) => key === 'global properties');
    expect(finding).toMatchObject({ count: 3, holder: { expression: 'global', kind: 'global' } });
    expect(String(evidenceOf(finding).largest)).toMatch(/^(hub|sessionCache), (hub|sessionCache), "request count"$/);
    expect(finding.bytes).toBeGreaterThan(100_000);
  });

  it('has none in a program that adds none', async () => {
    const scene = await sceneOfFile(snapshotOf('plain', folder), [boundAndModuleGrowth]);
    expect(boundAndModuleGrowth.detect(scene, limits)).toEqual([]);
  });
});

it('limits say from where on something is told', async () => {
  const scene = await sceneOfFile(snapshotOf('bound', folder), [boundAndModuleGrowth]);
  const few = boundAndModuleGrowth.detect(scene, { ...limits, leastBound: 1, leastCopies: 13, leastGlobals: 4 });
  expect(few.map(({ title }) => title)).toContain('3 bound functions of close() in bound.cjs');
  expect(few.every(({ title }) => title.includes('bound functions'))).toBe(true);
});
