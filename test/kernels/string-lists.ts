import type { Random } from '../build/random.js';

const PIECES = [
  ...['a', 'Z', ' ', '/', 'é', '漢', '😀', '\x7f', '\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t'],
  ...['\\u0041', '\\u00e9', '\\uD800', '\\udfff', '\\uABCD', ',', ']', '[', "'", '\u2028', '\ufeff'],
];
const GAPS = ['', '', '', ' ', '\n', '\r\n', '\t'];

/** Plain runs as most names are, around the blocks of 16 bytes that the kernel copies, and everything JSON allows. */
function randomBody(random: Random): string {
  if (random.chance(0.5)) return 'abcdefghijklmnopqrstuvwxyz'.repeat(3).slice(0, random.int(50));
  return Array.from({ length: random.int(30) }, () => random.pick(PIECES)).join('');
}

export function randomStringList(random: Random, count: number): Uint8Array {
  const gap = random.chance(0.5) ? () => '' : () => random.pick(GAPS);
  const strings = Array.from({ length: count }, () => `${gap()}"${randomBody(random)}"${gap()}`);
  return Buffer.from(`[${strings.join(',')}${count === 0 ? gap() : ''}]`);
}

const ALPHABET = [0x22, 0x22, 0x5c, 0x5c, 0x2c, 0x5d, 0x00, 0x1f, 0x0a, 0x75, 0x78, 0x30, 0x61, 0x7f, 0x80, 0xc3, 0xff];

/** One to three bytes changed, dropped or put in, behind the opening bracket. */
export function mutateStrings(random: Random, bytes: Uint8Array): Uint8Array {
  const list = [...bytes];
  for (let change = 1 + random.int(3); change > 0; change--) {
    list.splice(1 + random.int(list.length), random.int(2), ...(random.chance(0.7) ? [random.pick(ALPHABET)] : []));
  }
  return Uint8Array.from(list);
}
