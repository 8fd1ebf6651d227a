import type { Random } from '../build/random.js';

/** A section's rows as text, each with its comma, and how a row looks that the kernels take. */
export interface RowText {
  readonly text: string;
  readonly feed: 0 | 1;
}

/** A number of one to `most` digits. */
export function digits(random: Random, most: number): number {
  return Math.floor(random.next() * 10 ** (1 + random.int(most)));
}

const ODD_BYTES = '0123456789,,,\n\n -].e\x00';

/**
 * Rows as V8 writes them, with a line feed each or with none. In one of two a byte is wrong, or a row has the other kind of end, so that a
 * kernel has to leave off somewhere.
 */
export function rowText(random: Random, rows: readonly (readonly number[])[]): RowText {
  const feed = random.chance(0.5) ? 1 : 0;
  const ends = ['', '\n'];
  const other = random.chance(0.1) ? random.int(rows.length) : -1;
  let text = rows.map((row, at) => `${row.join(',')}${ends[at === other ? 1 - feed : feed]},`).join('');
  if (random.chance(0.4)) {
    const at = random.int(text.length);
    text = text.slice(0, at) + random.pick([...ODD_BYTES]) + text.slice(at + random.int(2));
  }
  return { text, feed };
}

/** The leading rows of `text` that are nothing but numbers without leading zeros, and where each of them ends. */
export function plainRows({ text, feed }: RowText, width: number): { row: number[]; end: number }[] {
  const number = '(0|[1-9]\\d*)';
  const pattern = new RegExp(`${Array.from({ length: width }, () => number).join(',')}${feed ? '\\n' : ''},`, 'y');
  const rows: { row: number[]; end: number }[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    rows.push({ row: match.slice(1).map(Number), end: pattern.lastIndex });
  }
  return rows;
}
