import { terminalText } from './terminal-text.js';

/** Columns of a name: more would be read nowhere. */
const WIDEST = 200;

/**
 * Text of any origin as a code span: the one place in GitHub's Markdown where nothing is a link, a mention, a tag or a mark. Its fence is longer
 * than any run of backticks in it.
 */
export function codeSpan(text: string): string {
  const shown = terminalText(text, WIDEST);
  if (shown.trim() === '') return '(blank)';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // A blank at both ends is taken away; without one a backtick there would belong to the fence.
  const pad = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  return fence + pad + shown + pad + fence;
}

/** A table; blank for no rows. Cells are finished Markdown. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  // Figures stand on the right.
  const marks = titles.map((_, column) => (column === 0 ? '---' : '---:'));
  return [titles, marks, ...rows.map((cells) => cells.map(tableCell))]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** Cells are told apart before code spans are: backslashes before a bar are doubled, or they would take its escape away. */
function tableCell(text: string): string {
  return text.replace(/(\\*)\|/g, '$1$1\\|');
}
