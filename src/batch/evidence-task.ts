import type { AnalysedSnapshot } from '../analysis/index.js';
import type { FindPaths } from '../paths/find-paths.js';
import type { CutAside, PictureMaker } from '../picture/index.js';
import type { Header } from '../read/header.js';
import type { Onlooker } from '../suspects/collect.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';
import { ARENA_LIMIT, type Arena } from '../wasm/arena.js';
import type { AnalyseTask, SeriesNames } from './tasks.js';

/** What an analysis with the search for suspects takes of the arena at its most. */
const SEARCH = { node: 90, edge: 13 };

/** And what a picture takes besides: room for lists of nodes, of which little is touched. */
const PICTURE = { node: 30 };

/** Not where it would cost the analysis its memory: then that would be done again, with edges in files. */
function hasRoom({ memory }: AnalyseTask, { nodeCount, edgeCount }: Header, further = 0): boolean {
  return memory !== 'low' && (SEARCH.node + further) * nodeCount + SEARCH.edge * edgeCount <= ARENA_LIMIT;
}

export function seeksSuspects(task: AnalyseTask, header: Header): boolean {
  return task.suspects !== undefined && hasRoom(task, header);
}

/** Whether the snapshot may be shown: with the paths that the search finds, or with the same for that alone. */
export function mayBeShown(task: AnalyseTask, header: Header): boolean {
  return task.picture !== undefined && hasRoom(task, header, PICTURE.node);
}

/** Of the snapshot that tells of the series. */
export async function pictureMaker(
  task: AnalyseTask,
  { graph, summaries }: AnalysedSnapshot,
  names: SeriesNames,
  cutAside: CutAside | undefined,
): Promise<PictureMaker | undefined> {
  if (task.picture === undefined || typeof names !== 'string' || !mayBeShown(task, graph.header)) return undefined;
  const { PictureMaker } = await importPicture();
  return new PictureMaker(task.file, summaries, task.picture, cutAside);
}

/**
 * Begins to load what the search is made of, and what makes the picture: that passes while this thread waits for the other one. A failure is met
 * when they are used.
 */
export function loadAhead({ seeks, shows }: { readonly seeks: boolean; readonly shows: boolean }): void {
  if (seeks) importSearch().catch(() => {});
  if (shows) importPicture().catch(() => {});
}

const importSearch = () => import('../suspects/collect.js');

const importPicture = () => import('../picture/index.js');

/** The snapshot that names the classes of a series also tells its suspects; of the others it is enough to count. */
export async function evidenceOf(
  arena: Arena,
  { suspects, cache }: AnalyseTask,
  snapshot: AnalysedSnapshot,
  names: SeriesNames,
  find: FindPaths | undefined,
  onlooker: Onlooker | undefined,
): Promise<SnapshotEvidence> {
  const { collectEvidence } = await importSearch();
  // What is kept for the next time may become part of a series.
  const isAlone = names === 'none' && cache === undefined;
  const options = { ...suspects, isTold: typeof names === 'string', isAlone };
  return collectEvidence(arena, snapshot, options, find, onlooker);
}
