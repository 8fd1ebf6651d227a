// A process that ends.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
export async function call(n) {
  // One call in ten: a start takes a while.
  if (n % 10 === 0) await run('true', [String(n)]);
}
