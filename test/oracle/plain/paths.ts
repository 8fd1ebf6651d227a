import { type Ordinal, type PlainGraph, retainersOfAll } from './graph.js';
import { parseWeakMapPair } from './weak-map-pair.js';

/** What keys are made of; the kernel is given the same by string index and by type code. */
export interface PathRules {
  label(text: string): number;
  /** 0 where a node of this type is told by its name. */
  labelOfType(type: string): number;
  /** Labels of scopes. */
  readonly scopes: readonly [number, number];
  /** 0 … 7. */
  rank(edgeType: string): number;
  code(edgeType: string): number;
  /** Whether properties are names however many there are. */
  isSpared(node: Ordinal): boolean;
}

interface Step {
  readonly step: bigint;
  /** Without a rank. */
  readonly key: bigint;
}

export interface PlainPath {
  readonly parent: Ordinal;
  /** The rank of the last edge in the highest three bits. */
  readonly key: bigint;
  readonly step: bigint;
  /** The last three steps, this one first. */
  readonly trail: readonly Step[];
  /** Keys of the nodes before, nearest first, as many as a later step can depend on. */
  readonly before: readonly bigint[];
}

/** What a name that is only a position, or data, counts as. */
const POSITION = 0x9e3779b9;
const SYSTEM = 100_000_000;
const LONGEST_CYCLE = 3;

const u64 = (value: bigint) => BigInt.asUintN(64, value);

