// Something of zlib's.

import { gunzipSync, gzipSync } from 'node:zlib';

export function call(n) {
  return gunzipSync(gzipSync(`text ${n} `.repeat(100))).length;
}
