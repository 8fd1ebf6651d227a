import { describe, expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { testArena } from '../engine/engine.js';
import { plainDistances } from '../oracle/plain/distances.js';
import { graphOfSnapshot, type PlainGraph } from '../oracle/plain/graph.js';
import {
  type PathRules,
  type PlainPath,
  plainDominatedKey,
  plainGroups,
  plainLevels,
  plainOrder,
  plainPaths,
} from '../oracle/plain/paths.js';
import { type GraphColumns, placeGraph } from './graph-columns.js';
import { junk, packBits, place } from './memory.js';
import { addPathStructures } from './path-graphs.js';
import { kindsOf, PATH_KINDS } from './path-kinds.js';
import { treePreorder } from './tree-preorder.js';

const GRAPHS = 600;
const NONE = 0xffff_ffff;

interface Sample {
  readonly seed: number;
  readonly arena: Awaited<ReturnType<typeof testArena>>;
  readonly columns: GraphColumns;
  readonly distance: Int32Array;
  readonly rules: PathRules;
  readonly paths: readonly (PlainPath | undefined)[];
}

/** Labels, ranks and spared nodes at random: few labels, so that different texts count as one now and then. */
function randomRules(seed: number, columns: GraphColumns): PathRules {
  const random = createRandom(seed);
  const ofText = new Map(columns.strings.map((text) => [text, 1 + random.int(2 ** 32 - 1)]));
  const shared = 1 + random.int(2 ** 32 - 1);
  for (const text of columns.strings) if (random.chance(0.1)) ofText.set(text, shared);
  const ofType = new Map(columns.nodeTypes.map((type) => [type, random.chance(0.3) ? 1 + random.int(2 ** 32 - 1) : 0]));
  const ranks = new Map([...new Set(columns.graph.edgeType)].map((type) => [type, random.int(8)]));
  const spared = Array.from({ length: columns.nodes }, () => random.chance(0.2));
  const labelAtRandom = () => ofText.get(columns.strings[random.int(columns.strings.length)]) ?? 0;
  return {
    label: (text) => ofText.get(text) ?? 0,
    labelOfType: (type) => ofType.get(type) ?? 0,
    scopes: [labelAtRandom(), labelAtRandom()],
    rank: (type) => ranks.get(type) ?? 0,
    code: columns.edge,
    isSpared: (node) => spared[node],
  };
}

async function* samples(): AsyncGenerator<Sample> {
  for (let seed = 0; seed < GRAPHS; seed++) {
    const plain = randomGraph(70_000 + seed, 40);
    addPathStructures(plain, createRandom(seed));
    const graph = graphOfSnapshot(plain);
    const distance = plainDistances(graph, graph.name);
    const arena = await testArena();
    const columns = placeGraph(arena, graph, seed);
    const rules = randomRules(seed, columns);
    yield { seed, arena, columns, distance, rules, paths: plainPaths(graph, distance, rules) };
  }
}

function filteredNodes({ type, name }: PlainGraph): boolean[] {
  const isOne = (kind: string, node: number) =>
    (kind === 'hidden' && name[node] === 'system / NativeContext') ||
    (kind === 'array' && name[node] === '(map descriptors)');
  return type.map(isOne);
}

/** Byte or word of each code, 256 of them. */
function byCode<T extends Uint8Array | Uint32Array>(
  column: T,
  types: Iterable<string>,
  code: (type: string) => number,
  value: (type: string) => number,
): T {
  for (const type of types) column[code(type)] = value(type);
  return column;
}

function runFindPathKeys({ arena, columns, distance, rules, paths }: Sample) {
  const { graph, nodes } = columns;
  const keys = arena.zeroed('f64', nodes);
  const [steps, parents] = [arena.allocate('u32', nodes), junk(arena, 'u32', nodes)];
  // What was there before is a step of this very graph: one that the root has not taken.
  arena.view(steps).fill(Number(paths.find((path) => path && path.parent !== columns.root)?.step ?? 0));
  const labels = Uint32Array.from(columns.strings, rules.label);
  const kinds = byCode(new Uint32Array(256), columns.nodeTypes, columns.node, rules.labelOfType);
  const ranks = byCode(new Uint8Array(256), new Set(graph.edgeType), columns.edge, rules.rank);
  arena.kernels.findPathKeys(
    place(arena, Uint32Array.from(plainOrder(distance))),
    distance.filter((away) => away < 0).length,
    nodes,
    columns.root,
    columns.firstEdge,
    columns.edgeTo,
    columns.edgeType,
    columns.edgeName,
    columns.nodeType,
    columns.nodeName,
    columns.tags,
    place(arena, distance),
    place(arena, labels),
    place(arena, kinds),
    ...rules.scopes,
    place(arena, ranks),
    place(arena, packBits(filteredNodes(graph))),
    place(arena, packBits(Array.from({ length: nodes }, (_, node) => rules.isSpared(node)))),
    columns.node('array'),
    columns.edge('property'),
    columns.edge('weak'),
    columns.numbered,
    keys.offset,
    steps.offset,
    parents.offset,
  );
  return {
    keys: Array.from(new BigUint64Array(arena.memory.buffer, keys.offset, nodes)),
    steps: Array.from(arena.view(steps)),
    parents: Array.from(arena.view(parents)),
  };
}

describe('paths', () => {
  test('countLevels and orderByDistance sort nodes by distance, those out of reach first', async () => {
    const seen = { user: 0, system: 0, unreached: 0, noSystem: 0 };
    for await (const { seed, arena, columns, distance } of samples()) {
      const { nodes } = columns;
      const expected = plainLevels(distance);
      const column = place(arena, distance);
      const result = junk(arena, 'u32', 2);
      arena.kernels.countLevels(column, nodes, result.offset);
      expect([...arena.view(result)], `graph ${seed}`).toEqual([expected.user, expected.all]);
      const starts = arena.zeroed('u32', expected.all + 1);
      const order = junk(arena, 'u32', nodes);
      arena.kernels.orderByDistance(column, nodes, expected.user, expected.all, starts.offset, order.offset);
      expect([...arena.view(order)], `graph ${seed}`).toEqual(plainOrder(distance));
      expect([...arena.view(starts).subarray(0, expected.all)], `graph ${seed}`).toEqual(expected.ends);
      seen.user += expected.user > 1 ? 1 : 0;
      seen.system += expected.all - expected.user > 2 ? 1 : 0;
      seen.unreached += expected.ends[0] > 0 ? 1 : 0;
      seen.noSystem += expected.all - expected.user === 1 ? 1 : 0;
    }
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(GRAPHS / 20);
  });

  test('findPathKeys gives every node the key of its least shortest path, and the node before it', async () => {
    const seen = new Map<string, number>(PATH_KINDS.map((kind) => [kind, 0]));
    for await (const sample of samples()) {
      const { seed, columns, distance, rules, paths } = sample;
      const found = runFindPathKeys(sample);
      const expectedKeys = paths.map((path) => path?.key ?? 0n);
      expect(found.keys, `graph ${seed}`).toEqual(expectedKeys);
      expect(found.parents, `graph ${seed}`).toEqual(paths.map((path) => path?.parent ?? NONE));
      const steps = paths.map((path, node) => (path ? Number(path.step) : found.steps[node]));
      expect(found.steps, `graph ${seed}`).toEqual(steps);
      const kinds = kindsOf({ graph: columns.graph, distance, rules, paths });
      for (const kind of kinds) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    for (const [kind, count] of seen) expect(count, kind).toBeGreaterThan(GRAPHS / 100);
  });

  test('groupPaths numbers keys in the order of the nodes, and sumGroups sums members up', async () => {
    const seen = { full: 0, roomy: 0, shared: 0, without: 0, nested: 0 };
    for await (const { seed, arena, columns, distance, paths } of samples()) {
      const { graph, nodes } = columns;
      const order = plainOrder(distance);
      const keys = new Float64Array(BigUint64Array.from(paths, (path) => path?.key ?? 0n).buffer);
      const most = seed % 3 === 0 ? 1 + (seed % 11) : nodes + 1;
      // Hardly more slots than groups, so that they collide.
      const bits = Math.ceil(Math.log2(most + 1));
      const groupKeys = arena.zeroed('f64', most);
      const [groupOf, firsts] = [junk(arena, 'u32', nodes), arena.zeroed('u32', most)];
      const size = arena.kernels.groupPaths(
        place(arena, Uint32Array.from(order)),
        distance.filter((away) => away < 0).length,
        nodes,
        place(arena, keys),
        bits,
        arena.zeroed('u32', 2 ** bits).offset,
        most,
        groupOf.offset,
        groupKeys.offset,
        firsts.offset,
      );
      const expected = plainGroups(order, paths, most);
      expect(size, `graph ${seed}`).toBe(expected.keys.length + 1);
      expect(arena.view(groupOf), `graph ${seed}`).toEqual(expected.groupOf);
      const found = new BigUint64Array(arena.memory.buffer, groupKeys.offset, size);
      expect([...found], `graph ${seed}`).toEqual([0n, ...expected.keys]);
      expect([...arena.view(firsts).subarray(0, size)], `graph ${seed}`).toEqual([0, ...expected.firsts]);

      const [covered, counts, degrees] = [0, 1, 2].map(() => arena.zeroed('u32', size));
      const [selfSizes, retained] = [arena.zeroed('f64', size), arena.zeroed('f64', size)];
      const random = createRandom(seed);
      const selfSize = Uint32Array.from({ length: nodes }, () => random.int(3) * random.int(1000));
      const parents = Uint32Array.from({ length: nodes }, (_, node) => (node === 0 ? 0 : random.int(node)));
      const tree = treePreorder(random, parents);
      const retainedSize = Float64Array.from(selfSize);
      for (let node = nodes - 1; node > 0; node--) retainedSize[parents[node]] += retainedSize[node];
      arena.kernels.sumGroups(
        place(arena, tree.order),
        place(arena, tree.size),
        nodes,
        groupOf.offset,
        columns.firstEdge,
        place(arena, selfSize),
        0,
        place(arena, retainedSize),
        covered.offset,
        counts.offset,
        degrees.offset,
        selfSizes.offset,
        retained.offset,
      );
      const groups = Array.from({ length: size }, (_, group) => group);
      const isBelowMember = (node: number) => {
        const group = expected.groupOf[node];
        for (let above = node; above !== 0; ) {
          above = parents[above];
          if (expected.groupOf[above] === group) return true;
        }
        return false;
      };
      const sumOf = (members: number[], sizes: ArrayLike<number>) =>
        members.reduce((sum, node) => sum + sizes[node], 0);
      const membersOf = (group: number) => order.filter((node) => expected.groupOf[node] === group);
      const edgesOfAll = (members: number[]) => graph.edgeFrom.filter((from) => members.includes(from)).length;
      expect([...arena.view(counts)]).toEqual(groups.map((group) => membersOf(group).length));
      expect([...arena.view(degrees)]).toEqual(groups.map((group) => edgesOfAll(membersOf(group))));
      expect([...arena.view(selfSizes)]).toEqual(groups.map((group) => sumOf(membersOf(group), selfSize)));
      const topmost = (group: number) => membersOf(group).filter((node) => !isBelowMember(node));
      expect([...arena.view(retained)]).toEqual(groups.map((group) => sumOf(topmost(group), retainedSize)));
      seen.nested += groups.some((group) => topmost(group).length < membersOf(group).length) ? 1 : 0;
      seen[most <= nodes && size === most ? 'full' : 'roomy']++;
      seen.shared += groups.some((group) => group > 0 && membersOf(group).length > 1) ? 1 : 0;
      seen.without += membersOf(0).length > 0 ? 1 : 0;
    }
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(GRAPHS / 10);
  });

  test('keyDominated tells nodes by the group of their dominator and by what they are', async () => {
    const seen = { keyed: 0, without: 0 };
    for await (const { seed, arena, columns, rules } of samples()) {
      const { graph, nodes } = columns;
      const random = createRandom(seed);
      const size = 2 + random.int(6);
      const groupOf = Uint32Array.from({ length: nodes }, () => random.int(size));
      const dominator = Uint32Array.from({ length: nodes }, () => random.int(nodes));
      const groupKeys = BigUint64Array.from({ length: size }, () => BigInt(1 + random.int(1_000_000)));
      const keys = junk(arena, 'f64', nodes);
      arena.kernels.keyDominated(
        nodes,
        place(arena, dominator),
        place(arena, groupOf),
        place(arena, new Float64Array(groupKeys.buffer)),
        columns.nodeType,
        columns.nodeName,
        place(arena, Uint32Array.from(columns.strings, rules.label)),
        place(arena, byCode(new Uint32Array(256), columns.nodeTypes, columns.node, rules.labelOfType)),
        keys.offset,
      );
      const expected = Array.from({ length: nodes }, (_, node) => {
        const group = groupOf[dominator[node]];
        seen[group === 0 ? 'without' : 'keyed']++;
        return group === 0 ? 0n : plainDominatedKey(groupKeys[group], graph, node, rules);
      });
      expect(Array.from(new BigUint64Array(arena.memory.buffer, keys.offset, nodes)), `graph ${seed}`).toEqual(
        expected,
      );
    }
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(GRAPHS / 10);
  });
});
