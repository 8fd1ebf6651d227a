// An asynchronous function that files what it has done.
// Holder: jobs

import { setImmediate } from 'node:timers/promises';

const jobs = new Map();
export async function call(n) {
  await setImmediate();
  jobs.set(n, { n, done: true, result: [n] });
}
