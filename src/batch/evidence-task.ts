import type { AnalysedSnapshot } from '../analysis/index.js';
import type { FindPaths } from '../paths/find-paths.js';
import type { Header } from '../read/header.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';
import { ARENA_LIMIT, type Arena } from '../wasm/arena.js';
import type { AnalyseTask, SeriesNames } from './tasks.js';

/** What an analysis with the search for suspects takes of the arena at its most. */
const SEARCH = { node: 90, edge: 13 };

/** Not where it would cost the analysis its memory: then that would be done again, with edges in files. */
export function seeksSuspects({ suspects, memory }: AnalyseTask, { nodeCount, edgeCount }: Header): boolean {
  if (suspects === undefined || memory === 'low') return false;
  return SEARCH.node * nodeCount + SEARCH.edge * edgeCount <= ARENA_LIMIT;
}

/** Begins to load what the search is made of: that passes while this thread waits for the other one. A failure is met when it is used. */
export function loadSearch(): void {
  importSearch().catch(() => {});
}

const importSearch = () => import('../suspects/collect.js');

/** The snapshot that names the classes of a series also tells its suspects; of the others it is enough to count. */
export async function evidenceOf(
  arena: Arena,
  { suspects, cache }: AnalyseTask,
  snapshot: AnalysedSnapshot,
  names: SeriesNames,
  find: FindPaths | undefined,
): Promise<SnapshotEvidence> {
  const { collectEvidence } = await importSearch();
  // What is kept for the next time may become part of a series.
  const isAlone = names === 'none' && cache === undefined;
  const options = { ...suspects, isTold: typeof names === 'string', isAlone };
  return collectEvidence(arena, snapshot, options, find);
}
