/** Section numbers of the WebAssembly binary format. */
export const SECTION = { import: 2, export: 7, start: 8, data: 11, dataCount: 12 } as const;

/** Kinds of what a module imports and exports. */
const KINDS = ['function', 'table', 'memory', 'global', 'tag'];

export interface WasmImport {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

export interface WasmExport {
  readonly name: string;
  readonly kind: string;
}

/** Reads the variable-length numbers and the names of a section, front to back. */
class SectionReader {
  readonly #bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  byte(): number {
    return this.#bytes[this.position++];
  }

  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  name(): string {
    const length = this.number();
    this.position += length;
    return Buffer.from(this.#bytes.subarray(this.position - length, this.position)).toString('utf8');
  }
}

/** Where the content of each section begins, by section number. Custom sections (0) are left out. */
export function sectionsOf(bytes: Uint8Array): Map<number, number> {
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') !== '\0asm') throw new Error('found no WebAssembly module');
  const sections = new Map<number, number>();
  const reader = new SectionReader(bytes, 8);
  while (reader.position < bytes.length) {
    const id = reader.byte();
    const size = reader.number();
    if (id !== 0) sections.set(id, reader.position);
    reader.position += size;
  }
  return sections;
}

export function exportsOf(bytes: Uint8Array): WasmExport[] {
  const reader = new SectionReader(bytes, sectionsOf(bytes).get(SECTION.export) as number);
  return Array.from({ length: reader.number() }, () => {
    const name = reader.name();
    const kind = KINDS[reader.byte()];
    reader.number();
    return { name, kind };
  });
}

/** The imports as long as they are memories; anything else throws, since its description is not read. */
export function importsOf(bytes: Uint8Array): WasmImport[] {
  const reader = new SectionReader(bytes, sectionsOf(bytes).get(SECTION.import) as number);
  return Array.from({ length: reader.number() }, () => {
    const [module, name, kind] = [reader.name(), reader.name(), KINDS[reader.byte()]];
    if (kind !== 'memory') throw new Error(`found an imported ${kind} ${module}.${name}, expected a memory`);
    const hasMaximum = (reader.byte() & 1) === 1;
    reader.number();
    if (hasMaximum) reader.number();
    return { module, name, kind };
  });
}
