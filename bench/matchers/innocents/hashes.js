// Digests.

import { createHash } from 'node:crypto';

export function call(n) {
  return createHash('sha256').update(`text ${n}`).digest('hex');
}
