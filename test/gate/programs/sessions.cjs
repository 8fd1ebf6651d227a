// Sessions that end, and with LEAK are kept all the same. Usage: node sessions.cjs ROUNDS FOLDER; a snapshot behind each round.
const { join } = require('node:path');
const v8 = require('node:v8');

class Session {
  constructor(user) {
    this.user = user;
    this.cart = [{ user, items: new Array(200).fill(user) }];
  }
}

class Registry {
  constructor() {
    this.open = new Map();
  }
}

globalThis.registry = new Registry();
const { open } = globalThis.registry;
const [rounds, folder] = [Number(process.argv[2]), process.argv[3]];
for (let round = 0; round < rounds; round++) {
  for (let at = 0; at < 60; at++) {
    const user = 1000 * round + at;
    open.set(user, new Session(user));
    if (!process.env.LEAK) open.delete(user);
  }
  v8.writeHeapSnapshot(join(folder, `round-${round}.heapsnapshot`));
}
