import type { Arena } from './arena.js';

/** Numbers copied at a time: 256 kB stay in a core's own cache. */
const WINDOW = 32_768;

/**
 * Has kernels go through rows of numbers that lie outside the arena: `work` gets the address of a copy of some of them, how many rows
 * those are and the first one's number. Scratch: 256 kB, or one row.
 */
export function forEachRowWindow(
  arena: Arena,
  list: Float64Array,
  width: number,
  work: (address: number, rows: number, firstRow: number) => void,
): void {
  // A file that lists none may not say either how wide they are.
  if (list.length === 0) return;
  const most = Math.max(1, Math.floor(WINDOW / width));
  arena.scratch(() => {
    const window = arena.allocate('f64', most * width);
    const column = arena.view(window);
    for (let row = 0; row < list.length / width; row += most) {
      const numbers = list.subarray(row * width, (row + most) * width);
      column.set(numbers);
      work(window.offset, numbers.length / width, row);
    }
  });
}
