import { FileSource, type OpenSource } from './source.js';

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

/** How to open a snapshot file. The content decides, not the name: plain, gzip (several members too) or Zstandard. */
export function sourceOf(file: string): OpenSource {
  return async () => {
    const head = new Uint8Array(4);
    const probe = new FileSource(file);
    const count = probe.read(head);
    const starts = (magic: number[]) => count >= magic.length && magic.every((byte, i) => head[i] === byte);
    if (!starts(GZIP) && !starts(ZSTD)) {
      probe.seek(0);
      return probe;
    }
    probe.close();
    // Most files are plain, and a small one is read in less time than the decompressors take to load.
    const { gunzip, unzstd } = await import('./decompress.js');
    return starts(GZIP) ? gunzip(file) : unzstd(file);
  };
}
