'use strict';
const v8 = require('node:v8');

class Job {
  constructor(id) {
    this.id = id;
  }
}

class Queue {
  constructor() {
    this.jobs = [];
    this.byName = {};
    this.byNumber = {};
    this.callbacks = {};
    this.samples = [];
    this.words = [];
    this.popped = [];
    this.gone = [];
  }
}

class Ring {
  constructor() {
    this.limit = 300;
    this.jobs = [];
  }
}

class Tree {
  constructor(depth) {
    this.children = [];
    for (let i = 0; i < 60; i++) this.children.push({ leaf: i });
    if (depth < 9) this.children.push(new Tree(depth + 1));
  }
}

/** As many methods as a prototype or a module may have. */
const library = {};
for (let i = 0; i < 400; i++) library[`method${i}`] = new Function('x', `return x + ${i};`);
/** A shape, not a dictionary. */
const settings = new Function(
  `return { ${Array.from({ length: 60 }, (_, i) => `s${i}: { value: ${i} }`).join(',')} };`,
)();

const queue = new Queue();
const ring = new Ring();
for (let i = 0; i < 300; i++) {
  queue.jobs.push(new Job(i));
  queue.byName[`job${i}`] = new Job(i);
  queue.byNumber[1000 * i] = new Job(i);
  queue.callbacks[`c${i}`] = () => i;
  queue.words.push(`word ${i} ${process.pid}`);
  queue.popped.push(new Job(i));
  queue.gone.push(i % 2 === 0 ? undefined : new Job(i));
  ring.jobs.push(new Job(i));
}
for (let i = 0; i < 5000; i++) queue.samples.push(i);
queue.popped.length = 20;
globalThis.held = { queue, ring, tree: new Tree(0), library, settings };

globalThis.gc();
v8.writeHeapSnapshot(process.argv[2]);
