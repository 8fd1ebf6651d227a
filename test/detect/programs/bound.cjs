'use strict';

// Binds one function again and again, loads one module again and again, and adds to the global object.

const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');

class Hub {
  constructor() {
    this.handlers = [];
    this.plugin = undefined;
  }
}

function onMessage(name, options, message) {
  return [this, name, options, message];
}

const hub = new Hub();
for (let i = 0; i < 300; i++) hub.handlers.push(onMessage.bind({ user: `user-${i}` }, `topic-${i}`, { i }));
// A few are no pattern.
hub.onClose = [1, 2, 3].map((id) => function close() {}.bind({ id }));

const folder = path.dirname(process.argv[2]);
const plugin = path.join(folder, 'plugin.cjs');
fs.writeFileSync(plugin, "exports.table = Array.from({ length: 500 }, (_, i) => ({ name: 'row ' + i }));\n");
for (let i = 0; i < 12; i++) {
  delete require.cache[plugin];
  hub.plugin = require(plugin);
}

globalThis.hub = hub;
globalThis.sessionCache = new Map(Array.from({ length: 1000 }, (_, i) => [`session-${i}`, { i }]));
globalThis['request count'] = { total: 0 };

globalThis.gc?.();
v8.writeHeapSnapshot(process.argv[2]);
