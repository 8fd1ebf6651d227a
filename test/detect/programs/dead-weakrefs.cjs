'use strict';
const v8 = require('node:v8');

class Peer {
  constructor(id) {
    this.name = `peer ${id}`;
  }
}

class Registry {
  constructor() {
    this.list = [];
    this.records = new Map();
    this.alive = [];
    this.peers = [];
    this.few = [];
  }
}

class Session {
  constructor(id) {
    this.ref = new WeakRef(new Peer(id));
  }
}

const registry = new Registry();
for (let i = 0; i < 100; i++) {
  const peer = new Peer(i);
  if (i < 20) registry.peers.push(peer);
  registry.list.push(new WeakRef(peer));
  registry.records.set(`r${i}`, { ref: new WeakRef(new Peer(i)), note: `note ${i}` });
}
for (const peer of registry.peers) registry.alive.push(new WeakRef(peer));
registry.alive.push(new WeakRef(new Peer(1)));
for (let i = 0; i < 5; i++) registry.few.push(new WeakRef(new Peer(i)));
globalThis.held = registry;
globalThis.sessions = new Set(Array.from({ length: 30 }, (_, id) => new Session(id)));

// A WeakRef keeps its target until the current job ends.
setTimeout(() => {
  globalThis.gc();
  v8.writeHeapSnapshot(process.argv[2]);
}, 1);
