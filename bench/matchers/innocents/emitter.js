// Listeners that are taken off.

import { EventEmitter } from 'node:events';

const bus = new EventEmitter();
export function call(n) {
  const listen = () => n;
  bus.on('tick', listen);
  bus.emit('tick');
  bus.off('tick', listen);
}
