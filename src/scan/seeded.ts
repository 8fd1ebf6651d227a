/**
 * Numbers in [0, 1), the same ones for the same seed on every machine (Mulberry32, by Tommy Ettinger). 32 bits of state are plenty for a
 * choice of rows and splits, and neighbouring seeds give streams that have nothing to do with each other. Not for secrets.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
