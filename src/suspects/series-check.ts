import type { SeriesReport } from '../base/suspect-types.js';
import { compareIds } from '../paths/id-sample.js';
import { evenly } from '../trend/evenly.js';
import { orderOf, processVerdict } from '../trend/series-order.js';
import { warmUpOf } from '../trend/warm-up.js';
import type { SnapshotEvidence } from './evidence.js';

export interface SeriesOptions {
  /** Snapshots to leave out at the start; default: what the sizes suggest. */
  readonly warmUp?: number;
  /** Takes ids as one process's even where the test is in doubt. */
  readonly assumeSameProcess?: boolean;
  /** As `SuspectOptions` has it. */
  readonly leastBytes?: number;
}

/** A series as it can be compared. */
export interface CheckedSeries {
  readonly report: SeriesReport;
  /** Of the snapshots compared, in order. */
  readonly evidence: readonly SnapshotEvidence[];
}

/** Statistics look at all pairs of snapshots; more of them tell no more. */
const MOST_COMPARED = 500;

/** Fewer snapshots of the last process are not enough to look at it alone. */
const FEWEST_ALONE = 3;

/**
 * Whether ids mean the same throughout (growth-and-ranking 1), which snapshots are compared and how. `places`: index of each among the
 * snapshots of the analysis. A restart in the middle leaves the last process, if that has snapshots enough; otherwise all are
 * compared by structure, which does not need ids.
 */
export function checkSeries(
  evidence: readonly SnapshotEvidence[],
  places: readonly number[],
  { warmUp, assumeSameProcess = false }: SeriesOptions = {},
): CheckedSeries {
  const verdicts = evidence.slice(1).map(({ ids }, at) => {
    const { common, equal, added, addedBelow } = compareIds(evidence[at].ids, ids);
    return processVerdict({ common, equal, added, addedBelowPreviousMaximum: addedBelow }).verdict;
  });
  const notes: string[] = [];
  const restarts = verdicts.flatMap((verdict, at) => (verdict === 'different' ? [at + 1] : []));
  const lastStart = restarts.at(-1) ?? 0;
  const from = evidence.length - lastStart >= FEWEST_ALONE ? lastStart : 0;
  if (from > 0) notes.push(`compared: the ${evidence.length - from} snapshots since the last restart`);
  const used = evidence.slice(from);
  const inside = verdicts.slice(from);
  const relation = inside.includes('different')
    ? 'different processes'
    : inside.includes('uncertain')
      ? 'uncertain'
      : 'same process';
  const comparedBy =
    relation === 'same process' || (assumeSameProcess && relation === 'uncertain') ? 'ids' : 'structure';
  // Another order makes the test uncertain: what had been let go by the later snapshot looks new in the earlier one, with low ids.
  if (relation !== 'different processes') {
    const { contradiction } = orderOf(used.map(({ ids }) => ids.largest));
    if (contradiction) notes.push(`${contradiction.code}: ${contradiction.message}`);
  }
  if (comparedBy === 'structure') {
    notes.push('compared by structure: without ids it cannot be said when what accumulates was created');
  }
  const { drop } = warmUpOf(
    used.map(({ totalSize }) => totalSize),
    warmUp === undefined ? undefined : Math.min(warmUp, used.length - 1),
  );
  const kept = evenly(used.length - drop, MOST_COMPARED).map((at) => at + drop);
  if (kept.length < used.length - drop)
    notes.push(`compared: ${kept.length} of ${used.length - drop} snapshots, evenly chosen`);
  return {
    evidence: kept.map((at) => used[at]),
    report: {
      compared: kept.map((at) => places[from + at]),
      relation,
      comparedBy,
      warmUp: drop,
      restarts: restarts.map((at) => places[at]),
      notes,
    },
  };
}
