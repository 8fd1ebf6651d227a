// One call of the library in a process that has done nothing else, timed from the call to its result:
//   node bench/cache/timed-call.js analyze|openSnapshot FILE [FOLDER]
import { analyze, openSnapshot } from 'heapsleuth';

const calls = { analyze: analyzeOne, openSnapshot: open };
const [name, file, cache] = process.argv.slice(2);
console.log(JSON.stringify(await calls[name]()));

async function analyzeOne() {
  const started = performance.now();
  const { snapshots } = await analyze(file, { cache });
  return { ms: performance.now() - started, nodeCount: snapshots[0].nodeCount };
}

async function open() {
  const started = performance.now();
  const snapshot = await openSnapshot(file, { cache });
  const ms = performance.now() - started;
  // Not timed, but due: what cannot answer has not been opened.
  const names = snapshot.pathToRoot(snapshot.nodeCount - 1).map(({ to }) => snapshot.nodeName(to));
  return { ms, nodeCount: snapshot.nodeCount, names: names.length };
}
