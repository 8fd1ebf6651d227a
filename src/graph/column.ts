import { type Kind, type Region, type ViewOf, viewOf } from '../wasm/region.js';

/** Where the bytes of a column come from that is not in memory yet. */
export interface BlockReader {
  /** Bytes of every block but the last; a power of two. */
  readonly blockBytes: number;
  /** Fills `into` with block `block`, checked. */
  read(block: number, into: Uint8Array): void;
}

/** The numbers of one column: all there, or read block by block when they are first asked for. */
export class Column<K extends Kind = Kind> {
  readonly length: number;
  readonly #array: ViewOf<K>;
  #absent: AbsentBlocks | undefined;

  constructor(array: ViewOf<K>, reader?: BlockReader) {
    this.length = array.length;
    this.#array = array;
    this.#absent = reader && new AbsentBlocks(array, reader);
  }

  /** The number at `index`, which must be below `length`. Cost: at most one block is read. */
  at(index: number): number {
    this.#absent?.bring(index, index + 1);
    return this.#array[index];
  }

  /** Brings the numbers `from` … `to` - 1 into memory. */
  bring(from: number, to: number): void {
    this.#absent?.bring(from, to);
  }

  /** The whole column. Cost: all of it is read, the first time. */
  get array(): ViewOf<K> {
    this.#absent?.bring(0, this.length);
    this.#absent = undefined;
    return this.#array;
  }
}

class AbsentBlocks {
  readonly #bytes: Uint8Array;
  readonly #reader: BlockReader;
  /** Elements a block, as a power of two. */
  readonly #shift: number;
  readonly #absent: Uint8Array;

  constructor(array: ViewOf<Kind>, reader: BlockReader) {
    this.#bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    this.#reader = reader;
    this.#shift = Math.log2(reader.blockBytes / array.BYTES_PER_ELEMENT);
    this.#absent = new Uint8Array(Math.ceil(array.byteLength / reader.blockBytes)).fill(1);
  }

  bring(from: number, to: number): void {
    if (from >= to) return;
    const last = (to - 1) >>> this.#shift;
    for (let block = from >>> this.#shift; block <= last; block++) if (this.#absent[block] === 1) this.#read(block);
  }

  #read(block: number): void {
    const { blockBytes } = this.#reader;
    this.#reader.read(block, this.#bytes.subarray(block * blockBytes, (block + 1) * blockBytes));
    this.#absent[block] = 0;
  }
}

/** Where the columns of an opened snapshot are. */
export interface ColumnMemory {
  column<K extends Kind>(region: Region & { readonly kind: K }): Column<K>;
}

/** Columns in the memory that a worker has handed over. */
export function columnsIn(buffer: ArrayBufferLike): ColumnMemory {
  return { column: (region) => new Column(viewOf(buffer, region)) };
}
