import type { U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** Work that either of two threads can do once it is open, and the first one with time to spare does: a zeroed word they share. */
export type OpenTask = U32;

const CLOSED = 0;
const OPEN = 1;
const TAKEN = 2;

/** What the work reads is complete. */
export function openTask(arena: Arena, task: OpenTask): void {
  Atomics.compareExchange(arena.view(task), 0, CLOSED, OPEN);
}

/** Whether the work is the caller's now. Sees what was written before the task was opened. */
export function takeTask(arena: Arena, task: OpenTask): boolean {
  return Atomics.compareExchange(arena.view(task), 0, OPEN, TAKEN) === OPEN;
}
