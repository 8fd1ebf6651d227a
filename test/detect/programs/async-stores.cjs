'use strict';
// Requests that run in a store of their own; some leave timers or promises behind.
const { AsyncLocalStorage } = require('node:async_hooks');

const storage = new AsyncLocalStorage();
const waiting = [];

class RequestStore {
  constructor(id) {
    this.id = id;
    this.user = new Array(100).fill(id);
  }
}

function refresh() {}

function schedule() {
  setInterval(refresh, 60_000);
}

async function wait() {
  await new Promise((resolve) => {
    waiting.push(resolve);
  });
}

for (let id = 0; id < 70; id++) storage.run(new RequestStore(id), schedule);
for (let id = 0; id < 20; id++) storage.run(new RequestStore(1000 + id), wait);
for (let id = 0; id < 30; id++) storage.run(new RequestStore(2000 + id), () => id);

storage.run(new RequestStore(5000), async () => {
  await new Promise((resolve) => setTimeout(resolve, 20));
});

setTimeout(() => {
  global.gc();
  require('node:v8').writeHeapSnapshot(process.argv[2]);
  process.exit();
}, 100);
globalThis.keep = { waiting };
