import { FileSource, type OpenSource } from './source.js';

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

/** What a byte of a compressed snapshot stands for, about. */
const COMPRESSION = 8;

/** Bytes that a file will give, guessed where it is compressed; undefined for what cannot be read. */
export function expectedBytes(file: string): number | undefined {
  try {
    const { source, format } = probe(file);
    source.close();
    return format === undefined ? source.size : COMPRESSION * source.size;
  } catch {
    return undefined;
  }
}

/** Throws where a file cannot be opened or is none. */
export function checkReadable(file: string): void {
  probe(file).source.close();
}

/** How to open a snapshot file. The content decides, not the name: plain, gzip (several members too) or Zstandard. */
export function sourceOf(file: string): OpenSource {
  return async () => {
    const { source, format } = probe(file);
    if (format === undefined) return source;
    source.close();
    // Most files are plain, and a small one is read in less time than the decompressors take to load.
    const { gunzip, unzstd } = await import('./decompress.js');
    return format === 'gzip' ? gunzip(file) : unzstd(file);
  };
}

/** A file's bytes as they are, from the first on, and what they are compressed with. */
function probe(file: string): { source: FileSource; format: 'gzip' | 'zstd' | undefined } {
  const head = new Uint8Array(4);
  const source = new FileSource(file);
  const count = source.read(head);
  source.seek(0);
  const starts = (magic: number[]) => count >= magic.length && magic.every((byte, i) => head[i] === byte);
  return { source, format: starts(GZIP) ? 'gzip' : starts(ZSTD) ? 'zstd' : undefined };
}
