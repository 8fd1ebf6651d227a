import { basename } from 'node:path';
import type { ScanFinding } from '../base/scan-types.js';
import type { Suspect } from '../base/suspect-types.js';
import type { ClassGrowth } from '../base/types.js';
import type { KeptScan } from './kept-scan.js';
import type { Row, TableName } from './tables.js';

/** Tables whose rows say what a scan has made of its evidence, all but alerts with the time of the newest snapshot. */
export type JudgementTable = Exclude<TableName, 'series'>;

/** The most suspicious ones of a series: a heap has thousands, of which most change a little. */
const MOST_CLASSES = 200;

/** What a scan has come to, by table; none for what it has not looked at. */
export function judgementRows(scan: KeptScan): Readonly<Record<JudgementTable, readonly Row[]>> {
  const common = { ts: scan.judgedTs, service: scan.service, host: scan.host };
  return {
    classes: classRows(scan).map((row) => ({ ...common, ...row })),
    suspects: (scan.analysis?.suspects ?? []).map((suspect) => ({ ...common, ...suspectRow(suspect) })),
    findings: scan.report.findings.flatMap((finding) =>
      findingRows(finding, scan).map((row) => ({ ...common, ...row })),
    ),
    alerts: scan.alerts.map(({ ts, service, host, growth, trail, ...alert }) => ({
      ...{ ts, service, host, trail: JSON.stringify(trail) },
      ...{ alert_id: alert.alert_id, signature: alert.signature, title: alert.title, severity: alert.severity },
      ...{ confidence: alert.confidence, seed_score: alert.seedScore, holder: alert.holder },
      count_per_interval: growth?.countPerInterval ?? null,
      bytes_per_interval: growth?.bytesPerInterval ?? null,
      ...{ retained_size: alert.retainedSize, repair: alert.repair, anchor: alert.anchor },
    })),
  };
}

function classRows({ analysis }: KeptScan): Row[] {
  if (analysis === undefined) return [];
  const { snapshots, growth } = analysis;
  // Without folders: they are the business of the machine that the scan ran on.
  const fileOf = (position: number) => basename(snapshots[position].file);
  if (growth)
    return growth.classes
      .slice(0, MOST_CLASSES)
      .flatMap((grown, at) => grownRows(grown, at + 1, growth.snapshots, fileOf));
  return snapshots.flatMap((outcome, position) => {
    if (!outcome.ok || outcome.mode === 'shallow') return [];
    return outcome.classes.map(({ key, name, count, selfSize, retainedSize }, at) => ({
      ...{ snapshot: fileOf(position), position, rank: at + 1, class_key: key, class: name },
      ...{ count, self_size: selfSize, retained_size: retainedSize },
    }));
  });
}

function grownRows(
  { key, name, count, selfSize, retainedSize, trend }: ClassGrowth,
  rank: number,
  compared: readonly number[],
  fileOf: (position: number) => string,
): Row[] {
  return compared.map((position) => ({
    ...{ snapshot: fileOf(position), position, rank, class_key: key, class: name },
    ...{ count: count[position], self_size: selfSize[position], retained_size: retainedSize[position] },
    ...{ count_per_interval: trend.countPerInterval, bytes_per_interval: trend.bytesPerInterval },
    p_value: trend.pValue,
  }));
}

function suspectRow(suspect: Suspect): Row {
  const { signature, title, verdict, confidence, seedScore, holder, growth, retainedSize, path, detectors, repair } =
    suspect;
  return {
    ...{ signature, title, verdict, holder: holder.expression },
    ...{ script: holder.place?.script ?? null, line: holder.place?.line ?? null },
    ...{ confidence, seed_score: seedScore, retained_size: retainedSize },
    count_per_interval: growth?.countPerInterval ?? null,
    bytes_per_interval: growth?.bytesPerInterval ?? null,
    p_value: growth?.pValue ?? null,
    shape: growth?.shape ?? null,
    ...{ path: JSON.stringify(path), detectors: JSON.stringify(detectors), repair },
  };
}

function findingRows(finding: ScanFinding, { report, alerts }: KeptScan): Row[] {
  const { signature, title, severity, confidence, seedScore, anchor, trail } = finding;
  const alert = alerts.find((one) => one.signature === signature);
  return trail.map(({ level, saw }) => ({
    ...{ verdict: report.verdict, layer: level, layer_signature: report.layers[level - 1].signature_hash },
    ...{ signature, title, severity, confidence, seed_score: seedScore, saw, anchor },
    alert_id: alert?.alert_id ?? null,
  }));
}
