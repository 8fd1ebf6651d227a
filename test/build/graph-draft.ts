import { edgeNameIsIndex, type Ordinal, type PlainEdge, type PlainNode } from './plain-snapshot.js';
import type { Random } from './random.js';

/** Who may point at a node: anyone, anyone but weakly, nobody, or only the members of its clique. */
type Reach = 'anyone' | 'weakly' | 'nobody' | { clique: number };

/** A graph while edges are being added. Nodes that are meant to stay out of reach are kept out of reach here. */
export interface GraphDraft {
  readonly random: Random;
  readonly nodes: PlainNode[];
  readonly edges: PlainEdge[];
  /** Adds an edge, makes it weak, or drops it: whatever the target allows. */
  link(from: Ordinal, type: string, nameOrIndex: string | number, to: Ordinal): void;
  /** Members of each clique, lists that may be empty. */
  readonly cliques: readonly Ordinal[][];
}

const CLIQUE_COUNT = 2;

function randomReach(random: Random): Reach {
  const dice = random.next();
  if (dice < 0.86) return 'anyone';
  if (dice < 0.92) return 'weakly';
  if (dice < 0.95) return 'nobody';
  return { clique: random.int(CLIQUE_COUNT) };
}

export function createDraft(random: Random, nodes: PlainNode[]): GraphDraft {
  const edges: PlainEdge[] = [];
  const isTidy = random.chance(0.3);
  const reaches: Reach[] = nodes.map((_, node) => (node < 2 || isTidy ? 'anyone' : randomReach(random)));
  const cliques: Ordinal[][] = Array.from({ length: CLIQUE_COUNT }, () => []);
  for (const [node, reach] of reaches.entries()) {
    if (typeof reach === 'object') cliques[reach.clique].push(node);
  }

  function sameClique(from: Ordinal, clique: number): boolean {
    const reach = reaches[from];
    return typeof reach === 'object' && reach.clique === clique;
  }

  function link(from: Ordinal, type: string, nameOrIndex: string | number, to: Ordinal): void {
    const reach = reaches[to];
    if (reach === 'nobody') return;
    if (typeof reach === 'object' && !sameClique(from, reach.clique)) return;
    const allowed = reach === 'weakly' && random.chance(0.9) ? 'weak' : type;
    const name = edgeNameIsIndex(allowed) ? nameOrIndex : String(nameOrIndex);
    edges.push({ from, type: allowed, nameOrIndex: name, to });
  }

  return { random, nodes, edges, link, cliques };
}

function nodesWhere(draft: GraphDraft, holds: (node: PlainNode) => boolean): Ordinal[] {
  const found: Ordinal[] = [];
  for (const [ordinal, node] of draft.nodes.entries()) {
    if (holds(node)) found.push(ordinal);
  }
  return found;
}

/** Ordinals of the nodes of a type, of all names or of one. */
export function nodesOf(draft: GraphDraft, type: string, name?: string): Ordinal[] {
  return nodesWhere(draft, (node) => node.type === type && (name === undefined || node.name === name));
}

/** Ordinals of the nodes of a name, whatever their type: rules that ask for both must not be content with one. */
export function namedNodes(draft: GraphDraft, name: string): Ordinal[] {
  return nodesWhere(draft, (node) => node.name === name);
}

/** Any node but the root. */
export function anyNode(draft: GraphDraft): Ordinal {
  return 1 + draft.random.int(draft.nodes.length - 1);
}
