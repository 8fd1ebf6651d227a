import type { Screen } from './screen.js';
import type { Cell } from './table.js';

/** A change as a table cell: growth red, shrinkage green. */
export function deltaCell(value: number, format: (value: number) => string, screen: Screen): Cell {
  const { red, green, dim } = screen.style;
  return { text: format(value), paint: value > 0 ? red : value < 0 ? green : dim };
}
