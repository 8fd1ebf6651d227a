import type { ExtractOptions, ExtractReport } from '../base/rewrite-types.js';
import { HeapSnapshot } from '../graph/heap-snapshot.js';
import { Opened } from '../graph/opened.js';
import { memoryOf, type SnapshotHandover } from '../graph/snapshot-memory.js';
import { BytesSource } from '../read/source.js';
import { type Excerpt, excerptOf } from './excerpt.js';
import { redact } from './redact.js';

const DEFAULT_LIMIT = 10_000;
/** Share of the work that is done once a snapshot is open. */
const OPEN = 0.9;

/** Writes the excerpt of an opened snapshot. Throws a RangeError where no node has the id. */
export async function extractFrom(
  file: string,
  handover: SnapshotHandover,
  id: number,
  output: string,
  { limit = DEFAULT_LIMIT, level = 'basic', key, signal, onProgress }: ExtractOptions,
): Promise<ExtractReport> {
  const snapshot = HeapSnapshot.of(file, handover);
  const opened = new Opened(handover, memoryOf(handover));
  const node = snapshot.ordinalOf(id);
  if (node < 0) throw new RangeError(`found no node with the id ${id} among ${snapshot.nodeCount}, expected one`);
  const excerpt = excerptOf(snapshot, opened, node, limit);
  const onStep: ExtractOptions['onProgress'] =
    onProgress && ((step) => onProgress({ ...step, fraction: OPEN + (1 - OPEN) * step.fraction }));
  const options = { level, key, signal, onProgress: onStep };
  const { bytes } = await redact(() => new BytesSource(excerpt.bytes), file, output, options, excerpt.tables);
  return { file, output, level, id, ...figuresOf(opened, excerpt), bytes };
}

function figuresOf({ columns }: Opened, { nodes, nodeCount, edgeCount, edgesCut }: Excerpt) {
  const { path, below, dominated } = nodes;
  const node = path[path.length - 1];
  const takenSize = below.reduce((sum, ordinal) => sum + columns.rawSelfSize[ordinal], columns.rawSelfSize[node]);
  const counts = { nodeCount, edgeCount, pathNodes: path.length, dominated, taken: below.length, edgesCut };
  return { ...counts, retainedSize: columns.retainedSize[node], takenSize };
}
