'use strict';
// One emitter that everything subscribes to, and emitters with a listener each.
const { EventEmitter } = require('node:events');

const bus = new EventEmitter();
bus.setMaxListeners(0);
const mixed = new EventEmitter();
mixed.setMaxListeners(0);

function session(id) {
  const state = { id, history: new Array(200).fill(id) };
  bus.on('tick', function onTick() {
    state.last = id;
  });
}
function audit() {}

for (let id = 0; id < 250; id++) session(id);
for (let i = 0; i < 30; i++) bus.on('audit', audit);
// Bound functions may differ in `this`, so that none of these is a duplicate.
for (let i = 0; i < 8; i++) bus.on('flush', audit.bind({ i }));
for (let i = 0; i < 15; i++) {
  mixed.once('drain', function onDrain() {
    return i;
  });
}

class Host {
  constructor(id) {
    this.emitter = new EventEmitter();
    this.emitter.on('close', () => id);
  }
}
const hosts = Array.from({ length: 60 }, (_, id) => new Host(id));

// Listeners that do not come from one function.
const varied = new EventEmitter();
varied.on('end', () => 1);
varied.on('end', () => 2);
varied.on('end', () => 3);
varied.on('end', () => 4);
varied.on('end', () => 5);

globalThis.keep = { bus, mixed, hosts, varied };

global.gc();
require('node:v8').writeHeapSnapshot(process.argv[2]);
