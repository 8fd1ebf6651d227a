'use strict';

// node --expose-gc record-series.cjs PROGRAM FOLDER COUNT
// Runs COUNT rounds of PROGRAM in one process and writes a heap snapshot after each: FOLDER/01.heapsnapshot, 02, …

const { mkdirSync } = require('node:fs');
const path = require('node:path');
const { setImmediate: turn, setTimeout: pause } = require('node:timers/promises');
const { pathToFileURL } = require('node:url');
const { writeHeapSnapshot } = require('node:v8');

/** Lets timers, stream callbacks and finished promises run out, so that only what is really held remains. */
async function settle() {
  for (let i = 0; i < 4; i++) await turn();
  await pause(20);
  for (let i = 0; i < 4; i++) await turn();
}

/** Collects twice: what finalization callbacks let go after the first collection is gone after the second. */
async function collect() {
  globalThis.gc();
  for (let i = 0; i < 4; i++) await turn();
  globalThis.gc();
  await turn();
}

/** Writes from a turn of its own: the frames and locals of the recorder must not look like roots of the program's data. */
function write(file) {
  return new Promise((resolve) => {
    setImmediate(() => {
      writeHeapSnapshot(file);
      resolve();
    });
  });
}

async function record(program, folder, count) {
  const { default: whole, round: named } = await import(pathToFileURL(path.resolve(program)).href);
  const round = whole?.round ?? named;
  if (typeof round !== 'function') throw new Error(`${program}: found no exported function round`);
  mkdirSync(folder, { recursive: true });
  for (let k = 0; k < count; k++) {
    await round(k);
    await settle();
    await collect();
    await write(path.join(folder, `${String(k + 1).padStart(2, '0')}.heapsnapshot`));
  }
}

const [program, folder, count] = process.argv.slice(2);
if (typeof globalThis.gc !== 'function' || !(Number(count) > 0)) {
  console.error('usage: node --expose-gc record-series.cjs PROGRAM FOLDER COUNT');
  process.exit(2);
}
record(program, folder, Number(count)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
