import type { Ordinal } from '../base/types.js';
import { TAG } from '../graph/tags.js';
import type { ExploredGraph } from './explored-graph.js';

/** Nodes of these types are named by what a program has made; names of other types are V8's own or stand in the program's source. */
const OPEN_TYPES: readonly string[] = [
  ...['hidden', 'array', 'native', 'synthetic', 'object shape', 'object', 'code', 'closure', 'wasm object', 'number'],
];
const FINGERPRINT_DIGITS = 8;

/** Which types of nodes have names that are values, by code. What nobody knows may be one. */
export function valueTypes({ header }: ExploredGraph): Uint8Array {
  return Uint8Array.from(header.nodeTypes, (type) => Number(!OPEN_TYPES.includes(type)));
}

/** What is told of a value in place of it, as everywhere: its length in UTF-16 units, and the beginning of a digest of its UTF-8. */
export interface HiddenText {
  readonly length: number;
  readonly fingerprint: string;
}

export function hiddenText(text: string): HiddenText {
  // Dear to load, and needed for what is shown.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256').update(text, 'utf8').digest('hex');
  return { length: text.length, fingerprint: hash.slice(0, FINGERPRINT_DIGITS) };
}

const LEAD = /^\d+ \/ part of key \(/;
const TAIL = / @\d+\) pair in WeakMap \(table @\d+\)$/;
const KEY_END = / @\d+\) -> value \(/g;

/** The name of an edge, without the texts that V8 has put into the names of WeakMap pairs, which may be values of strings. */
export function edgeLabel(graph: ExploredGraph, edge: number): string | number {
  const name = graph.names.edge(edge);
  const isPair = typeof name === 'string' && (graph.tags[graph.edgeName[edge]] & TAG.ephemeron) !== 0;
  return isPair ? pairLabel(name) : name;
}

function pairLabel(name: string): string {
  const lead = LEAD.exec(name)?.[0] ?? '';
  const tail = TAIL.exec(name);
  KEY_END.lastIndex = lead.length;
  const middle = KEY_END.exec(name);
  if (tail === null || middle === null || lead === '') return 'pair in WeakMap';
  return `${lead}…${middle[0]}…${tail[0]}`;
}

/** Whether the name of a node is a value. */
export function isValue(graph: ExploredGraph, types: Uint8Array, node: Ordinal): boolean {
  return types[graph.nodeType[node]] === 1;
}
