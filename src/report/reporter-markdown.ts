import type { HeapTrend } from '../base/scan-types.js';
import type { Analysis } from '../base/types.js';
import { type ClassRow, classRows } from './class-rows.js';
import { fileLabels } from './failure-text.js';
import { inputsOf } from './inputs.js';
import { growthText, type Issue, issuesOf } from './issues.js';
import { codeSpan, markdownTable } from './markdown.js';
import type { Reporter, ReportInput } from './reporter.js';
import { verdictOf } from './scan-verdict.js';
import { sourcePath } from './source-path.js';
import { counted, formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './units.js';

/** Issues told in full. */
const TOLD = 10;
/** Of a path, the last ones. */
const STEPS = 6;
const MOST_DETAILS = 4;

/** For a comment, a summary or a file of documentation: GitHub's Markdown. Whatever comes from a heap stands in code spans. */
export const reporter: Reporter = { render: markdownOf };

export function markdownOf(input: ReportInput): string {
  const issues = issuesOf(input);
  const parts = [
    `## heapsleuth: ${headline(input, issues)}\n`,
    ...issues.slice(0, TOLD).map((issue, at) => issuePart(issue, at + 1, input.root)),
    issues.length > TOLD ? `${counted(issues.length - TOLD, 'more suspect')} of less confidence.\n` : '',
    section('Trends', input.kind === 'scan' ? trendTable(input.report.trends) : ''),
    section('Classes', input.analysis ? classTable(input.analysis, input.rows) : ''),
    section('Snapshots', input.analysis ? snapshotTable(input.analysis) : ''),
    section('Failed', failureTable(input)),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function headline(input: ReportInput, issues: readonly Issue[]): string {
  if (input.kind === 'scan') return verdictOf(input.report);
  const leaks = issues.filter(({ level }) => level === 'error').length;
  if (leaks > 0) return `${counted(leaks, 'leak suspect')}.`;
  return issues.length > 0 ? `nothing sure, ${counted(issues.length, 'possible suspect')}.` : 'no suspects.';
}

function issuePart(issue: Issue, rank: number, root: string): string {
  const { title, confidence, holder, place, path, details, detectors, repair } = issue;
  const at = place && ` at ${codeSpan(`${sourcePath(place.script, root)}:${place.line}`)}`;
  const lines = [
    `confidence ${confidence.toFixed(2)}: ${growthText(issue)}`,
    `held by ${codeSpan(holder.expression)}${at ?? ''}`,
    ...(path.length > 0 ? [`path: ${path.slice(-STEPS).map(codeSpan).join(' → ')}`] : []),
    ...details.slice(0, MOST_DETAILS).map(codeSpan),
    ...(detectors.length > 0 ? [`known as ${detectors.map(codeSpan).join(', ')}`] : []),
    `change: ${codeSpan(repair)}`,
  ];
  return `### ${rank}. ${codeSpan(title)}\n\n${lines.map((line) => `- ${line}\n`).join('')}`;
}

function section(title: string, table: string): string {
  return table === '' ? '' : `### ${title}\n\n${table}`;
}

function classTable(analysis: Analysis, top: number): string {
  const rows = classRows(analysis);
  const isSeries = analysis.growth !== undefined;
  const hasFiles = !isSeries && analysis.snapshots.length > 1;
  const titles = ['class', 'objects', 'self size', 'retained size'];
  const more = isSeries ? ['objects since the first', 'retained since the first'] : [];
  const cells = (row: ClassRow) => [...classCells(row), ...growthCells(row), ...(hasFiles ? [codeSpan(row.file)] : [])];
  const shown = rows.slice(0, hasFiles ? top * analysis.snapshots.length : top);
  return markdownTable([...titles, ...more, ...(hasFiles ? ['snapshot'] : [])], shown.map(cells));
}

function classCells({ name, count, selfSize, retainedSize }: ClassRow): string[] {
  return [
    codeSpan(name),
    formatCount(count),
    formatBytes(selfSize),
    retainedSize === null ? '' : formatBytes(retainedSize),
  ];
}

function growthCells({ growth }: ClassRow): string[] {
  if (growth === null) return [];
  return [formatCountDelta(growth.totalCountDelta), formatBytesDelta(growth.totalRetainedSizeDelta)];
}

function snapshotTable({ snapshots }: Analysis): string {
  const labels = fileLabels(snapshots);
  const rows = snapshots.flatMap((snapshot, index) => {
    if (!snapshot.ok) return [];
    const { nodeCount, edgeCount } = snapshot;
    const size = snapshot.mode === 'shallow' ? snapshot.selfSize : snapshot.totalSize;
    return [[codeSpan(labels[index]), formatCount(nodeCount), formatCount(edgeCount), formatBytes(size)]];
  });
  return markdownTable(['snapshot', 'nodes', 'edges', 'total size'], rows);
}

function trendTable(trends: readonly HeapTrend[]): string {
  const rows = trends.map(({ source, process, start, end, shape, isRising, hoursToLimit }) => [
    codeSpan(process === '' ? source : `${source} ${process}`),
    formatBytes(start),
    formatBytes(end),
    isRising ? `rising, ${shape}` : shape,
    hoursToLimit === null ? '' : hoursToLimit.toFixed(1),
  ]);
  return markdownTable(['heap', 'from', 'to', 'trend', 'hours to its limit'], rows);
}

function failureTable(input: ReportInput): string {
  const rows = inputsOf(input).flatMap(({ file, error }) =>
    error ? [[codeSpan(file), codeSpan(`${error.code}: ${error.message}`)]] : [],
  );
  return markdownTable(['file', 'error'], rows);
}
