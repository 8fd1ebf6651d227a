import type { NestedTraceTree, SnapshotHeader } from '../build/snapshot-tables.js';

/** The DevTools engine's own array of numbers; it reads and writes through these two methods. */
export class EngineNumbers extends Uint32Array {
  getValue(index: number): number {
    return this[index];
  }

  setValue(index: number, value: number): void {
    this[index] = value;
  }
}

export interface EngineProfile {
  snapshot: SnapshotHeader;
  nodes: EngineNumbers;
  edges: EngineNumbers;
  trace_function_infos: Uint32Array;
  trace_tree: NestedTraceTree;
  samples: number[];
  locations: number[];
  scopes?: number[];
  scope_context_vars?: number[];
  scope_uses?: number[];
  strings: string[];
}

/** The part of a message port the engine uses. */
export interface EnginePort {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(data: unknown): void;
  start(): void;
}

export interface EngineNode {
  nodeIndex: number;
  id(): number;
  name(): string;
  className(): string;
  detachedness(): number;
  selfSize(): number;
  traceNodeId(): number;
}

export interface EngineAggregate {
  name: string;
  count: number;
  self: number;
  maxRet: number;
  distance: number;
  idxs: number[];
}

export interface EngineDiff {
  name: string;
  addedCount: number;
  removedCount: number;
  addedSize: number;
  removedSize: number;
  addedIds: number[];
  deletedIds: number[];
  countDelta: number;
  sizeDelta: number;
}

export interface EngineStatistics {
  total: number;
  native: { total: number; typedArrays: number };
  v8heap: { total: number; code: number; jsArrays: number; strings: number; system: number };
}

export interface EngineSamples {
  timestamps: number[];
  lastAssignedIds: number[];
  sizes: number[];
}

/** What DevTools says about variables that no function uses. */
export interface EngineContexts {
  scopes: {
    scopeInfoNodeIndex: number;
    contexts: { contextNodeIndex: number; deadFields: { name: string; valueNodeIndex: number }[] }[];
  }[];
}

/** What the tests use of DevTools' `JSHeapSnapshot`. */
export interface EngineSnapshot {
  nodeCount: number;
  nodeFieldCount: number;
  edgeFieldsCount: number;
  containmentEdges: { readonly length: number };
  retainedSizes: Float64Array;
  dominatorsTree: Uint32Array;
  nodeDistances: Int32Array;
  nodeNativeContextAttribution: Int32Array;
  initialize(port: EnginePort): Promise<void>;
  createNode(nodeIndex: number): EngineNode;
  aggregatesWithFilter(filter: object): Record<string, EngineAggregate>;
  aggregatesForDiff(interfaceDefinitions: string): object;
  calculateSnapshotDiff(baseId: number, baseAggregates: object): Record<string, EngineDiff>;
  interfaceDefinitions(): string;
  getStatistics(): EngineStatistics;
  getSamples(): EngineSamples | null;
  getDuplicateStrings(): { count: number; totalSelfSize: number }[];
  analyzeContexts(): EngineContexts;
}

export interface EngineLoader {
  write(chunk: string): void;
  close(): void;
  buildSnapshot(port: EnginePort): Promise<EngineSnapshot>;
}

/** The exports of the bundled module. */
export interface DevtoolsEngine {
  JSHeapSnapshot: new (profile: EngineProfile, progress: object) => EngineSnapshot;
  HeapSnapshotProgress: new () => object;
  HeapSnapshotLoader: new (dispatcher: { sendEvent(): void }) => EngineLoader;
  SecondaryInitManager: new (port: EnginePort) => object;
  NodeFilter: new () => { filterName?: string };
}
