'use strict';
const v8 = require('node:v8');

class Handle {}

class Owner {
  constructor() {
    this.handles = [];
    this.loops = new FinalizationRegistry(() => {});
    this.also = new FinalizationRegistry(() => {});
    this.sound = new FinalizationRegistry(() => {});
    this.large = new FinalizationRegistry(() => {});
    this.gone = new FinalizationRegistry(() => {});
  }
}

const owner = new Owner();
for (let i = 0; i < 40; i++) {
  const handle = new Handle();
  owner.handles.push(handle);
  // Nothing but its own registration keeps this one.
  const lost = new Handle();
  owner.loops.register(lost, { close: { of: lost } }, lost);
  owner.also.register(handle, { handle });
  owner.sound.register(handle, `handle ${i}`, handle);
}
for (let i = 0; i < 150; i++) {
  const handle = new Handle();
  owner.handles.push(handle);
  owner.large.register(handle, i);
  owner.gone.register(new Handle(), `gone ${i}`);
}
globalThis.held = owner;

v8.writeHeapSnapshot(process.argv[2]);
