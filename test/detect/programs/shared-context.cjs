'use strict';
// Callbacks that outlive their function, and what another callback of the same function needed.

const handlers = [];
const configuration = new Array(40_000).fill(1.5);

function subscribe(id) {
  const payload = new Array(5_000).fill(id);
  const label = `subscription ${id}`;
  const report = () => payload.length;
  const onEvent = () => label;
  handlers.push({ onEvent, report });
}

function alone(id) {
  const table = new Array(5_000).fill(id);
  return function lookUp(at) {
    return table[at];
  };
}

for (let id = 0; id < 12; id++) subscribe(id);
const lookUp = alone(1);

function first() {
  return configuration[0];
}
function last() {
  return configuration[configuration.length - 1];
}
globalThis.keep = { handlers, lookUp, first, last };

global.gc();
require('node:v8').writeHeapSnapshot(process.argv[2]);
