import { type Ephemerons, type Graph, NO_TYPE, type U8 } from '../graph/graph.js';
import { KIND, TAG } from '../graph/tags.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import { EphemeronList, parseEphemeron } from './ephemerons.js';

/** Texts that a rule names. */
const KIND_OF: ReadonlyMap<string, number> = new Map([
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

const BACKSLASH = 0x5c;
const DETACHED = 'Detached ';
/** Nothing that a rule names is longer, escapes and all; names of WeakMap pairs are looked at by their ends. */
const MAX_BYTES = 6 * Math.max(...[...KIND_OF.keys()].map((text) => text.length));
const LENGTHS = new Set([...KIND_OF.keys()].map((text) => text.length));

// A backslash may hide any first character; digits begin the name of a pair.
const OF_KINDS = marked([...KIND_OF.keys(), DETACHED, '\\']);
const OF_PAIRS = marked([...'0123456789\\']);
const INTERESTING = OF_KINDS.map((kind, byte) => kind | OF_PAIRS[byte]);

function marked(texts: readonly string[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const text of texts) table[text.charCodeAt(0)] = 1;
  return table;
}

/**
 * Writes the tag of every string, and lists the names of WeakMap pairs. Cost: one byte looked at for most strings,
 * the text of those few that can be meant.
 */
export function tagStrings(arena: Arena, strings: StringTable): { tags: U8; ephemerons: Ephemerons } {
  const tags = arena.zeroed('u8', strings.count);
  const column = arena.view(tags);
  const pairs = new EphemeronList(strings);
  strings.forEachStartingWith(INTERESTING, (index, first, length) => {
    if (OF_KINDS[first] === 1) column[index] = tagOf(strings, index, length);
    if (OF_PAIRS[first] === 0) return;
    const pair = parseEphemeron(strings, index, length);
    if (pair === undefined) return;
    column[index] |= TAG.ephemeron;
    pairs.add(index, pair);
  });
  return { tags, ephemerons: pairs.store(arena) };
}

function tagOf(strings: StringTable, index: number, length: number): number {
  const head = strings.bytes(index, MAX_BYTES);
  // Most strings are told apart by their length alone; escapes, which change it, are rare.
  if (!head.includes(BACKSLASH)) {
    if (head[0] === DETACHED.charCodeAt(0) && latin1(head.subarray(0, DETACHED.length)) === DETACHED)
      return TAG.detached;
    return LENGTHS.has(length) ? (KIND_OF.get(latin1(head)) ?? 0) : 0;
  }
  const text = strings.text(index);
  return text.startsWith(DETACHED) ? TAG.detached : (KIND_OF.get(text) ?? 0);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
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
