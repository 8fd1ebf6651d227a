// A stream through another one.

import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export async function call(n) {
  const twice = new Transform({
    transform(chunk, _, done) {
      done(null, chunk + chunk);
    },
  });
  let length = 0;
  await pipeline(Readable.from([`${n}`, 'a', 'b']), twice, async (chunks) => {
    for await (const chunk of chunks) length += chunk.length;
  });
  return length;
}
