import type { Graph, U8, U32 } from '../graph/graph.js';
import { numberedMask } from '../read/header.js';
import type { StringTable } from '../read/string-table.js';
import { StringWindows } from '../read/string-windows.js';
import type { Arena } from '../wasm/arena.js';
import { CONTEXT, NUMBERED_CONTEXT } from './v8-names.js';

/**
 * Types whose nodes are told apart by their names. Every other type is a label of its own: the name of a string is its value, that of
 * a number its digits.
 */
const NAMED_TYPES: ReadonlySet<string> = new Set([
  'hidden',
  'array',
  'object',
  'closure',
  'native',
  'synthetic',
  'code',
]);

/** What a reader of a path is more likely to look for comes first: names from the source, then positions, then V8's own. */
const RANKS: Readonly<Record<string, number>> = { property: 0, context: 1, element: 2, internal: 3, shortcut: 3 };
const LAST_RANK = 4;

/** Bytes of a text that its label depends on, besides its length. V8 cuts names far below. */
const LABEL_BYTES = 4096;

export interface Labels {
  /** By string index; 0 for strings that no edge or node is told by. */
  readonly ofStrings: U32;
  /** By node type: 0 where the name tells. */
  readonly ofTypes: U32;
  /** Those of scopes, in Node and in Chromium. */
  readonly scopes: readonly [number, number];
  /** By edge type. */
  readonly ranks: U8;
}

/** What labels are made of. */
export type LabelledGraph = Pick<Graph, 'header' | 'strings' | 'columns'>;

/**
 * What stands for a text in a key: the same in every file, whatever the text's index. Cost: one pass over the edges. Scratch: a byte a
 * string.
 */
export function labelStrings(arena: Arena, graph: LabelledGraph): Labels {
  const { header, strings } = graph;
  const ofStrings = arena.zeroed('u32', strings.count);
  const ofTypes = arena.zeroed('u32', 256);
  const ranks = arena.zeroed('u8', 256);
  for (const [code, type] of header.nodeTypes.entries()) {
    if (!NAMED_TYPES.has(type)) arena.view(ofTypes)[code] = labelOfText(`(${type})`);
  }
  arena.view(ranks).fill(LAST_RANK);
  for (const [code, type] of header.edgeTypes.entries()) arena.view(ranks)[code] = RANKS[type] ?? LAST_RANK;
  arena.scratch(() => {
    const marks = markTexts(arena, graph, ofTypes);
    labelUsual(arena, strings, marks, ofStrings);
    labelRest(strings, arena.view(marks), arena.view(ofStrings));
  });
  return { ofStrings, ofTypes, scopes: [labelOfText(CONTEXT), labelOfText(NUMBERED_CONTEXT)], ranks };
}

function markTexts(arena: Arena, { header, strings, columns }: LabelledGraph, ofTypes: U32): U8 {
  const marks = arena.zeroed('u8', strings.count);
  const { edgeType, edgeName, nodeType, nodeName } = columns;
  arena.kernels.markEdgeTexts(edgeType.offset, edgeName.offset, header.edgeCount, numberedMask(header), marks.offset);
  arena.kernels.markNodeTexts(nodeType.offset, nodeName.offset, header.nodeCount, ofTypes.offset, marks.offset);
  return marks;
}

/** From a marked one on, each time. One that lies in two pieces, or fills more than a window, is left to `labelRest`. */
function labelUsual(arena: Arena, strings: StringTable, marks: U8, labels: U32): void {
  const windows = new StringWindows(arena, strings);
  const marked = arena.view(marks);
  for (let first = marked.indexOf(1); first >= 0; first = marked.indexOf(1, first)) {
    const window = windows.from(first);
    const done = arena.kernels.labelTexts(...window, marks.offset + first, labels.offset + 4 * first);
    first += Math.max(1, done);
  }
}

function labelRest(strings: StringTable, marks: Uint8Array, labels: Uint32Array): void {
  for (let index = 0; index < marks.length; index++) {
    if (marks[index] !== 0 && labels[index] === 0) labels[index] = labelOf(strings, index);
  }
}

function labelOf(strings: StringTable, index: number): number {
  const bytes = strings.bytes(index, LABEL_BYTES);
  // Writers differ in what they escape.
  const isEscaped = bytes.includes(BACKSLASH);
  return labelOfBytes(isEscaped ? Buffer.from(strings.text(index, LABEL_BYTES)) : bytes, strings.byteLength(index));
}

function labelOfText(text: string): number {
  const bytes = Buffer.from(text);
  return labelOfBytes(bytes, bytes.length);
}

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const POSITION = 0x9e3779b9;
const AT = 0x40;
const BACKSLASH = 0x5c;
const LESS_THAN = 0x3c;
/** `<symbol name>` looks like a tag, and is told by what stands behind the space. */
const TAG = /^(?:Detached )?<(?!symbol )[^ >]*(?= )/;
const TAG_AT = 'Detached '.length;
const LONGEST_TAG = 128;

/**
 * FNV-1a over the bytes that say what something is: without attributes of a tag, and without ids, which Chrome writes into names
 * behind an `@`. Numbers are positions and have one label.
 */
function labelOfBytes(bytes: Uint8Array, length: number): number {
  let hash = 0x811c9dc5;
  let isNumber = length > 0;
  for (const byte of withoutAttributes(bytes)) {
    if (byte === AT) break;
    if (byte < DIGIT_0 || byte > DIGIT_9) isNumber = false;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  if (isNumber) return POSITION;
  return hash >>> 0 || 1;
}

/** `<div>` for `<div class="a">`, as DevTools names their class. */
function withoutAttributes(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== LESS_THAN && bytes[TAG_AT] !== LESS_THAN) return bytes;
  const tag = TAG.exec(Buffer.from(bytes.subarray(0, LONGEST_TAG)).toString('latin1'))?.[0];
  return tag === undefined ? bytes : Buffer.from(`${tag}>`, 'latin1');
}
