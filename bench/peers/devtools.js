// Chrome DevTools' own engine, opening a snapshot as the Memory panel does: chunks of text into the loader,
// dominators and retained sizes on a second thread, then the aggregates of the summary view.
//   node bench/peers/devtools.js FILE
import { createReadStream } from 'node:fs';
import { MessageChannel, Worker } from 'node:worker_threads';
import './promise-with-resolvers.js';
import { bundleDevtools } from './bundle.js';

const CHUNK_BYTES = 10_000_000; // HeapSnapshotView.ts reads files in chunks of this size

const { HeapSnapshotLoader, NodeFilter } = await import(await bundleDevtools());
const loader = new HeapSnapshotLoader({ sendEvent() {} });
const second = new Worker(new URL('devtools-second-thread.js', import.meta.url));
const { port1, port2 } = new MessageChannel();
second.postMessage({ port: port2 }, [port2]);

const building = loader.buildSnapshot(port1);
for await (const chunk of createReadStream(process.argv[2], { encoding: 'utf8', highWaterMark: CHUNK_BYTES })) {
  loader.write(chunk);
}
loader.close();
const snapshot = await building;

console.log(
  JSON.stringify({
    nodeCount: snapshot.nodeCount,
    totalSize: snapshot.totalSize,
    rootRetainedSize: snapshot.retainedSizes[0],
    classCount: Object.keys(snapshot.aggregatesWithFilter(new NodeFilter())).length,
  }),
);
process.exit();
