import picocolors from 'picocolors';
import { terminalText } from './terminal-text.js';

export type Style = ReturnType<typeof picocolors.createColors>;

/** Where a text view is shown. */
export interface Screen {
  /** Columns of a line. */
  readonly width: number;
  readonly style: Style;
}

/** Wide enough for every column of the tables: what a file or a pipe gets, which have no width of their own. */
export const UNBOUND_WIDTH = 120;

export function createScreen(width: number, colour: boolean): Screen {
  return { width, style: picocolors.createColors(colour) };
}

/** The line above a table: what it lists, and in how far that is all. Cut rather than wrapped. */
export function heading(title: string, note: string, { style, width }: Screen): string {
  return `${style.bold(title)} ${style.dim(terminalText(note, width - title.length - 1))}\n`;
}
