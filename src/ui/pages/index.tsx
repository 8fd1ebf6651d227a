import type { Page } from '../shell/page.js';
import { Overview } from './overview.js';

/** The pages of the HTML report, in the order of the navigation. */
export const REPORT_PAGES: readonly Page[] = [
  { id: 'overview', title: 'Overview', render: (report) => <Overview report={report} /> },
];
