import { readEdges } from '../read/columns-reader.js';
import { EdgeWindow, NameCheck } from '../read/edge-window.js';
import { numberedMask } from '../read/header.js';
import { Scanner } from '../read/scanner.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import type { Passes } from './passes.js';
import { edgeUses, nodeUses } from './type-uses.js';
import { TABLE_PROPERTIES, USE } from './vocabulary.js';

/** What every string is used as, and which nodes are tables. */
export interface Uses {
  readonly ofString: Uint8Array;
  /** A bit for each node; undefined where that makes no difference. */
  readonly tables: Uint32Array | undefined;
  /** A bit for each node, set for texts that are names of scripts. */
  readonly scriptNames: Uint32Array;
}

/** The use that a node makes of its name. */
export function nodeUse(useOfType: Uint8Array, { scriptNames }: Uses, node: number, type: number): number {
  return ((scriptNames[node >>> 5] >>> (node & 31)) & 1) === 1 ? USE.name : useOfType[type];
}

/** `tables` has a bit for each node, set for those that are known to be tables; further ones are found. Cost: the edges are read once more. Memory: a byte a string. */
export async function collectUses(
  passes: Passes,
  raw: RawSnapshot,
  { traceFields, tables }: { readonly traceFields: readonly string[]; readonly tables: Uint32Array | undefined },
): Promise<Uses> {
  const { arena } = passes;
  const { header, columns, strings, lists } = raw;
  const scriptNames = new Uint32Array(Math.ceil(header.nodeCount / 32));
  const uses = { ofString: new Uint8Array(strings.count), tables, scriptNames };
  await sweepEdges(passes, raw, new EdgeUses(arena, raw, uses));
  const useOfType = nodeUses(header);
  const [types, names] = [arena.view(columns.nodeType), arena.view(columns.nodeName)];
  for (let node = 0; node < header.nodeCount; node++) {
    uses.ofString[names[node]] |= nodeUse(useOfType, uses, node, types[node]);
  }
  markColumns(uses.ofString, lists.get('trace_function_infos'), traceFields, ['name', 'script_name']);
  markColumns(uses.ofString, lists.get('scope_context_vars'), header.scopeContextVarFields, ['name']);
  return uses;
}

function markColumns(
  uses: Uint8Array,
  list: Float64Array | undefined,
  fields: readonly string[],
  names: string[],
): void {
  for (const name of names) {
    const field = fields.indexOf(name);
    if (list === undefined || field < 0) continue;
    for (let at = field; at < list.length; at += fields.length) if (list[at] < uses.length) uses[list[at]] |= USE.name;
  }
}

async function sweepEdges(passes: Passes, { header, columns }: RawSnapshot, sink: EdgeUses): Promise<void> {
  await passes.over(async (input, arena) => {
    const window = new EdgeWindow(arena, 0, sink);
    const windowed = { ...columns, edgeType: window.type, edgeName: window.name, edgeTo: window.to };
    const reading = { scanner: new Scanner(arena, input), arena, header, window, columns: windowed };
    await passes.find(input, 'edges', () => readEdges(reading));
    window.flush(header.edgeCount);
    sink.finish();
  });
}

/** Takes edges in the file's order. */
class EdgeUses extends NameCheck {
  readonly #uses: Uses;
  readonly #useOfType: Uint8Array;
  readonly #firstEdge: Uint32Array;
  readonly #nodeType: Uint8Array;
  readonly #code: number;
  /** Type and name of the edge from a script to the text of its name. */
  readonly #internal: number;
  readonly #name: number;
  #node = -1;
  #end = 0;
  /** Properties of the node at hand, until there are so many that it is a table. */
  readonly #properties = new Uint32Array(TABLE_PROPERTIES);
  #count = 0;

  constructor(arena: Arena, { header, columns, strings }: RawSnapshot, uses: Uses) {
    super(numberedMask(header));
    this.#uses = uses;
    this.#useOfType = edgeUses(header);
    this.#firstEdge = arena.view(columns.firstEdge);
    this.#nodeType = arena.view(columns.nodeType);
    this.#code = header.nodeTypes.indexOf('code');
    this.#internal = header.edgeTypes.indexOf('internal');
    this.#name = indexOf(strings, 'name');
  }

  override look(types: Uint8Array, names: Uint32Array, from: number, targets: Uint32Array): void {
    const { ofString, tables } = this.#uses;
    for (let at = 0; at < names.length; at++) {
      if (names[at] === this.#name && types[at] === this.#internal) this.#mayNameScript(from + at, targets[at]);
      const use = this.#useOfType[types[at]];
      if (use === USE.property && tables !== undefined) this.#property(tables, from + at, names[at]);
      else if (use !== 0) ofString[names[at]] |= use;
    }
  }

  /** Of what is code, scripts alone lead to a text by that name. */
  #mayNameScript(edge: number, text: number): void {
    if (edge >= this.#end) this.#moveTo(edge);
    if (this.#nodeType[this.#node] === this.#code) this.#uses.scriptNames[text >>> 5] |= 1 << (text & 31);
  }

  #property(tables: Uint32Array, edge: number, name: number): void {
    if (edge >= this.#end) this.#moveTo(edge);
    const [word, bit] = [this.#node >>> 5, 1 << (this.#node & 31)];
    if ((tables[word] & bit) !== 0) {
      this.#uses.ofString[name] |= USE.entry;
      return;
    }
    this.#properties[this.#count++] = name;
    if (this.#count < TABLE_PROPERTIES) return;
    tables[word] |= bit;
    this.#settle(USE.entry);
  }

  /** To the node that has this edge. */
  #moveTo(edge: number): void {
    this.finish();
    while (edge >= this.#end) this.#end = this.#firstEdge[++this.#node + 1];
  }

  /** To be called behind the last edge. */
  finish(): void {
    this.#settle(USE.property);
  }

  #settle(use: number): void {
    for (let at = 0; at < this.#count; at++) this.#uses.ofString[this.#properties[at]] |= use;
    this.#count = 0;
  }
}

/** The first string with this text, -1 where there is none: V8 writes each once. */
function indexOf(strings: StringTable, text: string): number {
  for (let index = 0; index < strings.count; index++) {
    if (strings.byteLength(index) === text.length && strings.text(index) === text) return index;
  }
  return -1;
}
