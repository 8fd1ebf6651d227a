import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Analysis, analyze, type ClassGrowth, type Growth } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { scratchFolder, writeIn } from './scratch-folder.js';

const folder = scratchFolder();
const WORD = Buffer.from(toJson(randomGraph(5))).toString('utf8');

const POISON: Readonly<Record<string, readonly [file: string, code: string]>> = {
  cut: [writeIn(folder, 'cut', WORD.slice(0, WORD.length / 2)), 'TRUNCATED'],
  empty: [writeIn(folder, 'empty', ''), 'TRUNCATED'],
  garbage: [writeIn(folder, 'garbage', '\x7fELF\x02\x01\x01'), 'SYNTAX'],
  headless: [writeIn(folder, 'headless', '{"nodes":[],"edges":[],"strings":[]}'), 'MISSING_SECTION'],
  damaged: [writeIn(folder, 'damaged', Buffer.from('1f8b0800000000000003ffff', 'hex')), 'COMPRESSION'],
  lying: [writeIn(folder, 'lying', WORD.replace(/"node_count":\d+/, '"node_count":1')), 'COUNT_MISMATCH'],
  folder: [join(folder, 'sub'), 'UNREADABLE'],
  missing: [join(folder, 'nothing here'), 'UNREADABLE'],
};
mkdirSync(POISON.folder[0]);

/** Snapshots of one process whose Widgets grow by `step` each time. */
function series(count: number): string[] {
  return Array.from({ length: count }, (_, step) => {
    const plain = randomGraph(77, 30);
    const holder = plain.nodes.length - 1;
    for (let widget = 0; widget <= step; widget++) {
      const to = plain.nodes.push({ type: 'object', name: 'Widget', id: 100_001 + 2 * widget, selfSize: 64 }) - 1;
      plain.edges.push({ from: holder, type: 'property', nameOrIndex: 'widget', to });
    }
    return writeIn(folder, `good-${step}.heapsnapshot`, toJson(plain));
  });
}

const GOOD = series(4);

function errorsOf({ snapshots }: Analysis): Record<number, string> {
  return Object.fromEntries(snapshots.flatMap((outcome, at) => (outcome.ok ? [] : [[at, outcome.error.code]])));
}

const widgets = ({ growth }: Analysis): ClassGrowth | undefined =>
  growth?.classes.find(({ name }) => name === 'Widget');

/** A class's figures without the places of snapshots that could not be read. */
function figures({ classes }: Growth) {
  const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  return classes.map((row) => ({
    ...row,
    count: known(row.count),
    selfSize: known(row.selfSize),
    retainedSize: known(row.retainedSize),
  }));
}

describe('promise 20: one bad input leaves the others alone', () => {
  test.each(Object.entries(POISON))('%s: an error with its code, results for the rest', async (_, [file, code]) => {
    const inputs = [GOOD[0], file, GOOD[1], GOOD[2]];
    const analysis = await analyze(inputs);
    expect(analysis.snapshots.map((outcome) => outcome.file)).toEqual(inputs);
    expect(errorsOf(analysis)).toEqual({ 1: code });
    expect(analysis.growth?.snapshots).toEqual([0, 2, 3]);
    expect(widgets(analysis)).toMatchObject({ count: [1, null, 2, 3], countDeltas: [1, 1] });
  });

  test('growth is what the good files alone show, wherever the bad ones stand', async () => {
    const alone = await analyze(GOOD);
    const bad = [POISON.cut[0], POISON.missing[0]];
    for (const inputs of [
      [...bad, ...GOOD],
      [...GOOD, ...bad],
      [GOOD[0], bad[0], ...GOOD.slice(1), bad[1]],
    ]) {
      const analysis = await analyze(inputs);
      const at = GOOD.map((file) => inputs.indexOf(file));
      expect(Object.keys(errorsOf(analysis)).length).toBe(2);
      expect(analysis.growth?.snapshots).toEqual(at);
      expect(figures(analysis.growth as Growth)).toEqual(figures(alone.growth as Growth));
      expect(at.map((index) => analysis.snapshots[index])).toEqual(alone.snapshots);
    }
    expect(widgets(alone)).toMatchObject({ countDeltas: [1, 1, 1], risingSteps: 3 });
  });

  test('100 files, 3 of them poisoned, the last among them: 97 results', async () => {
    const bad = new Map([
      [7, POISON.cut],
      [50, POISON.lying],
      [99, POISON.damaged],
    ]);
    const inputs = Array.from({ length: 100 }, (_, at) => bad.get(at)?.[0] ?? GOOD[at % GOOD.length]);
    const analysis = await analyze(inputs);
    expect(analysis.snapshots.filter(({ ok }) => ok).length).toBe(97);
    expect(errorsOf(analysis)).toEqual({ 7: 'TRUNCATED', 50: 'COUNT_MISMATCH', 99: 'COMPRESSION' });
    expect(analysis.growth?.snapshots.length).toBe(97);
    expect(widgets(analysis)?.count.filter((count) => count === null).length).toBe(3);
  });

  test('all files bad: errors in their order, no growth, no rejection', async () => {
    const files = Object.values(POISON);
    const analysis = await analyze(files.map(([file]) => file));
    expect(Object.values(errorsOf(analysis))).toEqual(files.map(([, code]) => code));
    expect(analysis.growth).toBeUndefined();
  });

  test('one readable file is no series', async () => {
    const analysis = await analyze([POISON.cut[0], GOOD[2], POISON.empty[0]]);
    expect(analysis.snapshots.map(({ ok }) => ok)).toEqual([false, true, false]);
    expect(analysis.growth).toBeUndefined();
  });
});
