import { describe, expect, test } from 'vitest';
import type { TelemetryChart } from '#src/base/report-types.js';
import { LAYERS } from '#src/base/scan-layers.js';
import type { HeapTrend } from '#src/base/scan-types.js';
import { timeLabels } from '../../src/ui/charts/time-axis.js';
import { OF_A_SNAPSHOT, sortedLines } from '../../src/ui/model/class-columns.js';
import type { ClassLine } from '../../src/ui/model/class-rows.js';
import { fileNames, shortNames } from '../../src/ui/model/file-names.js';
import { heapKinds } from '../../src/ui/model/heap-kinds.js';
import { trendLine } from '../../src/ui/model/heaps.js';
import { inspectCommand } from '../../src/ui/model/inspect-command.js';
import { containerStep, stepOf } from '../../src/ui/model/path-steps.js';
import { hrefTo, routeOf } from '../../src/ui/shell/routes.js';

describe('names of files', () => {
  test('are base names, unless those are alike', () => {
    expect(fileNames(['/a/b.heapsnapshot', '/a/c.heapsnapshot'])).toEqual(['b.heapsnapshot', 'c.heapsnapshot']);
    expect(fileNames(['/a/b', '/c/b'])).toEqual(['/a/b', '/c/b']);
    expect(fileNames(['C:\\a\\b.heapsnapshot', 'c/'])).toEqual(['b.heapsnapshot', 'c/']);
  });

  test('are short on an axis, and whole numbers stay whole', () => {
    expect(shortNames(['server-9.heapsnapshot.gz', 'server-10.heapsnapshot.gz'])).toEqual(['9', '10']);
    expect(shortNames(['run19.heapsnapshot', 'run100.heapsnapshot'])).toEqual(['run19', 'run100']);
    expect(shortNames(['a.heapsnapshot', 'a.heapsnapshot'])).toEqual(['a', 'a']);
    expect(shortNames(['only.heapsnapshot'])).toEqual(['only']);
  });
});

test('steps of paths as the engine writes them', () => {
  const steps = ['[] global', '.setInterval function setInterval', 'variable this InvoiceServer', '(table) (array)'];
  expect(steps.map(stepOf)).toEqual([
    { kind: 'element', edge: '[]', node: 'global' },
    { kind: 'property', edge: '.setInterval', node: 'function setInterval' },
    { kind: 'variable', edge: 'variable this', node: 'InvoiceServer' },
    { kind: 'internal', edge: '(table)', node: '(array)' },
  ]);
  expect(stepOf('["in flight"] Map')).toEqual({ kind: 'property', edge: '["in flight"]', node: 'Map' });
  expect(stepOf('["a] b \\" c"] Map').node).toBe('Map');
  expect(stepOf('block variable (a or b) Map')).toEqual({
    kind: 'variable',
    edge: 'block variable (a or b)',
    node: 'Map',
  });
  expect(stepOf('[kState] Socket')).toEqual({ kind: 'element', edge: '[kState]', node: 'Socket' });
  expect(stepOf('')).toEqual({ kind: 'internal', edge: '', node: '' });
  const path = ['variable this Server', '.inFlight Map', '(table) (array)', '[] RequestContext'].map(stepOf);
  expect(path[containerStep(path)].edge).toBe('.inFlight');
  expect(containerStep([stepOf('[] a')])).toBe(0);
});

