import { terminalText } from '../../report/terminal-text.js';

const LONGEST = 300;

/**
 * Text from a heap or a file name as people may look at it: one line, what reorders or hides text as escapes. A page has the same reasons
 * for that as a terminal. Empty names are named.
 */
export function shownText(text: string, most = LONGEST): string {
  const shown = terminalText(text, most);
  return shown.trim() === '' ? '(empty)' : shown;
}
