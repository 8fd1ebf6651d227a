'use strict';
// Streams that are written to faster than they drain, and one that is idle.
const { Readable, Writable, Transform } = require('node:stream');
const { MessageChannel } = require('node:worker_threads');

class SlowSink extends Writable {
  // The callback is never called: what is written waits.
  _write(_chunk, _encoding, _callback) {}
}

const sink = new SlowSink();
for (let i = 0; i < 65; i++) sink.write(Buffer.alloc(10_000, i));

const source = new Readable({ read() {} });
for (let i = 0; i < 45; i++) source.push(Buffer.alloc(9_000, i));

const texts = new Readable({ read() {}, objectMode: true });
for (let i = 0; i < 25; i++) texts.push({ line: `line ${i}` });

const idle = new Transform({
  transform(chunk, _, done) {
    done(null, chunk);
  },
});
const ports = Array.from({ length: 20 }, () => new MessageChannel());

globalThis.keep = { sink, source, texts, idle, ports };

global.gc();
require('node:v8').writeHeapSnapshot(process.argv[2]);
process.exit();
