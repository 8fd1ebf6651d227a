import type { Arena } from '../wasm/arena.js';
import { MAX_DEPTH, MAX_TREE_DEPTH, readValue } from './json-value.js';
import { NumberList } from './number-list.js';
import type { Scanner } from './scanner.js';
import { LIST_SECTIONS, type ListSection, SIGNED_SECTIONS } from './snapshot-columns.js';
import type { StringTable } from './string-table.js';

/** Reads and keeps what comes beside nodes and edges: the string table, flat lists of numbers. */
export class FurtherSections {
  readonly lists = new Map<ListSection, Float64Array>();
  strings: StringTable | undefined;
  /** File offset behind the list of locations. */
  locationsEnd = 0;
  readonly #arena: Arena;
  readonly #scanner: Scanner;

  constructor(arena: Arena, scanner: Scanner) {
    this.#arena = arena;
    this.#scanner = scanner;
  }

  /** Reads the value of section `name`; of one nobody knows, only that it is JSON. */
  async read(name: string): Promise<void> {
    if (name === 'strings') {
      this.strings = await this.#scanner.strings(name);
    } else if ((LIST_SECTIONS as readonly string[]).includes(name)) {
      this.lists.set(name as ListSection, await this.#list(name));
      if (name === 'locations') this.locationsEnd = this.#scanner.input.offset;
    } else {
      await readValue(this.#scanner.input, name === 'trace_tree' ? MAX_TREE_DEPTH : MAX_DEPTH);
    }
  }

  async #list(name: string): Promise<Float64Array> {
    const { size, offset } = this.#scanner.input;
    // A number takes two bytes at least: a digit and a comma.
    const list = new NumberList(size && Math.ceil((size - offset) / 2));
    const { memory, kernels } = this.#arena;
    const take = (count: number, address: number) => {
      // In place: an integer and the double it becomes take eight bytes each.
      kernels.fillF64(address, count, 8, address);
      list.append(new Float64Array(memory.buffer, address, count));
      return count;
    };
    await this.#scanner.numbers(name, take, { signed: SIGNED_SECTIONS.includes(name) });
    return list.finish();
  }
}