/** MurmurHash3's finaliser. */
function mixed(value: bigint): bigint {
  const first = u64((value ^ (value >> 33n)) * 0xff51afd7ed558ccdn);
  const second = u64((first ^ (first >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return second ^ (second >> 33n);
}

/** User distances come before the system's, and nodes without one before both. */
function byDistance(distance: ArrayLike<number>): (a: Ordinal, b: Ordinal) => number {
  return (a, b) => Math.max(-1, distance[a]) - Math.max(-1, distance[b]) || a - b;
}

export function plainOrder(distance: ArrayLike<number>): Ordinal[] {
  return Array.from(distance, (_, node) => node).sort(byDistance(distance));
}

/** How many nodes there are up to each level: the unreached, then 0 … the user's farthest, then the system's from 100,000,000 on. */
export function plainLevels(distance: ArrayLike<number>): { user: number; all: number; ends: number[] } {
  const far = Array.from(distance).filter((away) => away >= 0);
  const top = (distances: number[]) => distances.reduce((most, away) => Math.max(most, away + 1), 0);
  const user = top(far.filter((away) => away < SYSTEM));
  const system = top(far.filter((away) => away >= SYSTEM).map((away) => away - SYSTEM));
  const upTo = [
    -1,
    ...Array.from({ length: user }, (_, away) => away),
    ...Array.from({ length: system }, (_, away) => SYSTEM + away),
  ];
  const ends = upTo.map((limit) => Array.from(distance).filter((away) => away <= limit).length);
  return { user, all: upTo.length, ends };
}

/** At least 32 properties, which are data then. */
export function isDictionary(graph: PlainGraph, node: Ordinal, rules: Pick<PathRules, 'isSpared'>): boolean {
  const types = graph.edgeType.slice(graph.firstEdge[node], graph.firstEdge[node + 1]);
  return !rules.isSpared(node) && types.filter((type) => type === 'property').length >= 32;
}

/** S7: what the distance search skips, whatever leads there. */
export function isSkipped(graph: PlainGraph, edge: number): boolean {
  const from = graph.edgeFrom[edge];
  const name = String(graph.edgeName[edge]);
  if (graph.edgeType[edge] === 'weak') return true;
  if (graph.type[from] === 'array' && graph.name[from] === '(map descriptors)') {
    const link = Number.parseInt(name, 10);
    return link >= 2 && link % 3 === 1;
  }
  const isContext = graph.type[from] === 'hidden' && graph.name[from] === 'system / NativeContext';
  return isContext && graph.edgeName[edge] === 'sloppy_function_map';
}

function edgeLabel(graph: PlainGraph, edge: number, rules: PathRules): number {
  const name = graph.edgeName[edge];
  if (typeof name === 'number' || parseWeakMapPair('internal', name)) return POSITION;
  const isEntry = graph.edgeType[edge] === 'property' && isDictionary(graph, graph.edgeFrom[edge], rules);
  return isEntry ? POSITION : rules.label(name);
}

function nodeLabel(graph: PlainGraph, node: Ordinal, rules: PathRules): number {
  return rules.labelOfType(graph.type[node]) || rules.label(graph.name[node]);
}

/** A scope is told by what leads there, too. */
function toldFrom(label: number, from: number, { scopes }: PathRules): bigint {
  if (!scopes.includes(label)) return BigInt(label);
  return BigInt.asUintN(32, mixed((BigInt(label) << 32n) | BigInt(from)));
}

function pathBehind(parent: Ordinal, path: PlainPath | undefined, step: bigint, rank: number): PlainPath {
  const trail = path?.trail ?? [];
  const key = path ? BigInt.asUintN(61, path.key) : 0n;
  const known = trail.find((one) => one.step === step);
  const own = known ? known.key : mixed(u64(key * 0x9fb21c651e98df25n + step)) >> 3n;
  return {
    parent,
    key: (BigInt(rank) << 61n) | own,
    step,
    trail: [{ step, key: own }, ...trail].slice(0, LONGEST_CYCLE),
    before: [path?.key ?? 0n, ...(path?.before ?? [])].slice(0, LONGEST_CYCLE - 1),
  };
}

function isLess(path: PlainPath, than: PlainPath): boolean {
  const keys = [path.key, ...path.before];
  const others = [than.key, ...than.before];
  const at = keys.findIndex((key, index) => key !== (others[index] ?? 0n));
  return at >= 0 && keys[at] < (others[at] ?? 0n);
}

/**
 * The path of every node, undefined where it has none: of the shortest ones that with the least rank of its last edge, then the
 * least key, then the least keys of the nodes before. A user root is a path of its own. A step that repeats one of the last three
 * keeps the key it had there.
 */
export function plainPaths(
  graph: PlainGraph,
  distance: ArrayLike<number>,
  rules: PathRules,
): readonly (PlainPath | undefined)[] {
  const retainers = retainersOfAll(graph);
  const paths: (PlainPath | undefined)[] = new Array(graph.nodeCount).fill(undefined);
  for (const node of plainOrder(distance)) {
    const label = nodeLabel(graph, node, rules);
    const candidates: PlainPath[] = [];
    if (distance[node] === 1 && retainers[node].some((edge) => graph.edgeFrom[edge] === graph.root)) {
      const [key, step] = [mixed(BigInt(label)) >> 3n, BigInt(label)];
      candidates.push({ parent: graph.root, key, step, trail: [{ step, key }], before: [0n] });
    }
    for (const edge of retainers[node]) {
      const from = graph.edgeFrom[edge];
      if (distance[from] < 0 || distance[from] + 1 !== distance[node] || isSkipped(graph, edge)) continue;
      const pair =
        (BigInt(edgeLabel(graph, edge, rules)) << 32n) | toldFrom(label, nodeLabel(graph, from, rules), rules);
      const step = BigInt.asUintN(32, mixed(pair) + BigInt(rules.code(graph.edgeType[edge])));
      candidates.push(pathBehind(from, paths[from], step, rules.rank(graph.edgeType[edge])));
    }
    // The first of equal ones: its parent has the lowest ordinal.
    for (const path of candidates) {
      const best = paths[node];
      if (best === undefined || isLess(path, best)) paths[node] = path;
    }
  }
  return paths;
}

/** Groups in the order of their first members, 0 for nodes without a path and for keys beyond `most` groups. */
export function plainGroups(order: readonly Ordinal[], paths: readonly (PlainPath | undefined)[], most: number) {
  const numbers = new Map<bigint, { group: number; first: Ordinal }>();
  const groupOf = new Uint32Array(paths.length);
  for (const node of order) {
    const key = paths[node]?.key;
    if (key === undefined) continue;
    if (!numbers.has(key) && numbers.size + 1 < most) numbers.set(key, { group: numbers.size + 1, first: node });
    groupOf[node] = numbers.get(key)?.group ?? 0;
  }
  return { groupOf, keys: [...numbers.keys()], firsts: [...numbers.values()].map(({ first }) => first) };
}

/** What a node is told by among those that nodes of one path dominate. */
export function plainDominatedKey(groupKey: bigint, graph: PlainGraph, node: Ordinal, rules: PathRules): bigint {
  return mixed(u64(groupKey * 0x9fb21c651e98df25n + BigInt(nodeLabel(graph, node, rules))));
}
