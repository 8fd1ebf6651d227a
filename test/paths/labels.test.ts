import { describe, expect, test } from 'vitest';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import type { TextOptions } from '../build/snapshot-builder.js';
import { tellPlain } from './told-snapshot.js';

/** What a number counts as, whichever it is. */
const POSITION = 0x9e3779b9;

/** A root with an edge of each of these names, and an object of each of these classes. */
function snapshotOf(edges: readonly string[], classes: readonly string[]): PlainSnapshot {
  const nodes = classes.map((name, at) => ({ type: 'object', name, id: 3 + 2 * at, selfSize: 8 }));
  return {
    nodes: [
      { type: 'synthetic', name: '', id: 1, selfSize: 0 },
      ...nodes,
      { type: 'string', name: 'only a value', id: 1001, selfSize: 8 },
    ],
    edges: [
      ...edges.map((nameOrIndex, at) => ({ from: 0, type: 'property', nameOrIndex, to: 1 + (at % nodes.length) })),
      { from: 1, type: 'element', nameOrIndex: 3, to: nodes.length + 1 },
    ],
  };
}

async function labelsOf(
  texts: readonly string[],
  plain: PlainSnapshot,
  strings: TextOptions['strings'] = 'escaped',
): Promise<number[]> {
  const { arena, view, labels } = await tellPlain(plain, { strings });
  const column = arena.view(labels.ofStrings);
  const all = Array.from(column, (_, index) => view.strings.text(index));
  return texts.map((text) => {
    expect(all).toContain(text);
    return column[all.indexOf(text)];
  });
}

describe('labels of texts', () => {
  test('are the same in every file, wherever the text stands', async () => {
    const texts = ['cache', 'requestCache', 'Map', 'schön', 'a "quoted"\nname', '日本', 'n'.repeat(5000)];
    const first = await labelsOf(texts, snapshotOf(texts, ['Object']));
    const second = await labelsOf(texts, snapshotOf(['first', 'second'], ['Foo', ...texts.toReversed()]));
    expect(second).toEqual(first);
    expect(await labelsOf(texts, snapshotOf(texts, ['Object']), 'raw')).toEqual(first);
    expect(new Set(first).size).toBe(texts.length);
    expect(first).not.toContain(0);
  });

  test('do not depend on an id behind an @', async () => {
    const texts = ['Window @17', 'Window @4000', 'Window ', 'Document @17'];
    const [first, second, bare, other] = await labelsOf(texts, snapshotOf(texts, ['Object']));
    expect([second, bare]).toEqual([first, first]);
    expect(other).not.toBe(first);
  });

  test('are one for all numbers, and not for what only begins with one', async () => {
    const numbers = ['0', '7', '42', '1234567890123'];
    const others = ['', '4a', '-1', '1.5', 'x'];
    const found = await labelsOf([...numbers, ...others], snapshotOf([...numbers, ...others], ['Object']));
    expect(found.slice(0, numbers.length)).toEqual(numbers.map(() => POSITION));
    expect(found.slice(numbers.length)).not.toContain(POSITION);
    expect(new Set(found).size).toBe(1 + others.length);
  });

  test('do not depend on the attributes of a tag', async () => {
    const tags = [
      '<div>',
      '<div class="a">',
      '<div id="b c">',
      'Detached <div>',
      'Detached <div class="a">',
      '<p id="x">',
    ];
    const symbols = ['<symbol a>', '<symbol b>'];
    const found = await labelsOf([...tags, ...symbols], snapshotOf(symbols, tags));
    const [div, withClass, withId, detached, detachedWithClass] = found;
    expect([withClass, withId]).toEqual([div, div]);
    expect(detachedWithClass).toBe(detached);
    expect(new Set(found).size).toBe(5);
  });

  test('are only made for what tells an edge or a node', async () => {
    const [value, name] = await labelsOf(['only a value', 'Foo'], snapshotOf(['a'], ['Foo']));
    expect(value).toBe(0);
    expect(name).not.toBe(0);
  });
});

test('types whose names are data have a label of their own, the others none', async () => {
  const { arena, view, labels } = await tellPlain(snapshotOf(['a'], ['Foo']));
  const ofTypes = arena.view(labels.ofTypes);
  const told = view.header.nodeTypes.filter((_, code) => ofTypes[code] !== 0);
  expect(told).toEqual([
    'string',
    'regexp',
    'number',
    'concatenated string',
    'sliced string',
    'symbol',
    'bigint',
    'object shape',
  ]);
  expect(new Set(ofTypes).size).toBe(told.length + 1);
});

test('names from the source rank before positions, and those before the engine’s own', async () => {
  const { arena, view, labels } = await tellPlain(snapshotOf(['a'], ['Foo']));
  const ranks = arena.view(labels.ranks);
  const ranked = Object.fromEntries(view.header.edgeTypes.map((type, code) => [type, ranks[code]]));
  expect(ranked).toEqual({ property: 0, context: 1, element: 2, internal: 3, shortcut: 3, hidden: 4, weak: 4 });
});
