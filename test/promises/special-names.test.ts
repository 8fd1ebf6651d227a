import { describe, expect, test } from 'vitest';
import type { SnapshotReport } from '#src/base/types.js';
import { rankGrowth } from '#src/diff/growth.js';
import { analysisJson } from '#src/report/json.js';
import type { PlainEdge, PlainNode } from '../build/plain-snapshot.js';
import { toJson, toProfile } from '../build/snapshot-builder.js';
import { analyseBytes } from '../engine/engine.js';
import { devtoolsFromProfile, isFailed } from '../oracle/devtools.js';

/** Names that every object of JavaScript already answers to. */
const NAMES = [
  ...['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'isPrototypeOf', '__defineGetter__'],
  ...['prototype', 'length', 'then', 'toJSON', 'null', 'undefined', ''],
];

/** `member` makes one node for each name; the n-th name has n of them. */
function objects(member: (name: string) => { type: string; name: string; property?: string }) {
  const nodes: PlainNode[] = [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }];
  const edges: PlainEdge[] = [];
  for (const [index, text] of NAMES.entries()) {
    const { type, name, property } = member(text);
    for (let copy = 0; copy <= index; copy++) {
      const node = nodes.push({ type, name, id: 2 * nodes.length + 1, selfSize: 16 }) - 1;
      edges.push({ from: 0, type: 'element', nameOrIndex: node, to: node });
      if (property !== undefined) edges.push({ from: node, type: 'property', nameOrIndex: property, to: 0 });
    }
  }
  return { nodes, edges };
}

const PLACES = [
  ['class names', objects((name) => ({ type: 'object', name }))],
  ['native names', objects((name) => ({ type: 'native', name }))],
  ['property names', objects((property) => ({ type: 'object', name: 'Object', property }))],
  ['node types', objects((name) => ({ type: name === '' ? 'symbol' : name, name: 'x' }))],
] as const;

describe('promise 12: names that objects already have are names like any other', () => {
  test.each(PLACES)('as %s they are counted as DevTools counts them', async (_, plain) => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    const engine = await analyseBytes(toJson(plain));
    const devtools = await devtoolsFromProfile(toProfile(plain));
    if (isFailed(devtools)) throw new Error(devtools.failed);
    expect(engine.classes).toEqual(devtools.aggregates);
    expect(engine.classes.length).toBeGreaterThanOrEqual(NAMES.length - 1);
    expect(engine.statistics).toEqual(devtools.statistics);
    for (let node = 0; node < plain.nodes.length; node++) {
      expect(engine.nodeName(node)).toBe(devtools.nodeName(node));
      expect(engine.className(node)).toBe(devtools.className(node));
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test('as edge types and edge names', async () => {
    const plain = objects((name) => ({ type: 'object', name }));
    plain.edges.push(...NAMES.map((name, index) => ({ from: 1, type: name || 'weak', nameOrIndex: name, to: index })));
    const engine = await analyseBytes(toJson(plain));
    const devtools = await devtoolsFromProfile(toProfile(plain));
    if (isFailed(devtools)) throw new Error(devtools.failed);
    expect(engine.distance).toEqual(devtools.distance);
    expect(engine.dominator).toEqual(devtools.dominator);
    expect(engine.classes).toEqual(devtools.aggregates);
  });

  test('as names of sections, with anything in them', async () => {
    const plain = objects((name) => ({ type: 'object', name }));
    const text = Buffer.from(toJson(plain)).toString('utf8');
    const sections = NAMES.map((name) => `${JSON.stringify(name)}:{"__proto__":{"nodes":[1]},"constructor":[]},`);
    const expected = (await analyseBytes(Buffer.from(text))).classes;
    const found = (await analyseBytes(Buffer.from(text.replace('{', `{${sections.join('')}`)))).classes;
    expect(found).toEqual(expected);
    const inHeader = text.replace('"node_count"', '"__proto__":{"node_count":1},"constructor":null,"node_count"');
    expect((await analyseBytes(Buffer.from(inHeader))).classes).toEqual(expected);
  });

  test('reports and growth carry them', async () => {
    const { classes, statistics } = await analyseBytes(toJson(objects((name) => ({ type: 'object', name }))));
    const growth = rankGrowth([classes.map((row) => ({ ...row, count: row.count - 1 })), classes]);
    const report: SnapshotReport = {
      ...{ ok: true, file: '__proto__', nodeCount: 1, edgeCount: 0, totalSize: 0 },
      ...{ statistics, classCount: classes.length, classes },
    };
    const document = JSON.parse(analysisJson({ schemaVersion: 1, snapshots: [report, report], growth }));
    const names = (rows: { name: string }[]) => rows.map(({ name }) => name).sort();
    expect(names(document.snapshots[0].classes)).toEqual(NAMES.toSorted());
    expect(names(document.growth.classes)).toEqual(NAMES.toSorted());
    expect(document.growth.classes.every((row: { totalCountDelta: number }) => row.totalCountDelta === 1)).toBe(true);
  });
});
