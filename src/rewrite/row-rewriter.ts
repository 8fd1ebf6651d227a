import type { Input } from '../read/input.js';
import { Scanner } from '../read/scanner.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Arena } from '../wasm/arena.js';
import type { NamePlan } from './name-plan.js';
import type { Output } from './output.js';
import { edgeUses, nodeUses } from './type-uses.js';
import { nodeUse, type Uses } from './uses.js';
import { USE } from './vocabulary.js';

const COMMA = 0x2c;
const FOUR_GIB = 2 ** 32;

/** Elements with a higher index than this, and than so many times the edges of their node, are not in a row: what counts them is data. */
const SPARSE_INDEX = 1024;
const SPARSE_TIMES = 4;

/** A row's fields that its name is told from, by their position. */
interface RowFields {
  readonly width: number;
  readonly type: number;
  readonly name: number;
}

/** Writes nodes and edges number by number, some with other names. */
export class RowRewriter {
  readonly #arena: Arena;
  readonly #raw: RawSnapshot;
  readonly #plan: NamePlan;
  readonly #uses: Uses;
  readonly #output: Output;

  constructor(arena: Arena, raw: RawSnapshot, plan: NamePlan, uses: Uses, output: Output) {
    this.#arena = arena;
    this.#raw = raw;
    this.#plan = plan;
    this.#uses = uses;
    this.#output = output;
  }

  nodes(input: Input): Promise<void> {
    const { header } = this.#raw;
    const useOfType = nodeUses(header);
    const place = (name: string) => header.nodeFields.indexOf(name);
    const fields = { width: header.nodeFields.length, type: place('type'), name: place('name') };
    return this.#rows(input, 'nodes', fields, (type, name, node) =>
      this.#plan.nameFor(name, nodeUse(useOfType, this.#uses, node, type)),
    );
  }

  /** `hidesIndexes`: positions of elements that are as sparse as data are replaced by that of their edge in the node. */
  edges(input: Input, hidesIndexes: boolean): Promise<void> {
    const { header, columns } = this.#raw;
    const [useOfType, firstEdge] = [edgeUses(header), this.#arena.view(columns.firstEdge)];
    const [plan, { tables }] = [this.#plan, this.#uses];
    const element = hidesIndexes ? header.edgeTypes.indexOf('element') : -1;
    const place = (name: string) => header.edgeFields.indexOf(name);
    const fields = { width: header.edgeFields.length, type: place('type'), name: place('name_or_index') };
    let node = 0;
    return this.#rows(input, 'edges', fields, (type, name, row) => {
      while (row >= firstEdge[node + 1]) node++;
      const use = useOfType[type];
      if (type === element) return isSparse(name, firstEdge[node + 1] - firstEdge[node]) ? row - firstEdge[node] : name;
      if (use === 0) return name;
      const isTable = tables !== undefined && ((tables[node >>> 5] >>> (node & 31)) & 1) === 1;
      return plan.nameFor(name, isTable && use === USE.property ? USE.entry : use);
    });
  }

  async #rows(
    input: Input,
    section: string,
    { width, type, name }: RowFields,
    nameOf: (type: number, name: number, row: number) => number,
  ): Promise<void> {
    const [arena, output] = [this.#arena, this.#output];
    let row = 0;
    const take = (count: number, address: number) => {
      const rows = Math.floor(count / width);
      const words = new Uint32Array(arena.memory.buffer, address, 2 * rows * width);
      for (let at = 0; at < words.length; at += 2 * width, row++) {
        words[at + 2 * name] = nameOf(words[at + 2 * type], words[at + 2 * name], row);
        for (let field = at; field < at + 2 * width; field += 2) {
          if (field > 0 || row > 0) output.byte(COMMA);
          output.number(words[field] + FOUR_GIB * words[field + 1]);
        }
      }
      return rows * width;
    };
    output.text('[');
    await new Scanner(arena, input).numbers(section, take);
    output.text(']');
  }
}

function isSparse(index: number, edges: number): boolean {
  return index > SPARSE_INDEX && index > SPARSE_TIMES * edges;
}
