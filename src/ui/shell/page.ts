import type { ComponentChild } from 'preact';
import type { Report } from '../model/report.js';

/** One page of the report. The explorer has further ones. */
export interface Page {
  /** The first part of its address. */
  readonly id: string;
  readonly title: string;
  /** Beside its name in the navigation: how much there is. */
  readonly badge?: (report: Report) => string;
  /** Whether the report has anything for it. Default: it has. */
  readonly isShown?: (report: Report) => boolean;
  /** Not in the navigation, as it needs to be told what of; the id of the page that stands for it there. */
  readonly within?: string;
  readonly render: (report: Report, rest: readonly string[]) => ComponentChild;
}
