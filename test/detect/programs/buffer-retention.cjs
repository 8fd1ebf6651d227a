'use strict';
const v8 = require('node:v8');

class Store {
  constructor() {
    this.parts = [];
    this.copies = [];
    this.pooled = [];
    this.shared = [];
    this.one = new Uint8Array(100_000);
    this.large = new Uint8Array(2_000_000);
  }
}

const store = new Store();
const shared = new SharedArrayBuffer(200_000);

/** A function of its own, so that no variable keeps the last whole one. */
function fill() {
  for (let i = 0; i < 40; i++) {
    const whole = Buffer.alloc(100_000);
    store.parts.push(whole.subarray(0, 16));
    store.copies.push(new Uint8Array(16));
    store.shared.push(new Uint8Array(shared, 16 * i, 16));
  }
}

fill();
// What is allocated in between goes; what is kept of each slab is next to nothing.
for (let i = 0; i < 3000; i++) {
  const small = Buffer.from(`small ${i}`);
  Buffer.allocUnsafe(2000);
  if (i % 40 === 0) store.pooled.push(small);
}
globalThis.held = store;

globalThis.gc();
v8.writeHeapSnapshot(process.argv[2]);
