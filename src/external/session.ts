import type { Stopwatch } from '../base/stopwatch.js';
import type { Bytes, Stage } from '../base/types.js';
import { EDGE_FILE_BYTES, type EdgeFiles, EdgeWindow } from '../read/edge-window.js';
import type { Header } from '../read/header.js';
import { readSnapshot } from '../read/reader.js';
import type { OpenSource } from '../read/source.js';
import { checkDiskSpace, TemporaryFile } from '../read/temporary-file.js';
import type { Arena } from '../wasm/arena.js';
import { analyseExternally, type ExternalSnapshot, openWorkspace } from './index.js';
import { chooseMode, sizesFor } from './modes.js';
import type { ExternalSizes } from './workspace.js';

/** A file to analyse with its edges in files. */
export interface ExternalJob {
  readonly open: OpenSource;
  /** Bytes of the file that are neither nodes nor edges, about. */
  readonly text: Bytes;
  readonly folder: string;
  /** Bytes that the process may take; 0 for as few as can be. */
  readonly budget: Bytes;
  /** Its classes will be asked for again. */
  readonly isOfSeries: boolean;
  readonly stopwatch: Stopwatch | undefined;
  readonly onProgress?: (fraction: number) => void | Promise<void>;
  readonly onStage?: (stage: Stage) => void;
}

/** Analyses it in an arena of its own, and calls `use` while its files are open. No file is left, whatever happens. */
export async function withExternal<T>(
  arena: Arena,
  job: ExternalJob,
  use: (snapshot: ExternalSnapshot) => T | Promise<T>,
): Promise<T> {
  const opened: TemporaryFile[] = [];
  const file = () => {
    const next = new TemporaryFile(job.folder);
    opened.push(next);
    return next;
  };
  let files: EdgeFiles | undefined;
  let sizes: ExternalSizes | undefined;
  try {
    const planEdges = (header: Header) => {
      const counts = { nodes: header.nodeCount, edges: header.edgeCount, text: job.text };
      // Whatever the budget: what cannot be addressed is refused before a number is read.
      chooseMode(counts, Number.POSITIVE_INFINITY, 'external');
      checkDiskSpace(job.folder, EDGE_FILE_BYTES * counts.edges);
      sizes = sizesFor(counts, job.budget);
      files = { type: file(), name: file(), to: file() };
      return new EdgeWindow(arena, sizes.windowRows, files);
    };
    const raw = await readSnapshot(job.open, arena, {
      planEdges,
      onProgress: job.onProgress,
      stopwatch: job.stopwatch,
    });
    const { isOfSeries, folder, stopwatch } = job;
    const workspace = openWorkspace(
      arena,
      raw,
      files as unknown as EdgeFiles,
      sizes as unknown as ExternalSizes,
      folder,
      {
        isOfSeries,
        stopwatch,
      },
    );
    return await use(analyseExternally(workspace, job.onStage));
  } finally {
    for (const each of opened) each.close();
  }
}
