// Listeners that nobody takes off.
// Holder: bus

import { EventEmitter } from 'node:events';

const bus = new EventEmitter();
bus.setMaxListeners(0);
export function call(n) {
  const state = { n, items: new Array(10).fill(n) };
  bus.on('tick', () => state.items.length);
}
