import { expect, test } from 'vitest';
import type { Fingerprints } from '#src/analysis/fingerprints.js';
import { HeapView } from '#src/analysis/heap-view.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import { cutTree } from '#src/picture/dominator-tree.js';
import type { PlainEdge, PlainNode } from '../build/plain-snapshot.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes } from '../engine/engine.js';

const TEXT = 'canary of a password';
/** Those of the snapshot shown last. */
let fingerprints: Fingerprints;
const NODES: readonly Omit<PlainNode, 'id' | 'selfSize'>[] = [
  { type: 'string', name: TEXT },
  { type: 'concatenated string', name: '(concatenated string)' },
  { type: 'sliced string', name: 'canary slice' },
  { type: 'regexp', name: 'canary pattern' },
  { type: 'symbol', name: 'canary symbol' },
  { type: 'bigint', name: '4711canary' },
  { type: 'number', name: 'heap number' },
  { type: 'native', name: '<div id="canary">' },
  { type: 'native', name: 'Detached <a href="canary">' },
  { type: 'code', name: 'data:text/javascript,canary' },
  { type: 'closure', name: 'handle' },
  { type: 'object', name: 'Session' },
  { type: 'object', name: 'Object' },
  { type: 'object', name: 'Object' },
  { type: 'object', name: 'Object' },
  { type: 'hidden', name: 'system / Map' },
  { type: 'string', name: `${'x'.repeat(119)}\u{1F600}${'y'.repeat(5000)}` },
  { type: 'closure', name: `f${'u'.repeat(300)}` },
];
const [FEW, DATA, TABLE] = [13, 14, 15];

async function shown(showValues: boolean): Promise<Map<number, string>> {
  const root: PlainNode = { type: 'synthetic', name: '', id: 1, selfSize: 0 };
  const nodes = [root, ...NODES.map((node, at): PlainNode => ({ ...node, id: 2 * at + 3, selfSize: 16 }))];
  const edges: PlainEdge[] = NODES.map((_, at) => ({ from: 0, type: 'element', nameOrIndex: at, to: at + 1 }));
  const property = (from: number, name: string) =>
    edges.push({ from, type: 'property', nameOrIndex: name, to: from === 2 ? 1 : 7 });
  edges.push({ from: 2, type: 'internal', nameOrIndex: 'first', to: 1 });
  edges.push({ from: 2, type: 'internal', nameOrIndex: 'second', to: 1 });
  for (const name of ['port', 'host']) property(FEW, name);
  for (const name of ['port', 'canary@example.com']) property(DATA, name);
  for (let entry = 0; entry < 40; entry++) property(TABLE, `canary${'abcdefghij'[entry % 10]}${'klmn'[entry % 4]}`);
  const { arena, raw } = await readBytes(toJson({ nodes, edges }));
  const view = new HeapView(arena, analyseSnapshot(arena, raw, { keepRawSizes: true }));
  const tree = cutTree(view, { nodes: 5000, showValues });
  expect(tree.id).toHaveLength(nodes.length);
  fingerprints = view.fingerprints;
  return new Map(tree.id.map((id, at) => [(id - 1) / 2, tree.texts[tree.name[at]]]));
}

test('names that are data are shown by length and fingerprint, others as they are', async () => {
  const names = await shown(false);
  expect(names.get(1)).toBe(`${TEXT.length} characters, ${fingerprints.of(TEXT)}`);
  expect(names.get(2)).toBe(`${2 * TEXT.length} characters, ${fingerprints.of(TEXT + TEXT)}`);
  expect(names.get(4)).toBe(`14 characters, ${fingerprints.of('canary pattern')}`);
  expect(names.get(7)).toBe('heap number');
  expect(names.get(8)).toBe('<div>');
  expect(names.get(11)).toBe('handle');
  expect(names.get(12)).toBe('Session');
  expect(names.get(FEW)).toBe('{port, host}');
  expect(names.get(DATA)).toBe('Object');
  expect(names.get(TABLE)).toBe('Object');
  expect(names.get(16)).toBe('system / Map');
  expect(names.get(18)).toBe(`f${'u'.repeat(119)}… (301 characters)`);
  expect([...names.values()].filter((name) => /canary/.test(name))).toEqual([]);
});

test('with values they are shown, long ones by their beginning and their length, and no character by halves', async () => {
  const names = await shown(true);
  expect(names.get(1)).toBe(TEXT);
  expect(names.get(2)).toBe(TEXT + TEXT);
  expect(names.get(4)).toBe('canary pattern');
  expect(names.get(8)).toBe('<div id="canary">');
  expect(names.get(DATA)).toBe('{port, canary@example.com}');
  expect(names.get(17)).toBe(`${'x'.repeat(119)}… (5121 characters)`);
});
