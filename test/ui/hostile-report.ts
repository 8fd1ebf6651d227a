import type { DominatorTree, TelemetryChart } from '#src/base/report-types.js';
import type { WasteReport } from '#src/base/waste-types.js';
import type { ScanReportInput } from '#src/report/reporter.js';
import { hostileScan } from '../report/hostile-inputs.js';
import { withPicture } from './report-inputs.js';

/** A scan with these texts wherever a heap, a file or a script could bring one, the parts that only pages show with it. */
export function hostileReport(names: readonly string[]): ScanReportInput {
  const input = hostileScan(names);
  if (input.analysis === undefined) throw new Error('expected an analysis');
  const picture = { tree: treeOf(names), waste: wasteOf(names) };
  return { ...input, analysis: withPicture(input.analysis, picture), telemetry: names.slice(0, 12).map(chartOf) };
}

/** A root with a child for each name. */
function treeOf(names: readonly string[]): DominatorTree {
  const each = <T>(first: T, one: (at: number) => T) => [first, ...names.map((_, at) => one(at))];
  return {
    ...{ file: names[0], nodeCount: 1000, totalSize: 100 * names.length, leastSize: 1, texts: ['root', ...names] },
    depth: each(0, () => 1),
    name: each(0, (at) => at + 1),
    className: each(0, (at) => at + 1),
    id: each(1, (at) => 2 * at + 3),
    selfSize: each(0, () => 100),
    retainedSize: each(100 * names.length, () => 100),
    childCount: each(names.length, () => 0),
  };
}

function wasteOf(names: readonly string[]): WasteReport {
  const items = names.map((name) => ({
    holder: { expression: name, kind: name, place: { script: name, line: 1, column: 1 } },
    ...{ className: name, count: 1, bytes: 2, reclaimable: 1, note: name, sampleIds: [3] },
    text: { length: 3, fingerprint: '01234567', value: name },
  }));
  const [note] = names;
  const kind = { kind: 'duplicate-strings', reclaimable: 1, count: 1, note, itemCount: items.length, items } as const;
  return { file: names[0], nodeCount: 1, totalSize: 2, kinds: [kind] };
}

function chartOf(name: string): TelemetryChart {
  const values = [1, 2, 3];
  return {
    ...{ source: name, process: name, metric: name, hasTimes: false },
    ...{ ts: values, least: values, most: values, last: values, lows: [] },
  };
}
