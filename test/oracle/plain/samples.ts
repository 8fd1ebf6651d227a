import type { PlainSample } from '../../build/plain-snapshot.js';
import type { PlainGraph } from './graph.js';

/** Bytes still alive that were allocated between the sample before and this one. */
export interface PlainAllocationSample {
  milliseconds: number;
  lastAssignedId: number;
  size: number;
}

/**
 * The allocation timeline. Nodes of even id are the embedder's and do not count; nor do nodes after the last sample.
 * `samples` must be sorted by id. Rule: devtools-semantics S15.
 */
export function plainSamples(
  graph: PlainGraph,
  samples: readonly PlainSample[],
  selfSize: Float64Array,
): PlainAllocationSample[] {
  const timeline = samples.map(({ timestampUs, lastAssignedId }) => ({
    milliseconds: timestampUs / 1000,
    lastAssignedId,
    size: 0,
  }));
  for (const [node, id] of graph.id.entries()) {
    const sample = id % 2 === 1 ? timeline.find(({ lastAssignedId }) => lastAssignedId >= id) : undefined;
    if (sample) sample.size += selfSize[node];
  }
  return timeline;
}