describe('addresses', () => {
  test('say what they were made of', () => {
    for (const text of ['a/b', '#', '%', 'a b', '\u202e', '漢', 'javascript:executed(1)', '..', '']) {
      expect(routeOf(hrefTo('suspect', text, 7))).toEqual({ page: 'suspect', rest: [text, '7'] });
      expect(hrefTo(text)).toMatch(/^#\/[\w%().!~*'-]*$/);
    }
    expect(routeOf(hrefTo('suspect', '\ud800'))).toEqual({ page: 'suspect', rest: ['\ufffd'] });
  });

  test('of findings are those of suspects', () => {
    expect(routeOf('#flame://0a1b#growth')).toEqual({ page: 'suspect', rest: ['0a1b', 'growth'] });
    expect(routeOf('#flame%3A%2F%2F0a1b%23path')).toEqual({ page: 'suspect', rest: ['0a1b', 'path'] });
    expect(routeOf('#flame://0a1b#other').page).not.toBe('suspect');
    expect(routeOf('')).toEqual({ page: '', rest: [] });
    expect(routeOf('#/%E0%A4%A')).toEqual({ page: '%E0%A4%A', rest: [] });
  });
});

test('a command to copy does what it says, or leaves the name to the reader', () => {
  expect(inspectCommand('/srv/a-1.heapsnapshot.gz', 7)).toBe('heapsleuth inspect /srv/a-1.heapsnapshot.gz --id 7');
  expect(inspectCommand("a b'; rm", 7)).toBe(`heapsleuth inspect 'a b'\\''; rm' --id 7`);
  for (const name of ['a\nreboot', '-rf', '\u202ea', 'a\x1b[2J'])
    expect(inspectCommand(name, 7)).toBe('heapsleuth inspect SNAPSHOT --id 7');
});

test('times are told in UTC, with the date where one begins', () => {
  const start = Date.UTC(2026, 10, 23, 23, 50) / 1000;
  expect(timeLabels([start, start + 300, start + 600], 300)).toEqual([
    '23:50\n2026-11-23',
    '23:55',
    '00:00\n2026-11-24',
  ]);
  expect(timeLabels([start], 86_400)).toEqual(['2026-11-23']);
  expect(timeLabels([0, 30], 30)).toEqual(['0 s', '30 s']);
});

test('layers have the numbers they stand at', () => {
  expect(LAYERS.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
});

describe('classes', () => {
  const line = (name: string, count: number, distance: number | null): ClassLine => {
    return { ...{ name, count, selfSize: 0, retainedSize: 0, distance, first: null, series: [] }, ...NO_DELTAS };
  };
  const NO_DELTAS = { countDelta: null, selfDelta: null, retainedDelta: null };
  const lines = [line('b', 2, 5), line('A', 3, null), line('__proto__', 1, 7)];
  const names = (by: string, isRising: boolean, wanted = '') =>
    sortedLines(lines, OF_A_SNAPSHOT, { by, isRising }, wanted).map(({ name }) => name);

  test('are sorted by any figure, and what is not known comes last', () => {
    expect(names('count', false)).toEqual(['A', 'b', '__proto__']);
    expect(names('count', true)).toEqual(['__proto__', 'b', 'A']);
    expect(names('distance', true)).toEqual(['b', '__proto__', 'A']);
    expect(names('distance', false)).toEqual(['__proto__', 'b', 'A']);
    expect(names('name', true)).toEqual(['A', '__proto__', 'b']);
    expect(names('count', false, ' PROTO')).toEqual(['__proto__']);
  });
});

test('a trend is drawn through the middle of what it was judged by', () => {
  const lows = [0, 1, 2, 3, 4].map((at) => ({ ts: at * 3_600_000, value: 10 + 2 * at + (at === 2 ? 50 : 0) }));
  const chart = { lows } as unknown as TelemetryChart;
  const trend = { hasTimes: true, from: 0, to: 4 * 3_600_000, slope: { median: 2 } } as unknown as HeapTrend;
  expect(trendLine(trend, chart)).toEqual([
    { ts: 0, value: 10 },
    { ts: 4 * 3_600_000, value: 18 },
  ]);
  expect(trendLine({ ...trend, slope: null }, chart)).toBeNull();
});

test('parts of the heap add up to it', () => {
  const v8heap = { total: 60, code: 10, jsArrays: 20, strings: 5, system: 5 };
  const kinds = heapKinds({ total: 100, native: { total: 40, typedArrays: 40 }, v8heap });
  expect(kinds.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(100);
  expect(kinds.map(({ name }) => name)).not.toContain('other native memory');
  expect(kinds.at(-1)).toEqual({ name: 'other objects', bytes: 20 });
});
