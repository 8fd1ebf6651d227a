import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Holder } from '../paths/holder-types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type Group, Groups } from './groups.js';
import { type KnownNames, namesIn } from './known-names.js';
import { newestOf } from './newest.js';
import { findingsOfHandles } from './open-handles.js';
import { rareEdgesOf } from './rare-edges.js';
import { strengthBetween } from './strength.js';
import { retainedTogether } from './topmost.js';

const LIMITS = {
  /** Chunks in the buffers of one side of a stream: some more than backpressure leaves there. */
  least: 20,
  /** Open handles of one class. */
  leastHandles: 16,
  most: 100,
};

/** Naming takes a path each, so only so many times `most` are. */
const NAMED = 10;

interface Backlog {
  readonly side: 'read' | 'write';
  readonly stream: Ordinal;
  /** The array or list that the chunks are in. */
  readonly buffer: Ordinal;
  readonly chunks: Ordinal[];
}

interface Facts {
  readonly first: Backlog;
  readonly owner: Holder;
  readonly backlogs: Backlog[];
}

/** D8: chunks that wait in streams, and handles that are open. */
export const streamBacklog: Detector<typeof LIMITS> = {
  id: 'D8',
  name: 'stream-backlog',
  limits: LIMITS,
  objects: ['Socket', 'HTTPParser', 'Worker', 'MessagePort'],
  prepare: rareEdgesOf,
  detect(scene, limits) {
    const groups = groupsOf(scene, limits).largest(limits);
    return [...groups.map((group) => findingOf(scene, group)), ...findingsOfHandles(scene, limits.leastHandles)];
  },
};

/** Streams that the same holder has are one finding. */
function groupsOf(scene: Scene, { least, most }: typeof LIMITS): Groups<Facts> {
  const groups = new Groups<Facts>();
  const long = [...backlogsOf(scene.view)].filter(({ chunks }) => chunks.length >= least);
  long.sort((a, b) => b.chunks.length - a.chunks.length);
  for (const backlog of long.slice(0, NAMED * most)) {
    const owner = scene.holders.nameOf(backlog.stream);
    const group = groups.of(`${backlog.side} buffer of`, owner.expression, () => ({
      first: backlog,
      owner,
      backlogs: [],
    }));
    group.facts.backlogs.push(backlog);
    for (const chunk of backlog.chunks) group.members.push(chunk);
  }
  return groups;
}

function* backlogsOf(view: HeapView): Iterable<Backlog> {
  const names = namesIn(view);
  const { readable, writable } = rareEdgesOf(view);
  const { property } = view.edgeTypes;
  const buffered = [...names.of('<symbol kBufferedValue>'), ...names.of('buffered')];
  for (const [at, state] of readable.to.entries()) {
    const buffer = names.property(state, 'buffer');
    if (buffer >= 0) yield { side: 'read', stream: readable.from[at], buffer, chunks: chunksIn(view, names, buffer) };
  }
  for (const [at, state] of writable.to.entries()) {
    const buffer = view.targetNamed(state, property, buffered);
    if (buffer < 0) continue;
    const chunks = chunksIn(view, names, buffer).map((entry) => {
      const chunk = names.property(entry, 'chunk');
      return chunk < 0 ? entry : chunk;
    });
    yield { side: 'write', stream: writable.from[at], buffer, chunks };
  }
}

/** Items of an array that are not yet taken out, or the entries of Node 18's linked list. */
function chunksIn(view: HeapView, names: KnownNames, buffer: Ordinal): Ordinal[] {
  const { element } = view.edgeTypes;
  const chunks: Ordinal[] = [];
  for (let edge = view.firstEdge[buffer]; edge < view.firstEdge[buffer + 1]; edge++) {
    // What has been taken out is `null` until the array is cut.
    if (view.edgeType[edge] === element && isChunk(view, view.edgeTo[edge])) chunks.push(view.edgeTo[edge]);
  }
  let entry = names.property(buffer, 'head');
  for (let steps = 0; entry >= 0 && isChunk(view, entry) && steps < view.nodeCount; steps++) {
    const chunk = names.property(entry, 'data');
    if (chunk >= 0) chunks.push(chunk);
    entry = names.property(entry, 'next');
  }
  return chunks;
}

/** Anything but V8's own: `undefined` and `null`. */
function isChunk(view: HeapView, node: Ordinal): boolean {
  return view.nodeType[node] !== view.nodeTypes.hidden;
}

function findingOf(scene: Scene, { key, members, facts }: Group<Facts>): Finding {
  const { view } = scene;
  const { first, owner, backlogs } = facts;
  const buffers = backlogs.map(({ buffer }) => buffer);
  const streams = backlogs.length;
  const isRead = first.side === 'read';
  return {
    anchor: first.buffer,
    key,
    count: members.length,
    bytes: retainedTogether(view, buffers),
    strength: strengthBetween(members.length / streams, [20, 0.25], [2000, 0.7]),
    title: `${members.length} chunks that wait to be ${isRead ? 'read' : 'written'}`,
    holder: { ...owner, expression: key, container: first.stream },
    evidence: [
      { label: 'class', value: view.className(first.stream) },
      { label: 'streams', value: streams },
      { label: 'bytes of ArrayBuffers behind the chunks, at most', value: bytesBehind(view, members) },
    ],
    repair: isRead
      ? 'Read from {holder} as fast as it fills, or connect the streams with pipeline() and destroy() what nobody reads.'
      : 'Wait for the drain event when write() returns false before adding to {holder}, or connect the streams with pipeline().',
    samples: newestOf(view, members),
  };
}

/** Upper bound: small Buffers share a store with others. */
function bytesBehind(view: HeapView, chunks: readonly Ordinal[]): number {
  const names = namesIn(view);
  const stores = new Set<Ordinal>();
  let bytes = 0;
  for (const chunk of chunks) {
    const arrayBuffer = names.internal(chunk, 'buffer');
    const store = arrayBuffer < 0 ? -1 : names.internal(arrayBuffer, 'backing_store');
    if (store < 0 || stores.has(store)) continue;
    stores.add(store);
    bytes += view.rawSelfSize(store);
  }
  return bytes;
}
