'use strict';
const v8 = require('node:v8');

class User {}

class Service {
  constructor() {
    this.users = [];
    this.details = new WeakMap();
    this.marks = new WeakMap();
    this.few = new WeakMap();
    this.loops = new WeakMap();
  }
}

class Heavy {
  constructor(id) {
    this.rows = Array.from({ length: 50 }, (_, at) => ({ at, id }));
  }
}

const service = new Service();
for (let i = 0; i < 60; i++) {
  const user = new User();
  service.users.push(user);
  service.details.set(user, { text: `${i}`.repeat(500), rows: [i, {}] });
  if (i < 10) service.few.set(user, { text: 'x' });
  const heavy = new Heavy(i);
  service.users.push(heavy);
  service.marks.set(heavy, { seen: i });
  const looped = new User();
  service.users.push(looped);
  service.loops.set(looped, { owner: looped, text: `${i}`.repeat(200) });
}
globalThis.held = service;

globalThis.gc();
v8.writeHeapSnapshot(process.argv[2]);
