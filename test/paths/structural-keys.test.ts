import { describe, expect, test } from 'vitest';
import { EDGE_TYPES, NODE_TYPES, type PlainEdge, type PlainSnapshot } from '../build/plain-snapshot.js';
import { createRandom, type Random } from '../build/random.js';
import { randomNodes } from '../build/random-nodes.js';
import { addPathStructures, PathDraft } from '../kernels/path-graphs.js';
import { tellPlain } from './told-snapshot.js';

const GRAPHS = 300;

const EDGES: readonly [type: string, name: string | number][] = [
  ['property', 'a'],
  ['property', 'next'],
  ['internal', 'map'],
  ['internal', 'sloppy_function_map'],
  ['internal', '4'],
  ['context', 'scope'],
  ['element', 3],
  ['element', 4],
  ['hidden', 7],
  ['shortcut', 'window'],
  ['weak', 'a'],
];

/** Whole and half of a WeakMap's entry: an edge from the key, and one from the table. */
function addEntry(plain: PlainSnapshot, table: number, key: number, value: number): void {
  const told = (node: number) => `Foo @${plain.nodes[node].id}`;
  const id = plain.nodes[table].id;
  const name = `${value} / part of key (${told(key)}) -> value (${told(value)}) pair in WeakMap (table @${id})`;
  for (const from of [key, table]) plain.edges.push({ from, type: 'internal', nameOrIndex: name, to: value });
}

/** Distances of such a graph do not depend on its order: each WeakMap pair has both its edges, to one value. */
function orderlyGraph(random: Random): PlainSnapshot {
  const nodes = randomNodes(random, 20 + random.int(40));
  for (const node of nodes) if (node.type === 'concatenated string') node.type = 'object';
  nodes[0].type = 'synthetic';
  const plain: PlainSnapshot = { nodes, edges: [] };
  const count = nodes.length;
  const any = () => 1 + random.int(count - 1);
  for (let root = 0; root < 4; root++) plain.edges.push({ from: 0, type: 'element', nameOrIndex: root, to: any() });
  plain.edges.push({ from: 0, type: 'shortcut', nameOrIndex: 'window', to: any() });
  for (let edge = 0; edge < 3 * count; edge++) {
    const [type, nameOrIndex] = random.pick(EDGES);
    plain.edges.push({ from: any(), type, nameOrIndex, to: any() });
  }
  for (let entry = random.int(4); entry > 0; entry--) {
    const draft = new PathDraft(plain, random);
    const value = draft.node('Foo');
    addEntry(plain, any(), any(), value);
  }
  addPathStructures(plain, random);
  return plain;
}

function typesOf(plain: PlainSnapshot): PlainSnapshot['meta'] {
  const fields = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
  const types = [...new Set([...NODE_TYPES, 'wasm object', 'type of the future'])];
  const hasField = (field: string) =>
    (field !== 'trace_node_id' || plain.nodes[0].traceNodeId !== undefined) &&
    (field !== 'detachedness' || plain.nodes[0].detachedness !== undefined);
  const node_fields = fields.filter(hasField);
  return {
    node_fields,
    node_types: node_fields.map((field) => (field === 'type' ? types : field === 'name' ? 'string' : 'number')),
    edge_types: [[...EDGE_TYPES], 'string_or_number', 'node'],
  };
}

/** The same graph in another file: nodes but the root, edges and with them strings in another order. */
function shuffled(plain: PlainSnapshot, random: Random): { moved: PlainSnapshot; placeOf: readonly number[] } {
  const order = [0, ...random.shuffle(plain.nodes.map((_, node) => node).slice(1))];
  const placeOf = order.reduce<number[]>((places, node, place) => {
    places[node] = place;
    return places;
  }, []);
  const moveEdge = ({ from, to, ...rest }: PlainEdge) => ({ ...rest, from: placeOf[from], to: placeOf[to] });
  const nodes = order.map((node) => plain.nodes[node]);
  return { moved: { ...plain, nodes, edges: random.shuffle(plain.edges.map(moveEdge)) }, placeOf };
}

/** Other ids, in the same order, in names as well. */
function renumbered(plain: PlainSnapshot): PlainSnapshot {
  const other = new Map(plain.nodes.map(({ id }) => [String(id), 5 * id + 1000 * (id % 2) + (id % 2 ? 0 : 10)]));
  const rename = (text: string) => text.replace(/@(\d+)/g, (_, id: string) => `@${other.get(id)}`);
  return {
    ...plain,
    nodes: plain.nodes.map((node) => ({ ...node, id: other.get(String(node.id)) as number })),
    edges: plain.edges.map((edge) => ({
      ...edge,
      nameOrIndex: typeof edge.nameOrIndex === 'string' ? rename(edge.nameOrIndex) : edge.nameOrIndex,
    })),
  };
}

async function keysOf(plain: PlainSnapshot): Promise<bigint[]> {
  const { keyOf } = await tellPlain({ ...plain, meta: typesOf(plain) });
  return plain.nodes.map((_, node) => keyOf(node));
}

