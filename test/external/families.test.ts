import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { analyseExternally, openWorkspace } from '#src/external/index.js';
import type { ExternalSizes } from '#src/external/workspace.js';
import type { EdgeFiles } from '#src/read/edge-window.js';
import { TemporaryFile } from '#src/read/temporary-file.js';
import type { Arena } from '#src/wasm/arena.js';
import { testArena } from '../engine/engine.js';
import { type BareGraph, rawSnapshotOf } from '../promises/bare-graph.js';
import { firstDifference } from '../promises/differences.js';
import { FAMILIES } from '../promises/families.js';

const LARGE = 1_000_000;
const LONGEST = 10_000_000;
const SYSTEM = 100_000_000;
/** A quarter of a million targets at a time, and no more predecessors than that. */
const SCARCE: Omit<ExternalSizes, 'arenaBytes'> = {
  windowRows: 1 << 16,
  blockShift: 12,
  bufferBytes: 1 << 16,
  pieceLimit: 1 << 18,
};
const CACHE_BYTES = 1 << 20;
/** A search that goes down a list and comes back passes every block twice; what is more has to do with the graph. */
const MOST_READS = 4;

/** The arena's bytes that the hungriest of the walks takes beside its blocks, a node and an edge. */
const ARENA = { node: 24.5, edge: 0.25 };

function analyse(arena: Arena, graph: BareGraph) {
  const raw = rawSnapshotOf(arena, graph);
  const folder = tmpdir();
  const files: EdgeFiles = {
    type: new TemporaryFile(folder),
    name: new TemporaryFile(folder),
    to: new TemporaryFile(folder),
  };
  const { edgeType, edgeName, edgeTo } = raw.columns;
  const bytes = (column: Uint8Array | Uint32Array) =>
    new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  files.type.write(bytes(arena.view(edgeType)), 0);
  files.name.write(bytes(arena.view(edgeName)), 0);
  files.to.write(bytes(arena.view(edgeTo)), 0);
  const { nodeCount, edgeCount } = raw.header;
  const arenaBytes = ARENA.node * nodeCount + ARENA.edge * edgeCount + CACHE_BYTES;
  const workspace = openWorkspace(arena, raw, files, { ...SCARCE, arenaBytes }, folder, { keepsAll: true });
  const snapshot = analyseExternally(workspace);
  for (const file of Object.values(files)) file.close();
  return { snapshot, workspace };
}

const CASES = [
  ...FAMILIES.map((family) => ({ family, name: family.name, size: LARGE })),
  { family: FAMILIES[0], name: FAMILIES[0].name, size: LONGEST },
];

describe('promise 8 with edges in files, of which few are in memory', () => {
  test.each(CASES)('$name, size $size', async ({ family, size }) => {
    const graph = family.build(size);
    const nodes = graph.selfSize.length;
    const { workspace } = analyse(await testArena(), graph);
    const { shelf, caches } = workspace;
    const dominator = new Uint32Array(nodes);
    const distance = new Int32Array(nodes).fill(SYSTEM);
    for (let node = 1; node < nodes; node++) {
      dominator[node] = family.dominator(node, graph);
      distance[node] = family.distance(node, graph);
    }
    expect(firstDifference(shelf.view('dominator', 'u32'), dominator)).toBe(-1);
    expect(firstDifference(shelf.view('distance', 'i32'), distance)).toBe(-1);
    expect(shelf.view('retainedSize', 'f64')[0]).toBe((nodes * (nodes + 1)) / 2);
    const search = caches.get('dominators');
    expect(search?.slots).toBeLessThan(search?.blocks ?? 0);
    for (const { blocks, slots, reads } of caches.values()) expect(reads - slots).toBeLessThan(MOST_READS * blocks);
  });
});
