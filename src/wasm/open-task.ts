import { type Region, viewOf } from './region.js';

/** Work that either of two threads can do once it is open, and the first one with time to spare does: a zeroed word they share. */
export type OpenTask = Region & { readonly kind: 'u32' };

const CLOSED = 0;
const OPEN = 1;
const TAKEN = 2;

/** What the work reads is complete. */
export function openTask(memory: WebAssembly.Memory, task: OpenTask): void {
  Atomics.compareExchange(viewOf(memory.buffer, task), 0, CLOSED, OPEN);
}

/** Whether it has been opened, by now taken or not. Sees what was written before. */
export function wasOpened(memory: WebAssembly.Memory, task: OpenTask): boolean {
  return Atomics.load(viewOf(memory.buffer, task), 0) !== CLOSED;
}

/** Whether the work is the caller's now. Sees what was written before the task was opened. */
export function takeTask(memory: WebAssembly.Memory, task: OpenTask): boolean {
  return Atomics.compareExchange(viewOf(memory.buffer, task), 0, OPEN, TAKEN) === OPEN;
}
