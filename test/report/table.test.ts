import { expect, it } from 'vitest';
import { createScreen } from '#src/report/screen.js';
import { type Column, renderTable } from '#src/report/table.js';
import { displayWidth } from '#src/report/terminal-text.js';
import { HOSTILE_NAMES, TERMINAL_ACTIVE, withoutColours } from './hostile-names.js';

const COLUMNS: readonly Column[] = [
  { title: 'class', shrinksTo: 8 },
  { title: 'count', align: 'right' },
  { title: 'note', dropOrder: 1 },
  { title: 'size', align: 'right', dropOrder: 2 },
];
const plain = (width: number) => createScreen(width, false);

it('aligns text left and numbers right, without blanks at the ends of lines', () => {
  const rows = [
    ['Session', '1', 'x', '10 B'],
    ['A', '1,234', '', '9 B'],
  ];
  expect(renderTable(COLUMNS.slice(0, 3), rows, plain(80))).toBe(
    ['  class    count  note', '  Session      1  x', '  A        1,234', ''].join('\n'),
  );
});

it('counts wide characters as two columns', () => {
  const rows = [
    ['漢字', '1', '', '1 B'],
    ['abcd', '2', '', '2 B'],
  ];
  const [, first, second] = renderTable(COLUMNS, rows, plain(80)).split('\n');
  expect(displayWidth(first)).toBe(displayWidth(second));
});

it('shrinks the flexible column first, then drops columns from the highest order down', () => {
  const rows = [['AVeryLongClassNameIndeed', '12', 'note', '10 B']];
  expect(renderTable(COLUMNS, rows, plain(60)).split('\n')[1]).toBe('  AVeryLongClassNameIndeed     12  note  10 B');
  expect(renderTable(COLUMNS, rows, plain(33)).split('\n')[1]).toBe('  AVeryLongCl…     12  note  10 B');
  expect(renderTable(COLUMNS, rows, plain(25)).split('\n')[1]).toBe('  AVeryLong…     12  note');
  expect(renderTable(COLUMNS, rows, plain(18)).split('\n')[1]).toBe('  AVeryLon…     12');
});

it('keeps every line within the screen as long as the columns that must stay fit', () => {
  const rows = HOSTILE_NAMES.map((name) => [name, '1,234,567', name, '12.3 MB']);
  for (let width = 30; width <= 200; width += 7) {
    const lines = renderTable(COLUMNS, rows, plain(width)).trimEnd().split('\n');
    expect(lines).toHaveLength(HOSTILE_NAMES.length + 1);
    for (const line of lines) {
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(TERMINAL_ACTIVE);
    }
  }
});

it('colours only when the screen has colour, and around the padding, not in it', () => {
  const rows = [[{ text: 'A', paint: createScreen(80, true).style.bold }, '1']];
  const table = renderTable(COLUMNS.slice(0, 2), rows, createScreen(80, true));
  expect(table).toContain('\x1b[1mA\x1b[22m    ');
  expect(withoutColours(table)).toBe('  class  count\n  A          1\n');
});

it('is empty without rows', () => {
  expect(renderTable(COLUMNS, [], plain(80))).toBe('');
});
