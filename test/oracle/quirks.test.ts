import { describe, expect, it } from 'vitest';
import type { PlainEdge, PlainNode, PlainSnapshot } from '../build/plain-snapshot.js';
import { toProfile } from '../build/snapshot-builder.js';
import { type DevtoolsAnalysis, devtoolsFromProfile, isFailed } from './devtools.js';
import { analyzePlainly, type PlainAnalysis } from './plain/analysis.js';
import { plainDisplayName } from './plain/display-names.js';
import { plainDuplicateStrings } from './plain/duplicate-strings.js';
import { graphOfSnapshot } from './plain/graph.js';

/** Nodes as `type name` with ids 1, 3, 5 …; sizes are 10 unless the text ends in `=size`. */
function nodes(...texts: string[]): PlainNode[] {
  return texts.map((text, ordinal) => {
    const [, type, name, size] = /^(\w+) ?(.*?)(?:=(\d+))?$/.exec(text) ?? [];
    return { type, name, id: 2 * ordinal + 1, selfSize: size === undefined ? 10 : Number(size) };
  });
}

/** Edges as `from type name to`. */
function edges(...rows: [number, string, string | number, number][]): PlainEdge[] {
  return rows.map(([from, type, nameOrIndex, to]) => ({ from, type, nameOrIndex, to }));
}

async function analyze(plain: PlainSnapshot): Promise<{ twins: PlainAnalysis; devtools: DevtoolsAnalysis }> {
  const devtools = await devtoolsFromProfile(toProfile(plain));
  if (isFailed(devtools)) throw new Error(devtools.failed);
  const twins = analyzePlainly(graphOfSnapshot(plain));
  expect(twins.distance).toEqual(devtools.distance);
  expect(twins.dominator).toEqual(devtools.dominator);
  expect(twins.detachedness).toEqual(devtools.detachedness);
  expect(twins.selfSize).toEqual(devtools.selfSize);
  expect(twins.aggregates).toEqual(devtools.aggregates);
  return { twins, devtools };
}

const pair = (index: number) => `${index} / part of key (K @5) -> value (V @9) pair in WeakMap (table @7)`;

