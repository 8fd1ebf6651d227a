// Listeners for once, which come.

import { EventEmitter, once } from 'node:events';

const bus = new EventEmitter();
export async function call(n) {
  const answer = once(bus, 'tick');
  bus.emit('tick', n);
  await answer;
}
