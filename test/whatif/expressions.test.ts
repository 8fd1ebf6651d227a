import { describe, expect, it } from 'vitest';
import type { PlainEdge, PlainNode, PlainSnapshot } from '../build/snapshot-builder.js';
import { reportOn } from './engine.js';

const KILO = 1000;
let made: { nodes: PlainNode[]; edges: PlainEdge[] };

/** Adds a node; its id is twice its ordinal and one, its size says which of them went. */
function node(type: string, name: string, selfSize = 0): number {
  made.nodes.push({ type, name, id: 2 * made.nodes.length + 1, selfSize });
  return made.nodes.length - 1;
}

function edge(from: number, type: string, nameOrIndex: string | number, to: number): void {
  made.edges.push({ from, type, nameOrIndex, to });
}

/** A global object with a cache in a cell, and two sessions with a cart each, which lies in an array besides. */
function heap(): PlainSnapshot {
  made = { nodes: [], edges: [] };
  const root = node('synthetic', '');
  const global = node('object', 'global', 8);
  edge(root, 'shortcut', 1, global);
  const properties = node('array', '(object properties)');
  const cell = node('hidden', 'system / PropertyCell');
  const cache = node('object', 'Map', KILO);
  edge(global, 'property', 'cache', cache);
  edge(global, 'internal', 'properties', properties);
  edge(global, 'internal', 'map', node('object shape', 'system / Map', 1));
  edge(properties, 'internal', '7', cell);
  edge(cell, 'internal', 'value', cache);
  const sessions = node('object', 'Array', 16);
  const elements = node('array', '(object elements)');
  edge(global, 'property', 'sessions', sessions);
  edge(properties, 'internal', '9', sessions);
  edge(sessions, 'internal', 'elements', elements);
  for (const index of [0, 1]) {
    const session = node('object', 'Session', 10 * KILO + index);
    const cart = node('object', 'Cart.é', 100 * KILO + index);
    const overflow = node('array', '(object properties)');
    edge(sessions, 'element', index, session);
    edge(elements, 'internal', String(index), session);
    edge(session, 'property', 'cart', cart);
    edge(session, 'internal', 'properties', overflow);
    edge(overflow, 'internal', '0', cart);
    if (index === 1) edge(session, 'property', 'odd. "név"', cache);
  }
  return made;
}

const freedBy = async (...cuts: string[]) => (await reportOn(heap(), ...cuts)).freed.bytes;
/** Ids of the first session and of the array. */
const SESSION = 17;
const SESSIONS = 13;

describe('an expression takes away', () => {
  it.each([
    ['the node with an id', `@${SESSION}`, 110 * KILO],
    ['a global variable, but not what else holds it', 'global.cache', 0],
    ['what a path leads to, its slot in the array, too', 'global.sessions[0]', 110 * KILO],
    ['all of a variable', 'global.sessions', 16 + 2 * 110 * KILO + 2],
    ['a name in brackets', 'global["sessions"][1]["cart"]', 100 * KILO + 1],
    ['an edge of every object of a class', 'class:Session.cart', 200 * KILO + 1],
    ['all objects of a class', 'class:Session', 220 * KILO + 2],
    ['a class whose name is quoted', 'class:"Cart.é"', 200 * KILO + 1],
    ['an edge of a node', `@${SESSION}.cart`, 100 * KILO],
    ["one of V8's own where nothing else has the name", '@3.map', 1],
    ['an element', `@${SESSIONS}[1]`, 110 * KILO + 2],
  ])('%s: %s', async (_, expression, bytes) => {
    expect(await freedBy(expression)).toBe(bytes);
  });

  it('all of several, which is more than each by itself', async () => {
    expect(await freedBy('global.cache', 'class:Session["odd. \\"név\\""]')).toBe(KILO);
    expect(await freedBy('global.cache', 'global.sessions')).toBe(KILO + 16 + 220 * KILO + 2);
  });
});

it('a report says what was named and what retained sizes would add up to', async () => {
  const report = await reportOn(heap(), 'class:Session', 'class:"Cart.é"', 'global.sessions');
  expect(report.cuts).toEqual([
    { expression: 'class:Session', nodes: 2, edges: 0 },
    { expression: 'class:"Cart.é"', nodes: 2, edges: 0 },
    { expression: 'global.sessions', nodes: 0, edges: 1 },
  ]);
  // The array's elements go with it, and each session's own array.
  expect(report.freed).toEqual({ nodes: 8, bytes: 16 + 220 * KILO + 2 });
  expect(report.sumOfRetained).toBe(16 + 220 * KILO + 2 + 220 * KILO + 2 + 200 * KILO + 1);
  expect(report.total).toBe(8 + 1 + KILO + 16 + 220 * KILO + 2);
  expect(report.classes.map(({ name, count, bytes }) => [name, count, bytes])).toEqual([
    ['Cart.é', 2, 200 * KILO + 1],
    ['Session', 2, 20 * KILO + 1],
    ['Array', 1, 16],
  ]);
  expect(report.classCount).toBe(3);
});

