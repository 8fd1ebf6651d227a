import type { Report } from '../model/report.js';
import type { Page } from '../shell/page.js';
import { Classes } from './classes.js';
import { Gate } from './gate.js';
import { Growth } from './growth.js';
import { Inputs } from './inputs.js';
import { Overview } from './overview.js';
import { SuspectPage } from './suspect.js';
import { Telemetry } from './telemetry.js';
import { Trail } from './trail.js';
import { Tree } from './tree.js';
import { Waste } from './waste.js';

const hasSeries = ({ document }: Report) => (document.analysis?.growth?.snapshots.length ?? 0) > 1;
const hasSnapshots = ({ snapshots }: Report) => snapshots.some(({ outcome }) => outcome.ok);

/** The pages of the HTML report, in the order of the navigation. */
export const REPORT_PAGES: readonly Page[] = [
  {
    ...{ id: 'overview', title: 'Overview' },
    badge: ({ cases }) => (cases.length > 0 ? String(cases.length) : ''),
    render: (report) => <Overview report={report} />,
  },
  {
    ...{ id: 'suspect', title: 'Suspect', within: 'overview' },
    render: (report, rest) => <SuspectPage report={report} rest={rest} />,
  },
  {
    ...{ id: 'gate', title: 'Budgets and baseline' },
    badge: ({ document: { gate } }) => (gate !== null && gate.failures.length > 0 ? 'fails' : ''),
    isShown: ({ document }) => document.gate !== null,
    render: (report) => report.document.gate && <Gate report={report} gate={report.document.gate} />,
  },
  { id: 'growth', title: 'Growth', isShown: hasSeries, render: (report) => <Growth report={report} /> },
  {
    ...{ id: 'tree', title: 'Dominator tree' },
    isShown: ({ document }) => document.tree !== null,
    render: ({ document }, rest) => document.tree && <Tree tree={document.tree} rest={rest} />,
  },
  { id: 'classes', title: 'Classes', isShown: hasSnapshots, render: (report) => <Classes report={report} /> },
  {
    ...{ id: 'waste', title: 'Waste' },
    isShown: ({ document }) => document.waste !== null,
    render: ({ document, last }) => document.waste && <Waste waste={document.waste} file={last?.file ?? ''} />,
  },
  {
    ...{ id: 'telemetry', title: 'Telemetry' },
    isShown: ({ document }) => document.scan !== null || document.telemetry.length > 0,
    render: (report) => <Telemetry report={report} />,
  },
  {
    ...{ id: 'trail', title: 'Five layers' },
    isShown: ({ document }) => document.scan !== null,
    render: (report) => report.document.scan && <Trail report={report} scan={report.document.scan} />,
  },
  { id: 'inputs', title: 'Inputs', badge: failedCount, render: (report) => <Inputs report={report} /> },
];

function failedCount({ snapshots }: Report): string {
  const failed = snapshots.filter(({ outcome }) => !outcome.ok).length;
  return failed > 0 ? `${failed} failed` : '';
}
