import type { Ordinal } from '../base/types.js';
import type { ExploredGraph } from './explored-graph.js';
import { sharedU8, sharedU32 } from './shared-arrays.js';

/**
 * The names that nodes have in the file, each once for every entry of the table of strings, and the nodes that have them. Not the texts
 * of concatenated strings, which lie in their parts, nor what stands for plain objects in place of `Object`.
 */
export interface NameList {
  /** Ascending string indexes. */
  readonly strings: Uint32Array;
  /** UTF-8 of all names, end to end; name n: bytes[starts[n]] … bytes[starts[n + 1] - 1]. */
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  /** Nodes of name n: nodes[firstNode[n]] …, by ordinal. */
  readonly firstNode: Uint32Array;
  readonly nodes: Uint32Array;
  /** Names are known up to so many of their bytes as the file has them. */
  readonly limit: number;
}

/** Bytes of one name. V8 itself cuts names at 1,024 units. */
const LONGEST = 1 << 16;
const MOST_BYTES = 2 ** 31;
const BACKSLASH = 0x5c;

type IsListed = (node: Ordinal) => boolean;

/** `isListed`: nodes that may be found. Cost: two passes over nodes, and one over the texts of their names. */
export function listNames(graph: ExploredGraph, isListed: IsListed): NameList {
  const counts = countNodes(graph, isListed);
  const strings = usedStrings(counts);
  const firstNode = sharedU32(strings.length + 1);
  for (const [name, index] of strings.entries()) firstNode[name + 1] = firstNode[name] + counts[index];
  return { strings, firstNode, nodes: nodesByName(graph, isListed, strings, firstNode), ...texts(graph, strings) };
}

function countNodes({ nodeCount, nodeName, strings }: ExploredGraph, isListed: IsListed): Uint32Array {
  const counts = new Uint32Array(strings.count);
  for (let node = 0; node < nodeCount; node++) if (isListed(node)) counts[nodeName[node]]++;
  return counts;
}

function usedStrings(counts: Uint32Array): Uint32Array {
  let used = 0;
  for (const count of counts) if (count > 0) used++;
  const strings = sharedU32(used);
  let next = 0;
  for (let index = 0; index < counts.length; index++) if (counts[index] > 0) strings[next++] = index;
  return strings;
}

function nodesByName(
  { nodeCount, nodeName, strings: table }: ExploredGraph,
  isListed: IsListed,
  strings: Uint32Array,
  firstNode: Uint32Array,
): Uint32Array {
  const next = new Uint32Array(table.count);
  for (const [name, index] of strings.entries()) next[index] = firstNode[name];
  const nodes = sharedU32(firstNode[strings.length]);
  for (let node = 0; node < nodeCount; node++) {
    if (isListed(node)) nodes[next[nodeName[node]]++] = node;
  }
  return nodes;
}

function texts({ strings: table }: ExploredGraph, strings: Uint32Array): Pick<NameList, 'bytes' | 'starts' | 'limit'> {
  let limit = LONGEST;
  for (; sumOfLengths(table, strings, limit) > MOST_BYTES; limit /= 2);
  const starts = sharedU32(strings.length + 1);
  const plain = (index: number) => plainBytes(table, index, limit) ?? Buffer.from(table.text(index, limit), 'utf8');
  for (const [name, index] of strings.entries()) starts[name + 1] = starts[name] + plain(index).length;
  const bytes = sharedU8(starts[strings.length]);
  for (const [name, index] of strings.entries()) bytes.set(plain(index), starts[name]);
  return { bytes, starts, limit };
}

type Table = ExploredGraph['strings'];

function sumOfLengths(table: Table, strings: Uint32Array, limit: number): number {
  let sum = 0;
  // A byte that is no UTF-8 becomes three.
  for (const index of strings) sum += 3 * Math.min(limit, table.byteLength(index));
  return sum;
}

/** Undefined where the file's bytes are not those of the text: with escapes, bytes that need not be UTF-8, or more than fits. */
function plainBytes(table: Table, index: number, limit: number): Uint8Array | undefined {
  if (table.byteLength(index) >= limit) return undefined;
  const bytes = table.bytes(index, limit);
  for (const byte of bytes) if (byte === BACKSLASH || byte >= 0x80) return undefined;
  return bytes;
}
