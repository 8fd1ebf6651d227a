import { expect, test } from 'vitest';
import { MOST_PIECES, type PieceLayout, Pieces } from '#src/read/pieces.js';
import { createRandom } from '../build/random.js';

function layoutOf(count: number): PieceLayout {
  return { offsets: Array.from({ length: count }, (_, piece) => 100 + 7 * piece), firstRow: 5, rows: 3, listEnd: 9000 };
}

test('two readers take every piece once, one from the front and one from the back', () => {
  const random = createRandom(1);
  for (let round = 0; round < 300; round++) {
    const count = random.pick([1, 2, 3, 50, MOST_PIECES]);
    const first = new Pieces();
    const second = new Pieces(first.buffer);
    expect(first.areLaidOut).toBe(false);
    expect(second.layOut(layoutOf(count))).toBe(true);
    expect(first.areLaidOut).toBe(true);
    const [front, back]: number[][] = [[], []];
    for (let isLeft = true; isLeft; ) {
      if (random.chance(0.5)) {
        isLeft = first.takeFirst();
        if (isLeft) front.push(front.length);
      } else {
        const piece = second.takeLast();
        isLeft = piece !== undefined;
        if (piece !== undefined) back.push(piece);
      }
    }
    expect(first.takeFirst()).toBe(false);
    expect(second.takeLast()).toBe(undefined);
    expect([...front, ...back.reverse()]).toEqual(Array.from({ length: count }, (_, piece) => piece));
  }
});

test('both see where the pieces are, and that there is nothing behind the last', () => {
  const pieces = new Pieces();
  new Pieces(pieces.buffer).layOut(layoutOf(2));
  expect([pieces.count, pieces.listEnd]).toEqual([2, 9000]);
  expect([0, 1, 2].map((piece) => pieces.offsetOf(piece))).toEqual([100, 107, Number.POSITIVE_INFINITY]);
  expect([0, 1, 2].map((piece) => pieces.rowOf(piece))).toEqual([5, 8, Number.POSITIVE_INFINITY]);
});

test('a reader that has stopped the other one is told of no pieces', () => {
  const first = new Pieces();
  const second = new Pieces(first.buffer);
  expect(second.isStopped).toBe(false);
  first.stop();
  expect(second.isStopped).toBe(true);
  expect(second.layOut(layoutOf(3))).toBe(false);
  expect(first.areLaidOut).toBe(false);
});
