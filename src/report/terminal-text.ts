import { codePointWidth } from './character-width.js';

/**
 * What a terminal would act on, reorder or not show: controls (C0, DEL, C1), format characters (bidi, zero-width,
 * tags), lone surrogates, line and paragraph separators, and everything Unicode lets a renderer ignore.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const MARK = /\p{M}/u;
/** More marks than any script stacks on one letter would paint over the lines above and below. */
const MARKS_ON_ONE_LETTER = 4;
const ELLIPSIS = '…';

/**
 * The one way by which text from a heap, a file name or an argument reaches a terminal: one line, unsafe characters as
 * JavaScript escapes, at most `maxWidth` columns (a cut text ends in `…`). Reads no more of `text` than it shows.
 *
 * Backslashes stay single: names of regular expressions are full of them, and an escape misread does no harm.
 */
export function terminalText(text: string, maxWidth = Number.POSITIVE_INFINITY): string {
  let shown = '';
  let width = 0;
  // The longest prefix that leaves room for the ellipsis, should there be more than fits.
  let prefix = '';
  let marks = MARKS_ON_ONE_LETTER;
  for (const character of text) {
    let piece = character;
    marks = MARK.test(character) ? marks + 1 : 0;
    if (UNSAFE.test(character) || marks > MARKS_ON_ONE_LETTER) piece = escapeCharacter(character);
    width += piece === character ? codePointWidth(character.codePointAt(0) as number) : piece.length;
    if (width > maxWidth) return maxWidth < 1 ? '' : prefix + ELLIPSIS;
    shown += piece;
    if (width < maxWidth) prefix = shown;
  }
  return shown;
}

/** Columns that `text` takes, which must have come from `terminalText`. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += codePointWidth(character.codePointAt(0) as number);
  return width;
}

const SHORT_ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r' };

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  if (code > 0xff) return `\\u${hex.padStart(4, '0')}`;
  return SHORT_ESCAPES[code] ?? `\\x${hex.padStart(2, '0')}`;
}
