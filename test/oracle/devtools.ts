import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Profile } from '../build/snapshot-builder.js';
import { loadDevtoolsEngine } from './devtools-bundle.js';
import {
  EngineNumbers,
  type EnginePort,
  type EngineProfile,
  type EngineSnapshot,
  type EngineStatistics,
} from './devtools-engine.js';
import { createPortPair } from './port-pair.js';

const engine = await loadDevtoolsEngine();
const CHUNK_BYTES = 1 << 20;

export interface DevtoolsAggregate {
  key: string;
  name: string;
  count: number;
  selfSize: number;
  retainedSize: number;
  distance: number;
}

export interface DevtoolsDiff {
  key: string;
  addedCount: number;
  removedCount: number;
  addedSize: number;
  removedSize: number;
  addedIds: number[];
  removedIds: number[];
}

/** What DevTools says about a snapshot; all columns by ordinal. */
export interface DevtoolsAnalysis {
  nodeCount: number;
  edgeCount: number;
  id: Float64Array;
  /** After the shallow-size transfer. */
  selfSize: Float64Array;
  retainedSize: Float64Array;
  dominator: Uint32Array;
  distance: Int32Array;
  detachedness: Uint8Array;
  /** Sorted by key. */
  aggregates: DevtoolsAggregate[];
  statistics: EngineStatistics;
  /** The name on screen. */
  nodeName(ordinal: number): string;
  className(ordinal: number): string;
  /** S12: ordinals that pass one of DevTools' named filters and have a self size. */
  filtered(filterName: string): number[];
  /** S13: classes that changed since `base`, sorted by key. */
  diffFrom(base: DevtoolsAnalysis): DevtoolsDiff[];
  /** The engine's own object, for figures that are not listed here. */
  engine: EngineSnapshot;
}

/** Either what DevTools says or how it fails. */
export type DevtoolsOutcome = DevtoolsAnalysis | { failed: string };

export function isFailed(outcome: DevtoolsOutcome): outcome is { failed: string } {
  return 'failed' in outcome;
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}

function readAggregates(snapshot: EngineSnapshot): DevtoolsAggregate[] {
  const aggregates = snapshot.aggregatesWithFilter(new engine.NodeFilter());
  return Object.entries(aggregates)
    .map(([key, { name, count, self, maxRet, distance }]) => ({
      key,
      name,
      count,
      selfSize: self,
      retainedSize: maxRet,
      distance,
    }))
    .sort(byKey);
}

function readFiltered(snapshot: EngineSnapshot, filterName: string): number[] {
  const filter = new engine.NodeFilter();
  filter.filterName = filterName;
  const indexes = Object.values(snapshot.aggregatesWithFilter(filter)).flatMap(({ idxs }) => idxs);
  return indexes.map((index) => index / snapshot.nodeFieldCount).sort((a, b) => a - b);
}

let diffCount = 0;

function readDiff(base: EngineSnapshot, current: EngineSnapshot): DevtoolsDiff[] {
  const baseAggregates = base.aggregatesForDiff(current.interfaceDefinitions());
  // The engine caches differences by the base's number, so each one gets its own.
  const diff = current.calculateSnapshotDiff(diffCount++, baseAggregates);
  return Object.entries(diff)
    .map(([key, { addedCount, removedCount, addedSize, removedSize, addedIds, deletedIds }]) => ({
      key,
      addedCount,
      removedCount,
      addedSize,
      removedSize,
      addedIds: [...addedIds],
      removedIds: [...deletedIds],
    }))
    .sort(byKey);
}

function readAnalysis(snapshot: EngineSnapshot): DevtoolsAnalysis {
  const { nodeCount, nodeFieldCount } = snapshot;
  const nodeAt = (ordinal: number) => snapshot.createNode(ordinal * nodeFieldCount);
  const ordinals = Uint32Array.from({ length: nodeCount }, (_, ordinal) => ordinal);
  return {
    nodeCount,
    edgeCount: snapshot.containmentEdges.length / snapshot.edgeFieldsCount,
    id: Float64Array.from(ordinals, (ordinal) => nodeAt(ordinal).id()),
    selfSize: Float64Array.from(ordinals, (ordinal) => nodeAt(ordinal).selfSize()),
    retainedSize: snapshot.retainedSizes,
    dominator: snapshot.dominatorsTree,
    distance: snapshot.nodeDistances,
    detachedness: Uint8Array.from(ordinals, (ordinal) => nodeAt(ordinal).detachedness()),
    aggregates: readAggregates(snapshot),
    statistics: snapshot.getStatistics(),
    nodeName: (ordinal) => nodeAt(ordinal).name(),
    className: (ordinal) => nodeAt(ordinal).className(),
    filtered: (filterName) => readFiltered(snapshot, filterName),
    diffFrom: (base) => readDiff(base.engine, snapshot),
    engine: snapshot,
  };
}

/** Runs the engine with its second half in this thread. */
async function run(build: (port: EnginePort) => Promise<EngineSnapshot>): Promise<DevtoolsOutcome> {
  const ports = createPortPair();
  try {
    new engine.SecondaryInitManager(ports.second);
    return readAnalysis(await build(ports.first));
  } catch (thrown) {
    return { failed: thrown instanceof Error ? thrown.message : String(thrown) };
  } finally {
    ports.close();
  }
}

/** What DevTools says about a profile from the builder. The engine writes into `profile`: use it once. */
export function devtoolsFromProfile(profile: Profile): Promise<DevtoolsOutcome> {
  const engineProfile: EngineProfile = {
    ...profile,
    nodes: EngineNumbers.from(profile.nodes) as EngineNumbers,
    edges: EngineNumbers.from(profile.edges) as EngineNumbers,
    trace_function_infos: Uint32Array.from(profile.trace_function_infos),
  };
  return run(async (port) => {
    const snapshot = new engine.JSHeapSnapshot(engineProfile, new engine.HeapSnapshotProgress());
    await snapshot.initialize(port);
    return snapshot;
  });
}

function writeChunks(bytes: Uint8Array, write: (chunk: string) => void): void {
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    write(decoder.decode(bytes.subarray(start, start + CHUNK_BYTES), { stream: true }));
  }
  write(decoder.decode());
}

/** What DevTools says about a file, given by path (plain or `.gz`) or as its bytes, read by DevTools' own loader. */
export async function devtoolsFromFile(file: string | Uint8Array): Promise<DevtoolsOutcome> {
  const stored = typeof file === 'string' ? await readFile(file) : file;
  const isGzip = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = isGzip ? gunzipSync(stored) : stored;
  return run((port) => {
    const loader = new engine.HeapSnapshotLoader({ sendEvent: () => {} });
    const built = loader.buildSnapshot(port);
    writeChunks(bytes, (chunk) => loader.write(chunk));
    loader.close();
    return built;
  });
}
