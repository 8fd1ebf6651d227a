import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';

/** A stored block's length has 16 bits. */
const MOST_IN_BLOCK = 0xffff;
/** No name, no time, of no known system. */
const HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** Bytes as gzip (RFC 1952), not compressed: what zlib makes of them differs from Node to Node. */
export function storedGzip(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [HEAD];
  let at = 0;
  do {
    const block = bytes.subarray(at, at + MOST_IN_BLOCK);
    at += block.length;
    const head = Buffer.alloc(5);
    head[0] = Number(at === bytes.length);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  } while (at < bytes.length);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(bytes), 0);
  end.writeUInt32LE(bytes.length % 2 ** 32, 4);
  return Buffer.concat([...parts, end]);
}
