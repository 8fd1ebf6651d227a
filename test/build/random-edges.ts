import { anyNode, type GraphDraft, nodesOf } from './graph-draft.js';
import type { Ordinal } from './plain-snapshot.js';
import type { Random } from './random.js';

const NAMES_OF_EDGE: Readonly<Record<string, readonly string[]>> = {
  context: ['this', 'scope', 'previous'],
  property: ['a', 'b', 'c', 'next', '__proto__', 'constructor', 'code', '7'],
  internal: ['map', 'elements', 'native_context', 'properties', 'sloppy_function_map', '4', '7', '5', '1', 'code'],
  shortcut: ['global', 'window', '7', '010', 'Window / DevTools console'],
  weak: ['table', '3', 'sloppy_function_map'],
  invisible: ['shadow'],
  'edge of the future': ['link', '4'],
};

const WEIGHTED_EDGE_TYPES: readonly string[] = [
  ...['property', 'property', 'property', 'property', 'internal', 'internal', 'internal', 'element', 'element'],
  ...['hidden', 'hidden', 'context', 'shortcut', 'weak', 'weak', 'invisible', 'edge of the future'],
];

function randomName(random: Random, type: string): string | number {
  return type === 'element' || type === 'hidden' ? random.int(12) : random.pick(NAMES_OF_EDGE[type]);
}

function linkRandomly(draft: GraphDraft, from: Ordinal, to: Ordinal): void {
  const type = draft.random.pick(WEIGHTED_EDGE_TYPES);
  draft.link(from, type, randomName(draft.random, type), to);
}

/** One retainer from before for most nodes, so that most of the graph hangs together. */
export function linkBackbone(draft: GraphDraft): void {
  for (let node = 2; node < draft.nodes.length; node++) {
    if (draft.random.chance(0.75)) linkRandomly(draft, 1 + draft.random.int(node - 1), node);
  }
}

/** Edges between any two nodes, the root only as a target: cycles, self loops, edges that run backwards. */
export function linkNoise(draft: GraphDraft, count: number): void {
  for (let edge = 0; edge < count; edge++) {
    const from = anyNode(draft);
    const dice = draft.random.next();
    const to = dice < 0.05 ? from : dice < 0.07 ? 0 : anyNode(draft);
    linkRandomly(draft, from, to);
  }
}

/** Rings that nothing outside points into, while they point at the rest. */
export function linkCliques(draft: GraphDraft): void {
  for (const members of draft.cliques) {
    for (const [position, member] of members.entries()) {
      draft.link(member, 'property', 'next', members[(position + 1) % members.length]);
      if (draft.random.chance(0.5)) draft.link(member, 'property', 'out', anyNode(draft));
    }
  }
}

/** Second edges between nodes that already have one, with the same name or another. */
export function linkTwice(draft: GraphDraft, count: number): void {
  const candidates = draft.edges.filter((edge) => edge.from !== 0);
  for (let edge = 0; edge < count && candidates.length > 0; edge++) {
    const { from, type, nameOrIndex, to } = draft.random.pick(candidates);
    if (draft.random.chance(0.5)) draft.link(from, type, nameOrIndex, to);
    else linkRandomly(draft, from, to);
  }
}

function linkUserRoots(draft: GraphDraft, allowRepeats: boolean): void {
  const { random, nodes } = draft;
  const isUserRoot = (node: Ordinal) => nodes[node].type !== 'synthetic' || nodes[node].name === '(Document DOM trees)';
  const candidates = nodes.map((_, node) => node).filter((node) => node > 0 && isUserRoot(node));
  const chosen = random.shuffle(candidates).slice(0, 1 + random.int(4));
  if (allowRepeats && chosen.length > 0) chosen.push(random.pick(chosen));
  for (const node of chosen) {
    const type = random.pick(['shortcut', 'shortcut', 'shortcut', 'element', 'element', 'hidden', 'property', 'weak']);
    draft.link(0, type, randomName(random, type), node);
  }
  for (const trees of nodesOf(draft, 'synthetic', '(Document DOM trees)')) {
    if (random.chance(0.6) && !chosen.includes(trees)) draft.link(0, 'element', trees, trees);
  }
}

/** Edges of the root: to synthetic nodes always, to user roots in most graphs. */
export function linkRoot(draft: GraphDraft): void {
  const { random } = draft;
  draft.link(0, 'element', 1, 1);
  for (const node of nodesOf(draft, 'synthetic')) {
    const isUserRoot = draft.nodes[node].name === '(Document DOM trees)';
    if (node > 1 && !isUserRoot && random.chance(0.7)) draft.link(0, 'element', node, node);
  }
  if (random.chance(0.05)) draft.link(0, 'property', 'self', 0);
  // Repeated edges to a user root can make DevTools fail, so they are rare.
  if (random.chance(0.85)) linkUserRoots(draft, random.chance(0.05));
}
