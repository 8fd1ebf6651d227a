/** A part of a list. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Positions offset … offset + limit - 1 of a list by their keys, least key first, equal keys by position. The keys are
 * put into another order. Cost: linear in the list, whatever the offset, and a sort of the page. Memory: 4 bytes a position.
 */
export function rankedPage(keys: Float64Array, { offset, limit }: Page): Uint32Array {
  const positions = Uint32Array.from({ length: keys.length }, (_, position) => position);
  const from = Math.min(offset, keys.length);
  const to = Math.min(offset + limit, keys.length);
  if (from >= to) return new Uint32Array(0);
  if (from > 0) placeBoundary(keys, positions, from, 0);
  if (to < keys.length) placeBoundary(keys, positions, to, from);
  const places = Array.from({ length: to - from }, (_, place) => from + place);
  places.sort((a, b) => keys[a] - keys[b] || positions[a] - positions[b]);
  return Uint32Array.from(places, (place) => positions[place]);
}

/** Puts what ranks before `boundary` in front of it, and the rest behind it. What lies before `from` is there already. */
function placeBoundary(keys: Float64Array, positions: Uint32Array, boundary: number, from: number): void {
  let low = from;
  let high = keys.length - 1;
  while (low < high) {
    // By chance, so that no file can be made for which this takes long: the result does not depend on it.
    const pivot = low + Math.floor(Math.random() * (high - low + 1));
    const [key, position] = [keys[pivot], positions[pivot]];
    let left = low;
    let right = high;
    while (left <= right) {
      while (isBefore(keys[left], positions[left], key, position)) left++;
      while (isBefore(key, position, keys[right], positions[right])) right--;
      if (left > right) break;
      swap(keys, positions, left++, right--);
    }
    if (boundary <= right) high = right;
    else if (boundary > left) low = left;
    else return;
  }
}

function isBefore(key: number, position: number, otherKey: number, otherPosition: number): boolean {
  return key < otherKey || (key === otherKey && position < otherPosition);
}

function swap(keys: Float64Array, positions: Uint32Array, a: number, b: number): void {
  const [key, position] = [keys[a], positions[a]];
  keys[a] = keys[b];
  positions[a] = positions[b];
  keys[b] = key;
  positions[b] = position;
}
