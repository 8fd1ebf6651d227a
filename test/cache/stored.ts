import { createHash } from 'node:crypto';
import { openSnapshot } from 'heapsleuth';
import { CacheSession } from '#src/cache/session.js';
import { openGraph } from '#src/cache/stored-graph.js';
import { HeapSnapshot } from '#src/graph/heap-snapshot.js';

/** Real heaps are asked about every seventh node and all columns. */
const MANY = 5000;
const STEP = 7;

/** Everything that an opened snapshot answers, as one digest. */
export function answersOf(snapshot: HeapSnapshot): string {
  const hash = createHash('sha256');
  const { nodeCount, edgeCount, totalSize, root, nodeTypes } = snapshot;
  const say = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  say({ nodeCount, edgeCount, totalSize, root, nodeTypes });
  say(snapshot.classes());
  say(snapshot.statistics());
  for (let node = 0; node < nodeCount; node += nodeCount > MANY ? STEP : 1) {
    say([snapshot.nodeType(node), snapshot.nodeName(node), snapshot.className(node)]);
    say([[...snapshot.edges(node)], [...snapshot.retainers(node)], snapshot.pathToRoot(node)]);
    say([...snapshot.dominated(node)]);
  }
  for (const [name, column] of Object.entries(snapshot.columns)) say([name, [...column]]);
  return hash.digest('hex');
}

/** The answers of the cached graph of `file`, undefined where there is no cache to be believed. */
export async function cachedAnswers(file: string): Promise<string | undefined> {
  const { value } = await new CacheSession(true).find('graph', [file], openGraph);
  if (value === undefined) return undefined;
  const snapshot = new HeapSnapshot(file, value.layout, value.memory);
  try {
    return answersOf(snapshot);
  } finally {
    snapshot.close();
  }
}

/** Opens the file with a cache beside it; whether that was there already. */
export async function opened(file: string, cache: true | string): Promise<{ answers: string; fromCache: boolean }> {
  const stages = new Set<string>();
  const snapshot = await openSnapshot(file, { cache, onProgress: ({ stage }) => stages.add(stage) });
  const answers = answersOf(snapshot);
  snapshot.close();
  return { answers, fromCache: !stages.has('read') };
}
