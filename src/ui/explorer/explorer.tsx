import { useMemo } from 'preact/hooks';
import type { ServerStatus, SnapshotStatus } from '../../base/explorer-types.js';
import type { ReportDocument } from '../../base/report-types.js';
import { type Report, reportOf } from '../model/report.js';
import { REPORT_PAGES } from '../pages/index.js';
import { NodeAddress } from '../parts/node-id.js';
import { App } from '../shell/app.js';
import type { Page } from '../shell/page.js';
import { hrefTo, useRoute } from '../shell/routes.js';
import { Replied } from './answer.js';
import { baseName, ChangedPage, ComparePage } from './compare-page.js';
import { GraphPage } from './graph-page.js';
import { NodePage } from './node-page.js';
import { MembersPage, ObjectsPage } from './objects-page.js';
import { SearchBar, SearchPage } from './search.js';
import type { Reply } from './server.js';
import { useAnswer } from './use-answer.js';

/** The explorer: the graph's pages first, the report's as soon as there is one. */
export function Explorer() {
  const reply = useAnswer<ServerStatus>('status', {});
  if (reply?.state !== 'ready')
    return (
      <main class="lone">
        <h1>heapsleuth</h1>
        <Replied reply={reply}>{() => null}</Replied>
      </main>
    );
  return <Explored status={reply.answer} />;
}

function Explored({ status }: { status: ServerStatus }) {
  const { report, note } = useReport(status);
  const { page, rest } = useRoute();
  const snapshots = status.snapshots;
  const snapshot = page === 'compare' || page === 'changed' ? numberIn(rest[1], status) : numberIn(rest[0], status);
  const text = page === 'search' ? (rest[1] ?? '') : '';
  const own = pagesOf(snapshots, status.first);
  const pages = report.document.analysis === null ? own : [...own, ...REPORT_PAGES];
  const lastOfReport = Math.max(
    0,
    snapshots.findIndex(({ file }) => file === report.last?.file),
  );
  return (
    <NodeAddress.Provider value={(id) => hrefTo('node', lastOfReport, id)}>
      <App report={report} pages={pages} bar={<SearchBar snapshot={snapshot} text={text} note={note} />} />
    </NodeAddress.Provider>
  );
}

function pagesOf(snapshots: readonly SnapshotStatus[], first: number): Page[] {
  const number = (text: string | undefined) => numberIn(text, { snapshots, first });
  const pages: Page[] = [
    {
      ...{ id: 'graph', title: 'Graph' },
      render: (_, [snapshot]) => <GraphPage snapshot={number(snapshot)} snapshots={snapshots} />,
    },
    {
      ...{ id: 'objects', title: 'Objects and filters' },
      render: (_, [snapshot, filter = 'none']) => <ObjectsPage snapshot={number(snapshot)} filter={filter} />,
    },
    {
      ...{ id: 'compare', title: 'Compare' },
      isShown: () => snapshots.length > 1,
      render: (_, [base = '0', snapshot]) => (
        <ComparePage base={number(base)} snapshot={number(snapshot)} snapshots={snapshots} />
      ),
    },
    {
      ...{ id: 'node', title: 'Node', within: 'graph' },
      render: (_, [snapshot, id = '']) => <NodePage snapshot={number(snapshot)} id={id} />,
    },
    {
      ...{ id: 'search', title: 'Search', within: 'graph' },
      render: (_, [snapshot, text = '']) => <SearchPage key={text} snapshot={number(snapshot)} text={text} />,
    },
    {
      ...{ id: 'members', title: 'Class', within: 'objects' },
      render: (_, [snapshot, classKey = '', filter = 'none']) => (
        <MembersPage key={classKey} snapshot={number(snapshot)} classKey={classKey} filter={filter} />
      ),
    },
    {
      ...{ id: 'changed', title: 'Changed', within: 'compare' },
      render: (_, [base, snapshot, side, classKey = '']) => (
        <ChangedPage
          {...{ base: number(base), snapshot: number(snapshot), classKey }}
          side={side === 'deleted' ? 'deleted' : 'new'}
        />
      ),
    },
  ];
  return pages;
}

/** A snapshot's number in an address; the one opened first where there is none. */
function numberIn(text: string | undefined, { snapshots, first }: Pick<ServerStatus, 'snapshots' | 'first'>): number {
  const number = /^\d{1,6}$/.test(text ?? '') ? Number(text) : first;
  return number < snapshots.length ? number : first;
}

interface ReportSoFar {
  readonly report: Report;
  /** Why its pages are not there; empty where they are. */
  readonly note: string;
}

/** The report of the server's snapshots; until it is there, one that says nothing but what it is of. */
function useReport({ engineVersion, snapshots }: ServerStatus): ReportSoFar {
  const reply = useAnswer<ReportDocument>('report', {});
  const document = reply?.state === 'ready' ? reply.answer : undefined;
  const report = useMemo(
    () => (document ? reportOf(document) : withoutReport(engineVersion, snapshots)),
    [document, engineVersion, snapshots],
  );
  return { report, note: noteOf(reply) };
}

function noteOf(reply: Reply<ReportDocument> | undefined): string {
  if (reply === undefined || reply.state === 'ready') return '';
  if (reply.state === 'failed') return `There is no report: ${reply.message}`;
  const { fraction = 0 } = reply.status;
  return `The report of all snapshots is being made: ${Math.floor(100 * fraction)} %`;
}

function withoutReport(engineVersion: string, snapshots: readonly SnapshotStatus[]): Report {
  const nothing = { analysis: null, scan: null, tree: null, waste: null, telemetry: [], gate: null, leftOut: [] };
  const report = reportOf({ schemaVersion: 1, kind: 'report', engineVersion, ...nothing });
  const names = snapshots.map(({ file }) => baseName(file));
  return { ...report, subject: names.length === 1 ? names[0] : `${names[0]} … ${names[names.length - 1]}` };
}
