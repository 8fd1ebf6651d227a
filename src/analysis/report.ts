import type { ClassSummary, SnapshotReport, Statistics } from '../base/types.js';
import type { Header } from '../read/header.js';
import type { AnalysedSnapshot } from './index.js';
import type { InterfaceDefinition } from './interface-tree.js';

/** All that a report of a snapshot by itself is made from. Plain data. */
export interface Findings {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly statistics: Statistics;
  /** All of them, largest retained size first. */
  readonly classes: readonly ClassSummary[];
  /** What the snapshot calls its plain objects. */
  readonly interfaces: readonly InterfaceDefinition[];
}

/** What they are made of, in whatever mode it was computed. */
export interface Analysed extends Pick<AnalysedSnapshot, 'summaries' | 'statistics' | 'classes'> {
  readonly header: Pick<Header, 'nodeCount' | 'edgeCount'>;
}

export function findingsOf({ header, summaries, statistics, classes }: Analysed): Findings {
  const { nodeCount, edgeCount } = header;
  return { nodeCount, edgeCount, statistics, classes: summaries, interfaces: classes.interfaces };
}

/** The report of a file, its `top` classes listed. */
export function reportOf(
  file: string,
  { nodeCount, edgeCount, statistics, classes }: Findings,
  top: number,
): SnapshotReport {
  return {
    ok: true,
    file,
    nodeCount,
    edgeCount,
    totalSize: statistics.total,
    statistics,
    classCount: classes.length,
    classes: classes.slice(0, top),
  };
}
