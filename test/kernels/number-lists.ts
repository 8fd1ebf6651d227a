import type { Random } from '../build/random.js';

const GAPS = ['', '', '', ' ', '\n', '\r\n', '\t', '  '];

function randomNumber(random: Random, signed: boolean): string {
  const digits = random.pick([1, 1, 2, 3, 5, 7, 8, 9, 12, 15, 16]);
  const value = Math.min(Math.floor(random.next() * 10 ** digits), Number.MAX_SAFE_INTEGER);
  return `${signed && random.chance(0.3) ? '-' : ''}${random.chance(0.02) ? Number.MAX_SAFE_INTEGER : value}`;
}

/** The three ways producers separate numbers: in rows as V8 does it, closely packed, or with any white space. */
export function randomNumberList(random: Random, count: number, signed: boolean): string {
  const numbers = Array.from({ length: count }, () => randomNumber(random, signed));
  const style = random.int(4);
  if (style === 0) return `[${numbers.join(',')}]`;
  if (style === 1) return `[${numbers.map((text, at) => (at % 5 === 4 ? `${text}\n` : text)).join(',')}]`;
  if (style === 2) return `[${numbers.map((text, at) => (at % 5 === 0 ? `\n${text}` : text)).join(',')}\n]`;
  return `[${numbers.map((text) => random.pick(GAPS) + text + random.pick(GAPS)).join(',')}${random.pick(GAPS)}]`;
}

const ALPHABET = '0123456789,,,,-+.eE \n\r\t]["\\a\x00\x7f\xff/:';

/** One to three bytes changed, dropped or put in, behind the opening bracket. */
export function mutate(random: Random, bytes: Uint8Array): Uint8Array {
  const list = [...bytes];
  for (let change = 1 + random.int(3); change > 0; change--) {
    const at = 1 + random.int(list.length);
    const byte = random.pick([...ALPHABET]).charCodeAt(0);
    list.splice(at, random.int(2), ...(random.chance(0.7) ? [byte] : []));
  }
  return Uint8Array.from(list);
}
