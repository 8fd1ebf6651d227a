import type { Stopwatch } from '../base/stopwatch.js';
import type { Arena } from '../wasm/arena.js';

/** Runs a pass, noting how long it takes and how much of the arena it uses where somebody wants to know. */
export function timed<T>(arena: Arena, stopwatch: Stopwatch | undefined, stage: string, pass: () => T): T {
  if (stopwatch === undefined) return pass();
  return arena.watch((use) => stopwatch.measure(stage, 'memory', pass, use));
}
