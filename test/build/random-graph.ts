import { createDraft, type GraphDraft } from './graph-draft.js';
import type { Ordinal, PlainLocation, PlainSnapshot, PlainTraceNode } from './plain-snapshot.js';
import { createRandom, type Random } from './random.js';
import { linkBackbone, linkCliques, linkNoise, linkRoot, linkTwice } from './random-edges.js';
import { randomNodes } from './random-nodes.js';
import {
  linkArrays,
  linkDescriptors,
  linkDom,
  linkFilteredHolders,
  linkNativeContexts,
  linkShapes,
  linkStringFacts,
  linkStrings,
  linkWeakMaps,
} from './random-structures.js';

function linkAll(draft: GraphDraft): void {
  const { random, nodes } = draft;
  const share = (part: number) => random.int(Math.ceil(nodes.length * part) + 1);
  linkRoot(draft);
  linkBackbone(draft);
  linkNoise(draft, share(random.chance(0.5) ? 1 : 0.3));
  linkCliques(draft);
  linkShapes(draft);
  linkWeakMaps(draft, share(0.2));
  linkDescriptors(draft);
  linkNativeContexts(draft);
  linkArrays(draft);
  linkStrings(draft);
  linkStringFacts(draft);
  linkDom(draft);
  linkFilteredHolders(draft);
  linkTwice(draft, share(0.15));
}

/** Few places, so that some objects share one; nodes that are not objects get some too, and a few get two. */
function randomLocations(random: Random, plain: PlainSnapshot): PlainLocation[] {
  const locations: PlainLocation[] = [];
  for (const [node, { type }] of plain.nodes.entries()) {
    while (random.chance(type === 'object' ? 0.3 : 0.05)) {
      locations.push({ node, scriptId: 1 + random.int(2), line: random.int(2), column: random.int(2) });
    }
  }
  return random.shuffle(locations);
}

function addSamples(random: Random, plain: PlainSnapshot): void {
  const highest = plain.nodes.reduce((id, node) => Math.max(id, node.id), 0);
  plain.samples = Array.from({ length: 1 + random.int(4) }, (_, row) => ({
    timestampUs: 1000 * row + random.int(1000),
    lastAssignedId: Math.floor((highest * (row + 1)) / 3),
  }));
}

function addTraces(random: Random, plain: PlainSnapshot): void {
  const names = ['(root)', 'main', 'allocate'];
  plain.traceFunctions = names.map((name, functionId) => ({
    functionId,
    name,
    scriptName: 'app.js',
    scriptId: 1,
    line: functionId,
    column: 0,
  }));
  const node = (id: number, children: PlainTraceNode[]): PlainTraceNode => ({
    id,
    functionInfoIndex: id - 1,
    count: random.int(3),
    size: random.int(500),
    children,
  });
  plain.traceTree = node(1, [node(2, [node(3, [])])]);
}

/** V8 always writes the root first; DevTools also takes it last. */
function moveRootLast(plain: PlainSnapshot): void {
  const last = plain.nodes.length - 1;
  // A node at 0 stands for the missing half of a concatenated string, so it must not be one itself.
  if (plain.nodes[last].type === 'concatenated string') return;
  const moved = (node: Ordinal) => (node === 0 ? last : node === last ? 0 : node);
  [plain.nodes[0], plain.nodes[last]] = [plain.nodes[last], plain.nodes[0]];
  for (const edge of plain.edges) {
    edge.from = moved(edge.from);
    edge.to = moved(edge.to);
  }
  plain.rootIndex = last;
}

/**
 * A snapshot with about everything that the rules of devtools-semantics distinguish. Equal seeds give equal snapshots.
 * It has 2 … `maxNodes` nodes and about three times as many edges; its self sizes sum to less than 2^32, and no class
 * name arises from two different texts, so that DevTools' figures are exact. A few make DevTools fail ("BFS failed").
 */
export function randomGraph(seed: number, maxNodes = 40): PlainSnapshot {
  const random = createRandom(seed);
  const nodes = randomNodes(random, 2 + random.int(maxNodes - 1));
  const draft = createDraft(random, nodes);
  linkAll(draft);
  const plain: PlainSnapshot = { nodes, edges: random.chance(0.5) ? draft.edges : random.shuffle(draft.edges) };
  if (random.chance(0.04)) moveRootLast(plain);
  if (random.chance(0.6)) plain.locations = randomLocations(random, plain);
  if (random.chance(0.3)) plain.extraNativeBytes = random.int(100_000);
  if (random.chance(0.2)) addSamples(random, plain);
  if (nodes[0].traceNodeId !== undefined && random.chance(0.3)) addTraces(random, plain);
  return plain;
}
