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
const OF_KINDS = new Set(Buffer.from([...KIND_OF.keys(), DETACHED, '\\'].map((text) => text[0]).join(''), 'latin1'));
const OF_PAIRS = new Set(Buffer.from('0123456789\\', 'latin1'));

/**
 * Writes the tag of every string, and lists the names of WeakMap pairs. Looks at those strings only that the reader has
 * marked by their first byte.
 */
export function tagStrings(arena: Arena, strings: StringTable): { tags: U8; ephemerons: Ephemerons } {
  const tags = arena.zeroed('u8', strings.count);
  const column = arena.view(tags);
  const pairs = new EphemeronList(strings);
  for (const index of strings.data.marked) {
    const length = strings.byteLength(index);
    const [first] = strings.bytes(index, 1);
    if (OF_KINDS.has(first)) column[index] = tagOf(strings, index, length);
    if (!OF_PAIRS.has(first)) continue;
    const pair = parseEphemeron(strings, index, length);
    if (pair === undefined) continue;
    column[index] |= TAG.ephemeron;
    pairs.add(index, pair);
  }
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
