import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InterfaceDefinition } from '#src/analysis/interface-tree.js';
import type { ClassSummary, Statistics } from '#src/base/types.js';
import { analyseExternally, classesUnder, type ExternalSnapshot, openWorkspace } from '#src/external/index.js';
import type { ExternalSizes } from '#src/external/workspace.js';
import { EdgeWindow } from '#src/read/edge-window.js';
import { readSnapshot } from '#src/read/reader.js';
import type { OpenSource } from '#src/read/source.js';
import { TemporaryFile } from '#src/read/temporary-file.js';
import { Arena } from '#src/wasm/arena.js';

/** Everything as small as it can be: a window holds one node, a block two edges, and hardly any of them are in memory. */
export const TINY: ExternalSizes = { arenaBytes: 0, windowRows: 1, blockShift: 1, bufferBytes: 8, pieceLimit: 3 };
/** As much as the machine has. */
export const AMPLE: ExternalSizes = { arenaBytes: 2 ** 32, windowRows: 1 << 18, blockShift: 14, bufferBytes: 1 << 20 };

/** What an analysis found, as copies. */
export interface ExternalResult {
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
  readonly dominator: Uint32Array;
  readonly distance: Int32Array;
  readonly detachedness: Uint8Array;
  readonly className: (ordinal: number) => string;
  readonly interfaces: readonly InterfaceDefinition[];
  readonly summaries: readonly ClassSummary[];
  readonly statistics: Statistics;
  readonly snapshot: ExternalSnapshot;
  readonly under: (interfaces: readonly InterfaceDefinition[]) => ClassSummary[];
}

let shared: Promise<Arena> | undefined;

/** Analyses with edges in files; `use` sees the result while those are open. */
export async function analyseInFiles<T>(
  open: OpenSource,
  sizes: ExternalSizes,
  use: (result: ExternalResult) => T,
): Promise<T> {
  shared ??= Arena.create();
  const arena = await shared;
  arena.reset();
  const folder = join(tmpdir(), `heapsleuth-test-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const files = { type: new TemporaryFile(folder), name: new TemporaryFile(folder), to: new TemporaryFile(folder) };
  try {
    const planEdges = () => new EdgeWindow(arena, 1, files);
    const raw = await readSnapshot(open, arena, { planEdges });
    return use(
      resultOf(
        analyseExternally(openWorkspace(arena, raw, files, sizes, folder, { isOfSeries: true, keepsAll: true })),
      ),
    );
  } finally {
    for (const file of Object.values(files)) file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultOf(snapshot: ExternalSnapshot): ExternalResult {
  const { workspace, classes, summaries, statistics } = snapshot;
  const { shelf, graph } = workspace;
  const low = shelf.view('selfSize', 'u32');
  const selfSize = Float64Array.from(low);
  if (shelf.has('selfSizeHigh')) {
    for (const [node, high] of shelf.view('selfSizeHigh', 'u32').entries()) selfSize[node] += high * 2 ** 32;
  }
  const classOf = shelf.view('classOf', 'u32').slice();
  return {
    selfSize,
    retainedSize: shelf.view('retainedSize', 'f64').slice(),
    dominator: shelf.view('dominator', 'u32').slice(),
    distance: shelf.view('distance', 'i32').slice(),
    detachedness: shelf.view('detachedness', 'u8').slice(0, graph.header.nodeCount),
    className: (ordinal) => classes.registry.names[classOf[ordinal]],
    interfaces: classes.interfaces,
    summaries,
    statistics,
    snapshot,
    under: (interfaces) => classesUnder(snapshot, interfaces),
  };
}
