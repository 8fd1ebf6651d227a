'use strict';
const v8 = require('node:v8');

class Cache {
  constructor() {
    this.ids = [];
    this.copies = [];
    this.pieces = [];
    this.document = '';
    this.log = '';
    this.flat = '';
    this.short = [];
  }
}

/** A text in one piece: a search makes V8 put its parts together. */
function text(seed, length) {
  const whole = `${seed}-`.repeat(length / (`${seed}`.length + 1));
  whole.indexOf('#');
  return whole;
}

const LINE = 'a line of a log;';
const cache = new Cache();
for (let i = 0; i < 20; i++) {
  const body = text(100 + i, 20_000);
  cache.ids.push(body.slice(100, 140));
  cache.copies.push(Buffer.from(text(200 + i, 20_000).slice(100, 140)).toString());
  cache.short.push(text(300 + i, 400).slice(100, 140));
}
cache.document = text(900, 40_000);
for (let i = 0; i < 50; i++) cache.pieces.push(cache.document.slice(100 * i, 100 * i + 50));
for (let i = 0; i < 2000; i++) {
  cache.log += LINE;
  cache.flat += LINE;
}
cache.flat.indexOf('#');
globalThis.held = cache;

globalThis.gc();
v8.writeHeapSnapshot(process.argv[2]);