describe('where the rules are easily misread', () => {
  it('weak edges of the root make user roots', async () => {
    const plain = { nodes: nodes('synthetic', 'object A'), edges: edges([0, 'weak', 'x', 1]) };
    expect([...(await analyze(plain)).twins.distance]).toEqual([100_000_000, 1]);
  });

  it('a third sighting of a WeakMap pair is rejected again', async () => {
    const plain = {
      nodes: nodes('synthetic', 'object A', 'object B', 'object C', 'object D'),
      edges: edges(
        [0, 'shortcut', 'a', 1],
        [1, 'internal', pair(1), 2],
        [1, 'internal', pair(2), 3],
        [1, 'internal', pair(3), 4],
      ),
    };
    expect([...(await analyze(plain)).twins.distance]).toEqual([100_000_000, 1, -5, 2, -5]);
  });

  it('a user root with two edges from the root is searched twice, which lets its WeakMap pairs pass', async () => {
    const rows: [number, string, string | number, number][] = [
      [0, 'shortcut', 'a', 1],
      [1, 'internal', pair(1), 2],
    ];
    const plain = { nodes: nodes('synthetic', 'object A', 'object B', 'object C'), edges: edges(...rows) };
    expect((await analyze(plain)).twins.distance[2]).toBe(-5);
    plain.edges.push(...edges([0, 'element', 7, 1]));
    expect((await analyze(plain)).twins.distance[2]).toBe(2);
  });

  it('names of descriptors count by the number they start with', async () => {
    const plain = {
      nodes: nodes('synthetic', 'array (map descriptors)', 'object A', 'object B'),
      edges: edges([0, 'shortcut', 'a', 1], [1, 'internal', '4 / x', 2], [1, 'internal', 'x4', 3]),
    };
    expect([...(await analyze(plain)).twins.distance]).toEqual([100_000_000, 1, -5, 2]);
  });

  it('a state that the file gives is kept, and every detached native is renamed', async () => {
    const plain = {
      nodes: nodes('synthetic', 'native A', 'native B', 'native C', 'native D', 'object E'),
      edges: edges([1, 'element', 0, 2], [1, 'element', 1, 3], [2, 'element', 0, 3], [2, 'element', 1, 4]),
    };
    for (const [node, state] of [0, 1, 2, 0, 0, 2].entries()) plain.nodes[node].detachedness = state;
    const { twins } = await analyze(plain);
    expect([...twins.detachedness]).toEqual([0, 1, 2, 1, 2, 2]);
    expect(twins.name).toEqual(['', 'A', 'Detached B', 'C', 'Detached D', 'E']);
  });

  it('only two bits of a state count', async () => {
    const plain = { nodes: nodes('synthetic', 'native A', 'native B'), edges: [] };
    for (const [node, state] of [0, 6, 3].entries()) plain.nodes[node].detachedness = state;
    const { twins } = await analyze(plain);
    expect([...twins.detachedness]).toEqual([0, 2, 3]);
    expect(twins.name).toEqual(['', 'Detached A', 'B']);
  });

  it('a missing half of a concatenated string shows the name of the node at ordinal 0', async () => {
    const plain: PlainSnapshot = {
      nodes: [
        ...nodes('synthetic (zero)', 'string tail'),
        { type: 'concatenated string', name: '', id: 9, selfSize: 8 },
      ],
      edges: edges([2, 'internal', 'second', 1]),
    };
    expect((await analyze(plain)).devtools.nodeName(2)).toBe('(zero)tail');
  });

  it('the name of a concatenated string ends with the piece that brings it to 1024 characters', async () => {
    const plain = {
      nodes: [
        ...nodes('synthetic', 'cons', 'cons', 'string', 'string', 'string'),
        { type: 'string', name: 'never shown', id: 99, selfSize: 8 },
      ],
      edges: edges(
        [1, 'internal', 'first', 2],
        [1, 'internal', 'second', 6],
        [2, 'internal', 'first', 3],
        [2, 'internal', 'second', 4],
      ),
    };
    plain.nodes[1].type = plain.nodes[2].type = 'concatenated string';
    plain.nodes[3].name = 'x'.repeat(1000);
    plain.nodes[4].name = 'y'.repeat(24);
    const { twins, devtools } = await analyze(plain);
    expect(devtools.nodeName(1)).toBe('x'.repeat(1000) + 'y'.repeat(24));
    expect(plainDisplayName(twins.graph, twins.name, 1)).toBe(devtools.nodeName(1));
    plain.nodes[4].name = 'y'.repeat(23);
    expect((await analyze(plain)).devtools.nodeName(1)).toMatch(/never shown$/);
  });

  it('truncated strings are equal when length and hash are, also where both are unknown', async () => {
    const strings = Array.from({ length: 6 }, () => 'string text');
    const plain = {
      nodes: nodes(
        'synthetic',
        'number bool',
        'number int',
        'number int',
        'string true',
        'string 7',
        'string 8',
        ...strings,
      ),
      edges: edges([1, 'internal', 'value', 4], [2, 'internal', 'value', 5], [3, 'internal', 'value', 6]),
    };
    const facts: [number, number | undefined, number | undefined][] = [
      [7, undefined, undefined],
      [8, undefined, undefined],
      [9, 2, 3],
      [10, 2, 2],
      [11, 3, 3],
      [12, 2, 3],
    ];
    for (const [node, length, hash] of facts) {
      plain.edges.push(...edges([node, 'internal', 'truncated', 1]));
      if (length !== undefined) plain.edges.push(...edges([node, 'internal', 'length', length]));
      if (hash !== undefined) plain.edges.push(...edges([node, 'internal', 'hash', hash]));
    }
    const { twins, devtools } = await analyze(plain);
    expect(devtools.filtered('duplicatedStrings')).toEqual([7, 8, 9, 12]);
    expect(plainDuplicateStrings(twins)).toEqual([7, 8, 9, 12]);
  });

  it('interfaces are inferred from the root on, so a root that comes last has none', async () => {
    const objects = nodes('object Object', 'object Object', 'object A', 'synthetic');
    const plain: PlainSnapshot = {
      nodes: objects,
      edges: edges([0, 'property', 'x', 2], [1, 'property', 'x', 2], [3, 'element', 0, 0], [3, 'element', 1, 1]),
      rootIndex: 3,
    };
    expect((await analyze(plain)).twins.className.slice(0, 2)).toEqual(['Object', 'Object']);
  });

  it('a property repeated in an interface has to be repeated in the object', async () => {
    const plain = {
      nodes: nodes('synthetic', 'object Object', 'object Object', 'object Object', 'object A'),
      edges: [1, 1, 2, 2, 3].flatMap((from) => edges([from, 'property', 'x', 4])),
    };
    expect((await analyze(plain)).twins.className.slice(1, 4)).toEqual(['{x, x}', '{x, x}', 'Object']);
  });

  it('an empty property name is followed by no comma', async () => {
    const row = (from: number) => edges([from, 'property', '', 3], [from, 'property', 'x', 3]);
    const plain = {
      nodes: nodes('synthetic', 'object Object', 'object Object', 'object A'),
      edges: [...row(1), ...row(2)],
    };
    expect((await analyze(plain)).twins.className.slice(1, 3)).toEqual(['{x}', '{x}']);
  });

  it('an unreached member makes the distance of its class -5', async () => {
    const plain = { nodes: nodes('synthetic', 'object A', 'object A'), edges: edges([0, 'shortcut', 'a', 1]) };
    expect((await analyze(plain)).twins.aggregates.find(({ key }) => key === ',A')).toMatchObject({ distance: -5 });
  });

  it('repeated edges to user roots fail DevTools only when the search overflows', async () => {
    const plain = {
      nodes: nodes('synthetic', 'object A'),
      edges: edges([0, 'shortcut', 'a', 1], [0, 'element', 1, 1], [0, 'element', 2, 1]),
    };
    const message = 'BFS failed. Nodes to visit (3) is more than nodes count (2)';
    expect(await devtoolsFromProfile(toProfile(plain))).toEqual({ failed: message });
    expect([...analyzePlainly(graphOfSnapshot(plain)).distance]).toEqual([100_000_000, 1]);
  });

  it('roots in the middle fail DevTools', async () => {
    const plain = { nodes: nodes('object A', 'synthetic', 'object B'), edges: [], rootIndex: 1 };
    expect(await devtoolsFromProfile(toProfile(plain))).toMatchObject({ failed: expect.stringContaining('Root node') });
  });
});
