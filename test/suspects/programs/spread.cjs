'use strict';

// Objects that two holders have together, so that neither keeps any alone. Usage: node spread.cjs FILE HOLDERS: the second half of a pair is
// one Set for all; of the first halves there are so many, or two of unequal size.
const v8 = require('node:v8');

const [, , file, holders] = process.argv;

class Session {
  constructor(number) {
    this.data = new Array(800).fill(number);
  }
}

global.every = new Set();
for (let at = 0; at < 400; at++) {
  const session = new Session(at);
  const holder = holders === 'two' ? (at < 240 ? 'first' : 'second') : `holder${at % Number(holders)}`;
  global[holder] ??= new Set();
  global[holder].add(session);
  global.every.add(session);
}
if (holders !== 'two') {
  // What all of them have is farther away than what each has.
  global.far = { way: { to: { it: global.every } } };
  delete global.every;
}

v8.writeHeapSnapshot(file);
