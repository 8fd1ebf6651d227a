import type { BudgetResult } from '../base/gate-types.js';
import type { HeapTrend } from '../base/scan-types.js';
import type { Analysis, FailedSnapshot, Outcome } from '../base/types.js';
import { classRows } from './class-rows.js';
import { fileLabels } from './failure-text.js';
import { inputsOf } from './inputs.js';
import { type Issue, issuesOf } from './issues.js';
import { type Family, MOST_LABELLED, openMetricsText, type Sample } from './metric-families.js';
import type { Reporter, ReportInput } from './reporter.js';

/** Gauges for a file that a collector of metrics reads: what is in the heap, what grows, what is suspected. */
export const reporter: Reporter = { render: (input) => openMetricsText(familiesOf(input)) };

function familiesOf(input: ReportInput): Family[] {
  const failed = inputsOf(input).filter(({ error }) => error !== undefined).length;
  const failures = { name: 'heapsleuth_failed_inputs', help: 'Inputs that could not be read.' };
  return [
    { ...failures, samples: [{ labels: {}, value: failed }] },
    ...(input.analysis ? [...snapshotFamilies(input.analysis), ...classFamilies(input.analysis)] : []),
    ...issueFamilies(issuesOf(input)),
    ...budgetFamilies(input.gate?.budgets ?? []),
    ...(input.kind === 'scan' ? trendFamilies(input.report.trends) : []),
  ];
}

function snapshotFamilies({ snapshots }: Analysis): Family[] {
  const labels = fileLabels(snapshots);
  const samples = (value: (one: Exclude<Outcome, FailedSnapshot>) => number) =>
    snapshots.flatMap((one, index) => (one.ok ? [{ labels: { snapshot: labels[index] }, value: value(one) }] : []));
  const size = (one: Exclude<Outcome, FailedSnapshot>) => (one.mode === 'shallow' ? one.selfSize : one.totalSize);
  return [
    { name: 'heapsleuth_snapshot_nodes', help: 'Nodes of a snapshot.', samples: samples((one) => one.nodeCount) },
    bytes('heapsleuth_snapshot_size_bytes', 'Size of a snapshot.', samples(size)),
  ];
}

function classFamilies(analysis: Analysis): Family[] {
  // Where nothing was compared each snapshot has its classes: those of the last one say what there is.
  const all = classRows(analysis);
  const rows = all.filter(({ file }) => file === all[all.length - 1].file).slice(0, MOST_LABELLED);
  const samples = (value: (row: (typeof rows)[number]) => number | null | undefined) =>
    rows.flatMap((row): Sample[] => known({ class: row.name }, value(row)));
  return [
    { name: 'heapsleuth_class_objects', help: 'Objects of a class.', samples: samples((row) => row.count) },
    bytes(
      'heapsleuth_class_self_bytes',
      'Self size of a class.',
      samples((row) => row.selfSize),
    ),
    bytes(
      'heapsleuth_class_retained_bytes',
      'Retained size of a class.',
      samples((row) => row.retainedSize),
    ),
    bytes(
      'heapsleuth_class_growth_bytes',
      'Growth of the retained size of a class from one snapshot to the next.',
      samples((row) => row.growth?.trend.bytesPerInterval),
    ),
  ];
}

function issueFamilies(issues: readonly Issue[]): Family[] {
  const samples = (value: (issue: Issue) => number | undefined) =>
    issues.flatMap((issue): Sample[] => {
      const { signature, title, holder } = issue;
      return known({ title, holder: holder.expression, signature }, value(issue));
    });
  const ratio = { name: 'heapsleuth_suspect_confidence_ratio', unit: 'ratio' } as const;
  return [
    { ...ratio, help: 'How sure a suspect is.', samples: samples(({ confidence }) => Number(confidence.toFixed(6))) },
    bytes(
      'heapsleuth_suspect_retained_bytes',
      'What a suspect retains.',
      samples((issue) => issue.retainedSize),
    ),
    bytes(
      'heapsleuth_suspect_growth_bytes',
      'Growth of what a suspect retains from one snapshot to the next.',
      samples(({ growth }) => growth?.bytesPerInterval),
    ),
  ];
}

/** Bytes, objects and shares have no unit in common, so what is told is how much of a limit is used. A limit of 0 has no parts. */
function budgetFamilies(budgets: readonly BudgetResult[]): Family[] {
  const used = ({ actual, limit }: BudgetResult) =>
    actual === null || limit === 0 ? null : Number((actual / limit).toFixed(6));
  return [
    {
      ...{ name: 'heapsleuth_budget_used_ratio', unit: 'ratio', help: 'How much of a budget is used.' },
      samples: budgets.flatMap((one) => known({ budget: one.budget }, used(one))),
    },
    {
      ...{ name: 'heapsleuth_budget_exceeded', help: 'Whether a budget is exceeded.' },
      samples: budgets.flatMap(({ budget, state }) =>
        known({ budget }, state === 'unknown' ? null : Number(state === 'exceeded')),
      ),
    },
  ];
}

function trendFamilies(trends: readonly HeapTrend[]): Family[] {
  const samples = (value: (trend: HeapTrend) => number | null) =>
    trends.flatMap((trend): Sample[] => known({ source: trend.source, process: trend.process }, value(trend)));
  return [
    bytes(
      'heapsleuth_heap_bytes',
      'Heap at the last point compared.',
      samples(({ end }) => end),
    ),
    {
      name: 'heapsleuth_heap_rising',
      help: 'Whether a heap goes on growing.',
      samples: samples(({ isRising }) => (isRising ? 1 : 0)),
    },
    {
      ...{ name: 'heapsleuth_heap_limit_seconds', unit: 'seconds', help: 'Time until a heap reaches its limit.' },
      samples: samples(({ hoursToLimit }) => hoursToLimit && hoursToLimit * 3600),
    },
  ];
}

function known(labels: Sample['labels'], value: number | null | undefined): Sample[] {
  return value === null || value === undefined ? [] : [{ labels, value }];
}

function bytes(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, unit: 'bytes', help, samples };
}
