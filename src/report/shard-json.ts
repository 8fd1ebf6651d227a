import type { ClassSummary, Outcome } from '../base/types.js';
import type { EvidenceDocument } from '../suspects/evidence-document.js';
import { evidenceJson } from './evidence-json.js';
import { classSummary, outcome, toJson } from './json.js';

/** What one of several machines has found out about its share of a series: enough to be put together with the others'. */
export interface ShardDocument {
  readonly schemaVersion: 1;
  readonly kind: 'shard';
  /** `index` counts from 1, as on the command line. */
  readonly shard: { readonly index: number; readonly count: number };
  /** What all shards of one series have in common. `listing` is a digest of the snapshots' names and sizes; the rest is how it was asked for. */
  readonly series: {
    readonly snapshotCount: number;
    readonly listing: string;
    readonly top?: number;
    readonly warmUp?: number;
    readonly assumeSameProcess?: boolean;
  };
  /** The snapshot that decided about interfaces, and a digest of those; absent where none was needed. */
  readonly names?: { readonly from: number; readonly digest: string };
  readonly snapshots: readonly ShardSnapshot[];
}

export interface ShardSnapshot {
  /** Position in the whole series. */
  readonly index: number;
  readonly outcome: Outcome;
  /** All its classes under the series' interfaces; absent where it could not be read. */
  readonly classes?: readonly ClassSummary[];
  /** What the search for leaks needs of it; absent where it was not asked for, or edges were in files. */
  readonly evidence?: EvidenceDocument;
}

export function shardJson({ schemaVersion, kind, shard, series, names, snapshots }: ShardDocument): string {
  return toJson({
    schemaVersion,
    kind,
    shard: { index: shard.index, count: shard.count },
    series: {
      snapshotCount: series.snapshotCount,
      listing: series.listing,
      top: series.top,
      warmUp: series.warmUp,
      assumeSameProcess: series.assumeSameProcess,
    },
    names: names && { from: names.from, digest: names.digest },
    snapshots: snapshots.map((snapshot) => ({
      index: snapshot.index,
      outcome: outcome(snapshot.outcome),
      classes: snapshot.classes?.map(classSummary),
      evidence: snapshot.evidence && evidenceJson(snapshot.evidence),
    })),
  });
}
