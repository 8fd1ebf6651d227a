import { type Ephemerons, type Graph, NO_TYPE, type U8 } from '../graph/graph.js';
import { KIND, TAG } from '../graph/tags.js';
import { DETACHED, type RuleName } from '../read/marked-strings.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import { EphemeronList, parseEphemeron } from './ephemerons.js';

const KIND_OF: ReadonlyMap<string, number> = new Map<RuleName, number>([
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

/** Nothing that a rule names is longer, escapes and all; names of WeakMap pairs are looked at by their ends. */
const MAX_BYTES = 6 * Math.max(...[...KIND_OF.keys()].map((text) => text.length));
/** So much of a text has all of a name, though it may be cut before an escape. */
const HEAD_BYTES = 2 * MAX_BYTES;

/**
 * Writes the tag of every string, and lists the names of WeakMap pairs. Looks at those strings only that the reader has
 * marked.
 */
export function tagStrings(arena: Arena, strings: StringTable): { tags: U8; ephemerons: Ephemerons } {
  const tags = arena.zeroed('u8', strings.count);
  const column = arena.view(tags);
  const pairs = new EphemeronList(strings);
  for (const index of strings.data.marked) {
    const length = strings.byteLength(index);
    column[index] = tagOf(strings, index, length);
    const pair = parseEphemeron(strings, index, length);
    if (pair === undefined) continue;
    column[index] |= TAG.ephemeron;
    pairs.add(index, pair);
  }
  return { tags, ephemerons: pairs.store(arena) };
}

function tagOf(strings: StringTable, index: number, length: number): number {
  // A name of a detached node may be of any length, and only its beginning counts.
  const text = strings.text(index, HEAD_BYTES);
  if (text.startsWith(DETACHED)) return TAG.detached;
  return length <= MAX_BYTES ? (KIND_OF.get(text) ?? 0) : 0;
}

/**
 * Tags the names that descriptor arrays give to links which the distance search skips (S7): numbers from 2 that leave 1
 * when divided by 3. Only names used there are looked at.
 */
export function tagDescriptorLinks(arena: Arena, graph: Graph): void {
  const { columns, strings, header } = graph;
  const tag = arena.view(graph.tags);
  const arrayType = graph.nodeTypes.array;
  if (arrayType === NO_TYPE || !tag.includes(KIND.mapDescriptors)) return;
  const [nodeType, nodeName] = [arena.view(columns.nodeType), arena.view(columns.nodeName)];
  const [firstEdge, edgeName, edgeType] = [
    arena.view(columns.firstEdge),
    arena.view(columns.edgeName),
    arena.view(columns.edgeType),
  ];
  const numbered = [header.edgeTypes.indexOf('element'), header.edgeTypes.indexOf('hidden')];
  for (let node = 0; node < header.nodeCount; node++) {
    if (nodeType[node] !== arrayType || (tag[nodeName[node]] & TAG.kind) !== KIND.mapDescriptors) continue;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (numbered.includes(edgeType[edge])) continue;
      const number = Number.parseInt(strings.text(edgeName[edge]), 10);
      if (number >= 2 && number % 3 === 1) tag[edgeName[edge]] |= TAG.descriptorLink;
    }
  }
}
