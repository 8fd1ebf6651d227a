import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { sourceOf } from '#src/read/file.js';
import { analyseWith } from '../engine/engine.js';
import { devtoolsFromFile, isFailed } from '../oracle/devtools.js';

// Not part of `npm test`: compares the files named in FILES with DevTools, for snapshots that anybody has lying about.
const FILES = (process.env.FILES ?? '').split(delimiter).filter((file) => file !== '');
const COLUMNS = ['id', 'selfSize', 'retainedSize', 'dominator', 'distance', 'detachedness'] as const;

test('FILES names snapshots to compare', () => {
  expect(FILES.length).toBeGreaterThan(0);
});

test.each(FILES)('%s equals DevTools node by node', async (file) => {
  const devtools = await devtoolsFromFile(file);
  if (isFailed(devtools)) throw new Error(`DevTools fails on it: ${devtools.failed}`);
  const engine = await analyseWith(sourceOf(file));
  const differences = Object.fromEntries(COLUMNS.map((name) => [name, countDifferences(engine[name], devtools[name])]));
  expect(differences).toEqual(Object.fromEntries(COLUMNS.map((name) => [name, 0])));
  expect(engine.statistics).toEqual(devtools.statistics);
  expect(engine.classes).toEqual(devtools.aggregates);
  let names = 0;
  for (let node = 0; node < engine.id.length; node++) {
    if (engine.nodeName(node) !== devtools.nodeName(node) || engine.className(node) !== devtools.className(node))
      names++;
  }
  expect(names).toBe(0);
});

function countDifferences(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  let count = Math.abs(ours.length - theirs.length);
  for (let at = 0; at < Math.min(ours.length, theirs.length); at++) if (ours[at] !== theirs[at]) count++;
  return count;
}
