import type { Place } from '../base/suspect-types.js';
import { terminalText } from './terminal-text.js';

/** Script and line, or the script alone where only that is known. */
export function placeText({ script, line }: Place): string {
  return terminalText(line > 0 ? `${script}:${line}` : script);
}
