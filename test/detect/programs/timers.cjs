'use strict';
// Timers whose handles are lost, beside some that are harmless or over.

function poll(client) {
  return setInterval(function pollClient() {
    client.polls++;
  }, 60_000);
}

function expire(entry) {
  setTimeout(() => {
    entry.length = 0;
  }, 3_600_000);
}

function heartbeat() {
  return 'alive';
}

for (let i = 0; i < 120; i++) poll({ polls: 0, buffer: new Array(500).fill(i) });
for (let i = 0; i < 40; i++) expire([i, `entry ${i}`]);
for (let i = 0; i < 3; i++) setInterval(heartbeat.bind(null, i), 60_000);

// Node's own timers.
const { setTimeout: sleep } = require('node:timers/promises');
for (let i = 0; i < 10; i++) sleep(3_600_000);

const cleared = [];
for (let i = 0; i < 25; i++) cleared.push(setInterval(function stopped() {}, 60_000));
for (const handle of cleared) clearInterval(handle);
globalThis.cleared = cleared;

global.gc();
require('node:v8').writeHeapSnapshot(process.argv[2]);
process.exit();
