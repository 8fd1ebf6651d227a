/** Seeded source of choices: the same seed gives the same test input on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in 0 … below - 1. */
  int(below: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with probability `probability`. */
  chance(probability: number): boolean;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
}

/** Mulberry32: 32 bits of state are plenty for test input, and neighbouring seeds give unrelated streams. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function int(below: number): number {
    return Math.floor(next() * below);
  }

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('pick: found an empty list, expected at least one item');
    return list[int(list.length)];
  }

  function shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let end = copy.length - 1; end > 0; end--) {
      const other = int(end + 1);
      [copy[end], copy[other]] = [copy[other], copy[end]];
    }
    return copy;
  }

  return { next, int, pick, chance: (probability) => next() < probability, shuffle };
}
