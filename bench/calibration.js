// A fixed piece of work of the same two kinds as the engine's: arithmetic, and walking over memory. How long it takes says
// how fast this machine is at this moment, so that a suite's time divided by it can be compared between machines.

const STEPS = 2_000_000;
const WORDS = 1 << 22;
/** Odd, so that the walk visits every word; large, so that hardly two steps share a cache line. */
const STRIDE = 2_654_435 * 2 + 1;

const words = Uint32Array.from({ length: WORDS }, (_, place) => (place * 7) >>> 0);

/** Kept so that no compiler can drop the work. */
export let outcome = 0;

function arithmetic() {
  let bits = 1;
  for (let step = 0; step < STEPS; step++) {
    bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d) + step;
  }
  outcome ^= bits;
}

function memoryWalk() {
  let sum = 0;
  for (let place = 0; place < WORDS; place++) sum = (sum + words[place]) | 0;
  for (let step = 0, place = 0; step < WORDS / 8; step++) {
    place = (place + STRIDE) & (WORDS - 1);
    sum = (sum + words[place]) | 0;
  }
  outcome ^= sum;
}

/** Tasks like a suite's; their medians are added up. */
export const calibrationTasks = [
  { name: 'calibration: arithmetic', run: arithmetic },
  { name: 'calibration: memory', run: memoryWalk },
];