it("V8's own edge is not what a property of that name means", async () => {
  const plain = heap();
  plain.edges.push({ from: 1, type: 'property', nameOrIndex: 'map', to: 2 });
  const { cuts, freed } = await reportOn(plain, 'global.map');
  expect(cuts).toEqual([{ expression: 'global.map', nodes: 0, edges: 1 }]);
  expect(freed).toEqual({ nodes: 0, bytes: 0 });
});

describe('the global object is found', () => {
  const withContext = (type: string, name: string, slot: string) => {
    made = { nodes: [], edges: [] };
    const [root, roots, context] = [node('synthetic', ''), node('synthetic', '(GC roots)'), node(type, name)];
    edge(root, 'element', 1, roots);
    edge(roots, 'internal', 'context', context);
    const global = node('object', 'Window [JSGlobalObject] / http://page');
    edge(context, 'internal', slot, global);
    edge(global, 'property', 'cache', node('object', 'Map', 5));
    return made;
  };

  it.each([
    ['hidden', 'system / NativeContext', 'extension'],
    ['hidden', 'system / NativeContext', 'global_object'],
    ['native', 'system / NativeContext / http://page', 'global_object'],
  ])('by a %s %s, as its %s', async (type, name, slot) => {
    expect((await reportOn(withContext(type, name, slot), 'global.cache')).freed).toEqual({ nodes: 1, bytes: 5 });
  });

  it('or there is none', async () => {
    await expect(reportOn(withContext('hidden', 'system / Context', 'extension'), 'global.cache')).rejects.toThrow(
      'cut global.cache: found no global object among 5 nodes, expected at least one',
    );
  });
});

describe('a value of a WeakMap', () => {
  const weakly = () => {
    made = { nodes: [], edges: [] };
    const [root, key, table, value] = [
      node('synthetic', ''),
      node('object', 'Key', 1),
      node('array', '', 2),
      node('object', 'V', 4),
    ];
    edge(root, 'element', 1, key);
    edge(root, 'element', 2, table);
    const pair = ' / part of key (Key @3) -> value (V @7) pair in WeakMap (table @5)';
    edge(key, 'internal', `2${pair}`, value);
    edge(table, 'internal', `3${pair}`, value);
    return made;
  };

  it('goes with its key', async () => {
    const report = await reportOn(weakly(), '@3');
    expect(report.freed).toEqual({ nodes: 2, bytes: 5 });
    expect(report).not.toHaveProperty('freedByRealEphemerons');
  });

  it('goes with its table as V8 has it, and not as DevTools has it', async () => {
    const report = await reportOn(weakly(), '@5');
    expect(report.freed).toEqual({ nodes: 1, bytes: 2 });
    expect(report.freedByRealEphemerons).toEqual({ nodes: 2, bytes: 6 });
  });

  it('goes with the edge of its table likewise', async () => {
    const edgeName = '3 / part of key (Key @3) -> value (V @7) pair in WeakMap (table @5)';
    const report = await reportOn(weakly(), `@5[${JSON.stringify(edgeName)}]`);
    expect(report.freed).toEqual({ nodes: 0, bytes: 0 });
    expect(report.freedByRealEphemerons).toEqual({ nodes: 1, bytes: 4 });
  });
});

describe('an expression that matches nothing is refused', () => {
  it.each([
    ['@4711', 'cut @4711: found no node with the id 4711 among 14, expected one'],
    [
      'class:Sessions',
      'cut class:Sessions: found no object of the class Sessions among 14 nodes, expected at least one',
    ],
    ['@3.nothing', 'cut @3.nothing: found no edge "nothing" on it, expected at least one'],
    ['@3[5]', 'cut @3[5]: found no element 5 on it, expected at least one'],
    ['class:Session.nothing', 'found no edge "nothing" on its 2 objects, expected at least one'],
    ['global.cache.a.b', 'found no edge "a" where the path has got to, expected at least one'],
  ])('%s', async (expression, message) => {
    await expect(reportOn(heap(), 'class:Session', expression)).rejects.toMatchObject({
      code: 'CUT',
      message: expect.stringContaining(message),
    });
  });
});
