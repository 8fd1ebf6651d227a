// A thread that ends.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export async function call(n) {
  // One call in ten: a start takes a while.
  if (n % 10 !== 0) return;
  await once(new Worker('', { eval: true }), 'exit');
}
