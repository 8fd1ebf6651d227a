import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WasteItem, WasteName, WasteReport } from '#src/base/waste-types.js';
import { findWaste } from '#src/index.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { kindOf, writeWithProgram } from './waste-scene.js';

/** Everything in a field of its own: its place in the report. */
const PROGRAM = `
  class Keep {}
  const keep = globalThis.keep = new Keep();
  const many = (count, make) => Array.from({ length: count }, (_, at) => make(at));

  keep.names = many(100, () => ['one', 'text', 'often'].join(' - '));
  keep.others = many(100, (at) => 'text number ' + at);

  keep.maps = many(50, () => new Map());
  keep.numbers = many(25, () => new Map([[1, 2], [3, 4]]));
  keep.filled = many(25, (at) => new Map([['key ' + at, at]]));
  keep.sets = many(40, () => new Set());
  keep.arrays = many(30, () => []);
  keep.objects = many(20, () => ({}));
  keep.counted = many(20, (at) => ({ count: at }));
  keep.few = many(9, () => new Set());

  keep.sparse = new Map(many(300, (at) => ['entry ' + at, { at }]));
  for (let at = 0; at < 170; at++) keep.sparse.delete('entry ' + at);
  keep.dense = new Map(many(250, (at) => ['entry ' + at, { at }]));

  keep.wide = new Array(1000);
  keep.wide[0] = { first: true };
  keep.packed = many(1000, (at) => ({ at }));
  keep.digits = new Array(1000).fill(7);
  keep.dictionary = [];
  keep.dictionary[1e7] = { far: true };
  keep.dictionary[2] = { near: true };

  keep.points = many(10, (at) => at % 2 ? { north: at, east: keep } : { east: keep, north: at });
  keep.frozen = many(10, (at) => { const pair = { left: at, right: keep }; return at % 2 ? Object.freeze(pair) : pair; });
  keep.growing = [{ small: 1, then: 2 }, { small: 1, then: 2, large: 3 }];

  const part = (at) => ('long text ' + at + 'x'.repeat(20000)).slice(0, 100);
  keep.parts = many(12, part);
  const whole = (at) => ('held text ' + at + 'y'.repeat(20000));
  keep.wholes = many(5, (at) => { const text = whole(at); return [text, text.slice(0, 100)]; });
`;

const folder = scratchFolder();
let report: WasteReport;
beforeAll(async () => {
  const file = join(folder, 'program.heapsnapshot');
  writeWithProgram(file, PROGRAM);
  report = await findWaste(file, { top: 10_000 });
});

/** By field, whatever lies between it and what is found. */
function itemsAt(name: WasteName, field: string): WasteItem[] {
  const items = kindOf(report.kinds, name).items;
  return items.filter(({ holder }) => new RegExp(`^Keep\\.${field}\\b`).test(holder.expression));
}

describe('a program of the running Node', () => {
  it('has one text a hundred times, of which 99 could go, and says nothing of the text', () => {
    const [item, ...more] = itemsAt('duplicate-strings', 'names');
    expect(more).toEqual([]);
    expect(item.holder).toMatchObject({ expression: 'Keep.names[]', kind: 'field', place: { line: 2 } });
    const fingerprint = expect.stringMatching(/^[0-9a-f]{8}$/);
    expect(item).toMatchObject({ count: 100, bytes: 4000, reclaimable: 3960, text: { length: 18, fingerprint } });
    expect(item.text).not.toHaveProperty('value');
    expect(itemsAt('duplicate-strings', 'others')).toEqual([]);
    expect(JSON.stringify(report)).not.toContain('one - text');
  });

  it.each([
    ['maps', 50, 50 * (32 + 152)],
    ['numbers', 25, 25 * (32 + 152)],
    ['sets', 40, 40 * (32 + 120)],
  ])('has %s that show no entry: empty at most, since two of numbers look the same', (field, count, bytes) => {
    const found = itemsAt('empty-collections', field);
    expect(found).toMatchObject([{ count, bytes, reclaimable: 0, atMost: bytes }]);
  });

  it.each([
    ['arrays', 30, 30 * 32],
    ['objects', 20, 20 * 56],
  ])('has %s that are certainly empty', (field, count, bytes) => {
    const found = itemsAt('empty-collections', field);
    expect(found).toMatchObject([{ count, bytes, reclaimable: bytes }]);
    expect(found[0]).not.toHaveProperty('atMost');
  });

  it.each(['filled', 'counted', 'few'])('has %s that are not empty, or too few', (field) => {
    expect(itemsAt('empty-collections', field)).toEqual([]);
  });

  it('has a Map with room for 512 entries of which 130 are left: made anew it would have room for 256', () => {
    const [item] = itemsAt('sparse-tables', 'sparse');
    const bytesFor = (capacity: number) => 8 * (2 + 3 + (capacity / 2) * 7);
    expect(item).toMatchObject({ count: 1, bytes: bytesFor(512), reclaimable: 0 });
    expect(item.atMost).toBe(bytesFor(512) - bytesFor(256));
    expect(itemsAt('sparse-tables', 'dense')).toEqual([]);
  });

  it('has an array with room for 999 elements more than it shows', () => {
    expect(itemsAt('array-slack', 'wide')).toMatchObject([{ bytes: 8016, reclaimable: 0, atMost: 7992 }]);
    for (const other of ['packed', 'digits', 'dictionary']) {
      expect(itemsAt('array-slack', other)).toEqual([]);
    }
  });

  it('has two hidden classes for one pair of names, certainly too many where the orders differ', () => {
    const [points] = itemsAt('duplicate-shapes', 'points');
    expect(points.count).toBe(2);
    expect(points.reclaimable).toBe(points.bytes / 2);
    expect(points.note).toMatch(/^in 2 orders: /);
    const [frozen] = itemsAt('duplicate-shapes', 'frozen');
    expect(frozen).toMatchObject({ count: 2, reclaimable: 0, atMost: frozen.bytes / 2 });
    expect(itemsAt('duplicate-shapes', 'growing')).toEqual([]);
  });

  it('has strings that only slices of them keep', () => {
    const [item] = itemsAt('sliced-strings', 'parts');
    expect(item).toMatchObject({ count: 12, reclaimable: 0 });
    expect(item.atMost).toBeGreaterThan(12 * 20_000);
    expect(item.atMost).toBeLessThanOrEqual(item.bytes);
    expect(itemsAt('sliced-strings', 'wholes')).toEqual([]);
  });

  it('comes with every kind once, most reclaimable first', () => {
    expect(report.kinds.map(({ kind }) => kind).sort()).toEqual([
      ...['array-slack', 'dead-variables', 'duplicate-shapes', 'duplicate-strings', 'empty-collections'],
      ...['possibly-equal-strings', 'sliced-strings', 'sparse-tables'],
    ]);
    const sizes = report.kinds.map(({ reclaimable }) => reclaimable);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    for (const { reclaimable } of report.kinds) expect(reclaimable).toBeLessThan(report.totalSize);
  });
});