describe('keys of paths', () => {
  test('are the same whatever the order of nodes, edges and strings in the file', async () => {
    let told = 0;
    for (let seed = 0; seed < GRAPHS; seed++) {
      const random = createRandom(seed);
      const plain = orderlyGraph(random);
      const expected = await keysOf(plain);
      const { moved, placeOf } = shuffled(plain, random);
      const keys = await keysOf(moved);
      expect(
        placeOf.map((place) => keys[place]),
        `graph ${seed}`,
      ).toEqual(expected);
      told += new Set(expected).size;
    }
    expect(told).toBeGreaterThan(20 * GRAPHS);
  });

  test('are the same whatever the ids', async () => {
    let pairs = 0;
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = orderlyGraph(createRandom(seed));
      pairs += plain.edges.filter(({ nameOrIndex }) => String(nameOrIndex).includes(' pair in WeakMap ')).length;
      expect(await keysOf(renumbered(plain)), `graph ${seed}`).toEqual(await keysOf(plain));
    }
    expect(pairs).toBeGreaterThan(GRAPHS);
  });
});

/** A service that holds, over a step of this name, whatever `fill` builds. */
function holding(fill: (draft: PathDraft, service: number) => void): PlainSnapshot {
  const plain: PlainSnapshot = {
    nodes: [
      { type: 'synthetic', name: '', id: 1, selfSize: 0 },
      { type: 'object', name: 'Service', id: 3, selfSize: 16 },
    ],
    edges: [{ from: 0, type: 'shortcut', nameOrIndex: 'service', to: 1 }],
  };
  fill(new PathDraft(plain, createRandom(1)), 1);
  return plain;
}

/** How many keys there are, and how many nodes have each, the most frequent first. */
async function countsOf(plain: PlainSnapshot): Promise<number[]> {
  const counts = new Map<bigint, number>();
  for (const key of (await keysOf(plain)).slice(1)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a);
}

const listOf = (length: number, classes: readonly string[]) =>
  holding((draft, service) => {
    let last = service;
    for (let at = 0; at < length; at++) {
      const link = draft.node(classes[at % classes.length]);
      draft.link(last, 'next', link);
      last = link;
    }
  });

describe('what only gets longer or wider keeps its keys', () => {
  test.each([
    ['one class', ['Link'], 1],
    ['two classes in turns', ['Link', 'Foo'], 2],
    ['three classes in turns', ['Link', 'Foo', 'Bar'], 3],
  ])('a list of %s, of 12 and of 10,002', async (_, classes, keys) => {
    const share = (length: number) => Array<number>(keys).fill(length / keys);
    expect(await countsOf(listOf(12, classes))).toEqual([...share(12), 1]);
    expect(await countsOf(listOf(10_002, classes))).toEqual([...share(10_002), 1]);
  });

  test('a list of classes that do not repeat soon enough is as many paths as it has steps', async () => {
    expect(await countsOf(listOf(100, ['A', 'B', 'C', 'D']))).toHaveLength(101);
  });

  test.each(['system / Context', 'system / Context / scope @4711'])(
    'a chain of functions, each of which holds the one before it in its scope: %s',
    async (name) => {
      const length = 50;
      const plain = holding((draft, service) => {
        const scopeOf = (owner: number, property: string) => {
          const closure = draft.node(property, 'closure');
          const scope = draft.node(name);
          draft.link(owner, property, closure);
          draft.link(closure, 'context', scope, 'internal');
          return scope;
        };
        let scope = scopeOf(service, 'round');
        for (let at = 0; at < length; at++) {
          const version = draft.node('Version');
          draft.link(scope, at === 0 ? 'current' : 'previous', version, 'context');
          scope = scopeOf(version, 'lookUp');
        }
      });
      // The scope of `round` is none of them, though it is called the same and comes three steps before.
      expect(await countsOf(plain)).toEqual([length, length, length - 1, 1, 1, 1, 1]);
    },
  );

  test('a tree of 127 nodes and of 8,191: only runs of four to one side make further keys', async () => {
    const treeOf = (depth: number) => holding((draft, service) => draft.tree(service, depth));
    const [small, large] = [await countsOf(treeOf(6)), await countsOf(treeOf(12))];
    expect([small.length, large.length]).toEqual([7, 11]);
    expect(large.reduce((sum, count) => sum + count, 0)).toBe(2 ** 13 - 1);
  });

  test('a dictionary of 32 entries and of 5,000; one of 31 has names', async () => {
    const dictionaryOf = (entries: number) => holding((draft, service) => draft.dictionary(service, entries));
    expect(await countsOf(dictionaryOf(32))).toEqual([16, 16, 1, 1]);
    expect(await countsOf(dictionaryOf(5000))).toEqual([2500, 2500, 1, 1]);
    expect(await countsOf(dictionaryOf(31))).toHaveLength(33);
  });

  test('the properties of a global object are names, however many', async () => {
    const plain = holding((draft, service) => draft.dictionary(service, 10));
    const draft = new PathDraft(plain, createRandom(1));
    for (let at = 0; at < 40; at++) draft.link(1, `global ${at}`, draft.node('Foo'));
    expect(await countsOf(plain)).toHaveLength(52);
  });
});
