// MemLab's `analyze unbound-collection`, and of each collection that it lists the trace which its output says to ask for.
//   node bench/peers/memlab-collections.js FOLDER WORK
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import core from '@memlab/core';
import plugin from '@memlab/heap-analysis/dist/plugins/CollectionUnboundGrowthAnalysis.js';

const FIRST = 10;

const [folder, workDir] = process.argv.slice(2);
core.config.muteConsole = true;
await new plugin.default().analyzeSnapshotsInDirectory(folder, { workDir });
const lines = existsSync(core.config.unboundObjectCSV) ? readFileSync(core.config.unboundObjectCSV, 'utf8') : '';
const collections = lines.split('\n').filter(Boolean);
console.log(JSON.stringify({ found: collections.length, answers: await tracesOf(collections.slice(0, FIRST)) }));
process.exit();

async function tracesOf(listed) {
  if (listed.length === 0) return [];
  const last = readdirSync(folder)
    .filter((file) => file.endsWith('.heapsnapshot'))
    .sort()
    .at(-1);
  const snapshot = await core.utils.getSnapshotFromFile(join(folder, last), { buildNodeIdIndex: true });
  const finder = new core.TraceFinder();
  finder.annotateShortestPaths(snapshot);
  return listed.map((line) => {
    const node = snapshot.getNodeById(Number(/,(\d+),(?:object|closure|native),/.exec(line)?.[1]));
    const path = node && finder.getPathToGCRoots(snapshot, node);
    return path ? `${line}\n${core.serializer.summarizePath(path, new core.NumericSet(), snapshot)}` : line;
  });
}
