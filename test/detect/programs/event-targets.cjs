'use strict';
// One signal for the whole process that every request listens to, and signals of their own.

const shutdown = new AbortController();
require('node:events').setMaxListeners(0, shutdown.signal);

function request(id) {
  const body = new Array(300).fill(id);
  shutdown.signal.addEventListener('abort', function onAbort() {
    body.length = 0;
  });
}

function once(id) {
  shutdown.signal.addEventListener('abort', () => id, { once: true });
}

for (let id = 0; id < 180; id++) request(id);
for (let id = 0; id < 4; id++) once(id);

const own = Array.from({ length: 50 }, (_, id) => {
  const controller = new AbortController();
  controller.signal.addEventListener('abort', () => id);
  return controller;
});

class Bus extends EventTarget {}
const bus = new Bus();
require('node:events').setMaxListeners(0, bus);
function subscribe(id) {
  bus.addEventListener('news', () => id);
}
for (let id = 0; id < 35; id++) subscribe(id);

globalThis.keep = { own, bus };

global.gc();
require('node:v8').writeHeapSnapshot(process.argv[2]);
