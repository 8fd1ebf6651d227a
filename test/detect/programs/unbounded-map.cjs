'use strict';
const v8 = require('node:v8');

class Entry {
  constructor(id) {
    this.id = id;
  }
}

class Table extends Map {}

/** Every table is held by a field of its own, so that its holder has a name. */
class Server {
  constructor() {
    this.requests = new Map();
    this.peers = new Set();
    this.pruned = new Map();
    this.mixed = new Map();
    this.numbers = new Map();
    this.extended = new Table();
    this.small = new Map();
    this.flags = new Map();
  }
}

class BoundedCache {
  constructor() {
    this.maxEntries = 300;
    this.kept = new Map();
  }
}

class Session {
  constructor(id) {
    this.seen = new Map();
    for (let i = 0; i < 60 + id; i++) this.seen.set(`m${i}`, new Entry(i));
  }
}

/** The limit is a variable of the same scope. */
function makeLimited(limit) {
  const limited = new Map();
  return (key) => limited.size < limit && limited.set(key, new Entry(limited.size));
}

const server = new Server();
const cache = new BoundedCache();
for (let i = 0; i < 300; i++) {
  server.requests.set(`request-${i}`, new Entry(i));
  server.peers.add(new Entry(i));
  server.pruned.set(`p${i}`, new Entry(i));
  server.mixed.set(i % 3 === 0 ? `m${i}` : i, new Entry(i));
  server.extended.set(`e${i}`, new Entry(i));
  server.flags.set(`f${(i * 7919) % 1000}`, true);
  cache.kept.set(`request-${i}`, new Entry(i));
}
for (let i = 0; i < 300; i += 3) server.pruned.delete(`p${i}`);
for (let i = 0; i < 5000; i++) server.numbers.set(i, i);
for (let i = 0; i < 20; i++) server.small.set(`s${i}`, new Entry(i));
const add = makeLimited(1000);
for (let i = 0; i < 300; i++) add(`l${i}`);
const sessions = Array.from({ length: 4 }, (_, id) => new Session(id));
globalThis.held = { server, cache, sessions, add };

globalThis.gc();
v8.writeHeapSnapshot(process.argv[2]);
