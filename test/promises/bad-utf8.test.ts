import { analyze } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import type { SnapshotReport } from '#src/base/types.js';
import { analysisJson } from '#src/report/json.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { analyseBytes } from '../engine/engine.js';
import { snapshotOfBytes } from './byte-names.js';
import { scratchFolder, writeIn } from './scratch-folder.js';

/** How many objects each class has, largest first. */
async function membersPerClass(snapshot: Uint8Array): Promise<number[]> {
  const { classes } = await analyseBytes(snapshot);
  expect(new Set(classes.map(({ key }) => key)).size).toBe(classes.length);
  return classes.map(({ count }) => count).sort((a, b) => b - a);
}

const ALL_APART = [
  ['bytes that are no UTF-8', ['\xff', '\xfe', '\xc3', '\xc3(', '\x80']],
  ['a bad byte and the character that stands for it on screen', ['\xff', '\xef\xbf\xbd', '\xff\xff']],
  ['escaped lone surrogates', ['\\ud800', '\\ud801', '\\udc00', '\\udc00\\ud800', '\\ufffd']],
  ['surrogates as bytes', ['\xed\xa0\x80', '\xed\xa0\x81', '\\ud800']],
  ['bad bytes within a longer name', ['Cache\xff', 'Cache\xfe', 'Cache', '\xffCache']],
  ['overlong and too large forms', ['\xc0\xaf', '/', '\xf4\x90\x80\x80', '\xf8\x88\x80\x80\x80']],
  ['a name that spells out how bad bytes are told apart', ['\xff', '\xef\xbf\xbd\\u0000\xc3\xbf']],
] as const;

const ALL_ONE = [
  ['é, escaped or raw', ['\\u00e9', '\\u00E9', '\xc3\xa9']],
  ['a pair of surrogates, escaped or raw', ['\\ud83d\\ude00', '\\uD83D\\uDE00', '\xf0\x9f\x98\x80']],
  ['letters and slashes, escaped or raw', ['A/b', '\\u0041\\/b', '\\u0041\\u002f\\u0062']],
  ['U+FFFD, escaped or raw', ['\\ufffd', '\xef\xbf\xbd']],
] as const;

describe('promise 10: names are never merged by decoding', () => {
  test.each(ALL_APART)('as class names: %s', async (_, names) => {
    expect(await membersPerClass(snapshotOfBytes({ names }))).toEqual(names.map(() => 1));
  });

  test.each(ALL_APART)('as names of constructors at one place: %s', async (_, names) => {
    expect(await membersPerClass(snapshotOfBytes({ names, located: true }))).toEqual(names.map(() => 1));
  });

  test.each(ALL_APART)('as property names: %s', async (_, properties) => {
    const twice = [...properties, ...properties];
    const names = twice.map(() => 'Object');
    expect(await membersPerClass(snapshotOfBytes({ names, properties: twice }))).toEqual(properties.map(() => 2));
  });
});

describe('promise 10: names are never split by decoding', () => {
  test.each(ALL_ONE)('as class names: %s', async (_, names) => {
    expect(await membersPerClass(snapshotOfBytes({ names }))).toEqual([names.length]);
  });

  test.each(ALL_ONE)('as property names: %s', async (_, properties) => {
    const names = properties.map(() => 'Object');
    expect(await membersPerClass(snapshotOfBytes({ names, properties }))).toEqual([properties.length]);
  });

  test('a bad byte beside an escaped letter', async () => {
    expect(await membersPerClass(snapshotOfBytes({ names: ['A\xff', '\\u0041\xff'] }))).toEqual([2]);
  });
});

describe('promise 10: what is shown is well-formed', () => {
  const names = ALL_APART.flatMap(([, apart]) => apart);

  test('bad bytes show as U+FFFD and nothing else is put in', async () => {
    const { nodeName, className } = await analyseBytes(snapshotOfBytes({ names: ['Cache\xff!', 'Cache\xfe!'] }));
    expect([nodeName(1), className(1), className(2)]).toEqual(Array(3).fill('Cache\ufffd!'));
  });

  test('the same for the names of interfaces', async () => {
    const properties = ['a\xff', 'a\xff', 'a\xfe', 'a\xfe'];
    const { className } = await analyseBytes(snapshotOfBytes({ names: properties.map(() => 'Object'), properties }));
    expect([className(1), className(3)]).toEqual(['{a\ufffd}', '{a\ufffd}']);
  });

  test('reports are valid UTF-8 and parse back to the names', async () => {
    const { classes, statistics } = await analyseBytes(snapshotOfBytes({ names }));
    const report: SnapshotReport = {
      ...{ ok: true, file: 'a.heapsnapshot', nodeCount: names.length + 1, edgeCount: names.length },
      ...{ totalSize: statistics.total, statistics, classCount: classes.length, classes },
    };
    const json = analysisJson({ schemaVersion: 1, snapshots: [report] });
    expect(json.isWellFormed()).toBe(true);
    const parsed = JSON.parse(json).snapshots[0].classes.map((row: { name: string }) => row.name);
    expect(parsed).toEqual(classes.map(({ name }) => name));
    expect(parsed.length).toBeGreaterThan(20);
  });
});

test('names of a series are those of its snapshots, on their way between threads and processes, too', async () => {
  const folder = scratchFolder();
  const names = [
    '\ud800',
    `${'long '.repeat(20)}\ud800`,
    `${'long '.repeat(20)}\ud801`,
    `${'long '.repeat(100)}\udfff`,
  ];
  const files = [64, 72].map((selfSize) => {
    const plain = randomGraph(5, 40);
    for (const [at, name] of names.entries()) Object.assign(plain.nodes[at + 1], { type: 'object', name, selfSize });
    return writeIn(folder, `${selfSize}.heapsnapshot`, toJson(plain));
  });
  for (const isolation of ['thread', 'process'] as const) {
    const { growth } = await analyze(files, { isolation });
    expect(growth?.classes.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  }
});
