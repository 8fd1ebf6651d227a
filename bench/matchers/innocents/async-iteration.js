// An emitter as an iterator.

import { EventEmitter, on } from 'node:events';

export async function call(n) {
  const bus = new EventEmitter();
  const off = new AbortController();
  setImmediate(() => {
    for (let at = 0; at < 5; at++) bus.emit('tick', at + n);
    bus.emit('end');
  });
  let sum = 0;
  for await (const [value] of on(bus, 'tick', { close: ['end'], signal: off.signal })) sum += value;
  return sum;
}
