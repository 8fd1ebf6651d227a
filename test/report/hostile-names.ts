import type { Random } from '../build/random.js';

/** Names a heap could hold to act on a terminal, hide text, reorder it, or confuse code that uses them as keys. */
export const HOSTILE_NAMES: readonly string[] = [
  '\x1b[2J\x1b[H',
  '\x1b]0;title\x07',
  '\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\',
  '\x9b31m',
  'line\r\noverwritten\rstart',
  'bell\x07 backspace\b\b\b delete\x7f null\0',
  'user\u202egpj.exe',
  '\u2066isolate\u2069',
  'zero\u200bwidth\u200d\u2060\ufeff',
  'soft\u00adhyphen\u034f',
  'half \ud800 and \udc00',
  'separators \u2028\u2029',
  'tags \u{e0041}\u{e007f}',
  'hangul filler \u3164\u115f',
  `z${'\u0301'.repeat(50)}algo`,
  '\u0301starts with a mark',
  '漢字カタカナ한국어'.repeat(20),
  '😀'.repeat(100),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  '<script>alert(1)</script>',
  '=cmd|calc',
  'x'.repeat(5000),
];

/** Everything promise 14 keeps off a terminal, as ranges of code points; listed here by number, not by Unicode property. */
const TERMINAL_ACTIVE_RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];

const hex = (code: number) => `\\u{${code.toString(16)}}`;
const characterClass = TERMINAL_ACTIVE_RANGES.map(([low, high]) => `${hex(low)}-${hex(high)}`).join('');

/** Our own colour codes must be taken out first. Newline and tab are allowed. */
export const TERMINAL_ACTIVE = new RegExp(`[${characterClass}]`, 'u');

export const ESCAPE = String.fromCharCode(0x1b);
const OUR_COLOURS = new RegExp(`${ESCAPE}\\[\\d{1,2}m`, 'g');

export function withoutColours(text: string): string {
  return text.replace(OUR_COLOURS, '');
}

/** Text of random code units, dense in the dangerous ones. */
export function randomText(random: Random, length: number): string {
  const ranges: readonly (readonly [number, number])[] = [
    [0x00, 0x20],
    [0x20, 0x7f],
    [0x7f, 0xa1],
    [0x300, 0x36f],
    [0x2000, 0x2070],
    [0x3000, 0x4000],
    [0xd800, 0xe000],
    [0xfe00, 0xffff],
    [0, 0xffff],
  ];
  let text = '';
  while (text.length < length) {
    const [low, high] = random.pick(ranges);
    text += String.fromCharCode(low + random.int(high - low));
  }
  return text;
}
