// Timers that run out, or are cleared.

import { setTimeout as pause } from 'node:timers/promises';

export async function call(n) {
  const timer = setInterval(() => n, 1000);
  await pause(1);
  clearInterval(timer);
}
