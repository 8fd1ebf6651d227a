import { terminalText } from '../../report/terminal-text.js';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command that shows a node. A name that a terminal would act on is left for the reader to fill in. */
export function inspectCommand(file: string, id: number): string {
  return `heapsleuth inspect ${quoted(file)} --id ${id}`;
}

function quoted(file: string): string {
  if (PLAIN.test(file) && !file.startsWith('-')) return file;
  if (terminalText(file) !== file || file.startsWith('-')) return 'SNAPSHOT';
  return `'${file.replaceAll("'", `'\\''`)}'`;
}
