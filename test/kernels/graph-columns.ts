import { NO_TYPE } from '#src/graph/graph.js';
import { KIND, TAG } from '#src/graph/tags.js';
import type { Arena } from '#src/wasm/arena.js';
import { createRandom, type Random } from '../build/random.js';
import { createStringTable } from '../build/string-table.js';
import type { PlainGraph } from '../oracle/plain/graph.js';
import { parseWeakMapPair } from '../oracle/plain/weak-map-pair.js';
import { place, placeHalves } from './memory.js';

/** A plain graph in an arena, laid out as the kernels take it. Columns are addresses. */
export interface GraphColumns {
  readonly graph: PlainGraph;
  readonly nodes: number;
  readonly edges: number;
  readonly root: number;
  readonly firstEdge: number;
  readonly edgeTo: number;
  readonly edgeType: number;
  readonly edgeName: number;
  readonly nodeType: number;
  readonly nodeName: number;
  readonly nodeId: { readonly low: number; readonly high: number };
  readonly tags: number;
  readonly strings: readonly string[];
  readonly ephemerons: { count: number; names: number; tables: number; pairs: number; pairCount: number };
  /** Bits of the edge types whose name is a number. */
  readonly numbered: number;
  readonly nodeTypes: readonly string[];
  /** Code of a type; as in the engine, one that no column holds where the graph does not use the type. */
  node(type: string): number;
  edge(type: string): number;
}

const KIND_OF = new Map<string, number>([
  ['Object', KIND.object],
  ['Array', KIND.array],
  ['(map descriptors)', KIND.mapDescriptors],
  ['system / NativeContext', KIND.nativeContext],
  ['sloppy_function_map', KIND.sloppyFunctionMap],
  ['(Document DOM trees)', KIND.domTrees],
  ['system / ExternalStringData', KIND.externalStringData],
  ['system / JSArrayBufferData', KIND.arrayBufferData],
  ['elements', KIND.elements],
  ['__proto__', KIND.proto],
]);

function tagOf(text: string): number {
  const number = Number.parseInt(text, 10);
  const link = number >= 2 && number % 3 === 1 ? TAG.descriptorLink : 0;
  const pair = parseWeakMapPair('internal', text) ? TAG.ephemeron : 0;
  return link | pair | (text.startsWith('Detached ') ? TAG.detached : (KIND_OF.get(text) ?? 0));
}

function placeEphemerons(arena: Arena, strings: readonly string[]): GraphColumns['ephemerons'] {
  const numbers = new Map<string, number>();
  const found = strings.flatMap((text, index) => {
    const parsed = parseWeakMapPair('internal', text);
    if (parsed === undefined) return [];
    const pair = numbers.get(parsed.pair) ?? numbers.size;
    numbers.set(parsed.pair, pair);
    return [{ index, table: parsed.table, pair }];
  });
  return {
    count: found.length,
    names: place(
      arena,
      Uint32Array.from(found, ({ index }) => index),
    ),
    tables: place(
      arena,
      Float64Array.from(found, ({ table }) => table),
    ),
    pairs: place(
      arena,
      Uint32Array.from(found, ({ pair }) => pair),
    ),
    pairCount: numbers.size,
  };
}

/** Types get numbers in random order: no kernel may know them by heart. */
function typeCodes(random: Random, types: readonly string[]): Map<string, number> {
  return new Map(random.shuffle([...new Set(types)]).map((type, code) => [type, code]));
}

export function placeGraph(arena: Arena, graph: PlainGraph, seed: number): GraphColumns {
  const random = createRandom(seed);
  const nodeCodes = typeCodes(random, graph.type);
  const edgeCodes = typeCodes(random, graph.edgeType);
  const code = (codes: Map<string, number>) => (type: string) => codes.get(type) ?? NO_TYPE;
  const [node, edge] = [code(nodeCodes), code(edgeCodes)];
  const table = createStringTable();
  const nodeName = Uint32Array.from(graph.name, table.indexOf);
  const edgeName = Uint32Array.from(graph.edgeName, (name) => (typeof name === 'number' ? name : table.indexOf(name)));
  const numbered = ['element', 'hidden'].map(edge).filter((type) => type !== NO_TYPE);
  return {
    graph,
    nodes: graph.nodeCount,
    edges: graph.edgeCount,
    root: graph.root,
    firstEdge: place(arena, graph.firstEdge),
    edgeTo: place(arena, graph.edgeTo),
    edgeType: place(arena, Uint8Array.from(graph.edgeType, edge)),
    edgeName: place(arena, edgeName),
    nodeType: place(arena, Uint8Array.from(graph.type, node)),
    nodeName: place(arena, nodeName),
    nodeId: placeHalves(arena, graph.id),
    tags: place(arena, Uint8Array.from(table.strings, tagOf)),
    strings: table.strings,
    ephemerons: placeEphemerons(arena, table.strings),
    numbered: numbered.reduce((mask, type) => mask | (1 << type), 0),
    nodeTypes: [...nodeCodes.keys()],
    node,
    edge,
  };
}
