'use strict';

// Keeps errors: some untouched, some whose stack has been read, and a few that are no pattern.

const v8 = require('node:v8');

class UpstreamError extends Error {}

class Client {
  constructor() {
    this.failures = [];
    this.logged = [];
    this.fresh = [];
  }

  fail(attempt) {
    const receiver = { attempt, payload: 'x'.repeat(200) };
    this.failures.push(new UpstreamError(`attempt ${attempt} of ${receiver.attempt}`));
  }
}

const client = new Client();
for (let i = 0; i < 40; i++) client.fail(i);
for (let i = 0; i < 25; i++) {
  const error = new TypeError(`logged ${i}`);
  client.lines = error.stack.length;
  client.logged.push(error);
}
for (let i = 0; i < 3; i++) client.fresh.push(new RangeError(`fresh ${i}`));
globalThis.client = client;

globalThis.gc?.();
v8.writeHeapSnapshot(process.argv[2]);
