import type { BaselineComparison, BudgetResult } from '../base/gate-types.js';
import { LAYERS } from '../base/scan-layers.js';
import type { HeapTrend, ScanReport } from '../base/scan-types.js';
import { figureCells, suspectChangeLine } from './gate-figures.js';
import { budgetLine, suppressedLine } from './gate-lines.js';
import { inputsOf } from './inputs.js';
import { adviceOf, type Issue, issuesOf, suppressedIssues } from './issues.js';
import type { Reporter, ReportInput } from './reporter.js';
import { sourcePath } from './source-path.js';
import { formatBytes } from './units.js';
import { xmlElement, xmlText } from './xml.js';

/** One case: passed, unless it says otherwise. */
interface Case {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly outcome?: 'failure' | 'error' | 'skipped';
  readonly message?: string;
  /** A line each. */
  readonly details?: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** JUnit's XML: a case for each file, each suspect or finding, and of a scan each heap over time and each layer. */
export const reporter: Reporter = {
  render: (input) => {
    const suites = suitesOf(input);
    const cases = suites.flatMap((suite) => suite.cases);
    const content = `\n${suites.map(suiteXml).join('')}`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('testsuites', { name: 'heapsleuth', ...totals(cases) }, content)}`;
  },
};

function suitesOf(input: ReportInput): Suite[] {
  const gated = gateSuites(input);
  const files = { name: 'files', cases: inputsOf(input).map(fileCase) };
  const cases = issuesOf(input).map((issue) => issueCase(issue, input.root));
  if (input.kind === 'analysis')
    return [files, { name: 'suspects', cases: [...cases, ...suppressedCases(input)] }, ...gated];
  const { trends } = input.report;
  return [
    files,
    { name: 'series', cases: trends.map(trendCase) },
    { name: 'layers', cases: layerCases(input.report) },
    { name: 'findings', cases: [...cases, ...suppressedCases(input)] },
    ...gated,
  ];
}

function fileCase({ file, error }: ReturnType<typeof inputsOf>[number]): Case {
  return { name: file, ...(error && { outcome: 'error', message: `${error.code}: ${error.message}` }) };
}

/** A leak fails; what is not sure passes, with what was seen. */
function issueCase(issue: Issue, root: string): Case {
  const { title, level, place, details } = issue;
  return {
    name: title,
    ...(place && { file: sourcePath(place.script, root), line: place.line }),
    ...(level === 'error' && { outcome: 'failure', message: adviceOf(issue)[0] }),
    details: [...adviceOf(issue), ...details],
  };
}

/** What is known passes over, and says until when. */
function suppressedCases(input: ReportInput): Case[] {
  return suppressedIssues(input).map(({ title, suppressed }) => ({
    ...{ name: title, outcome: 'skipped', message: suppressedLine(suppressed) },
  }));
}

/** A case for each budget, and for each change since a baseline. */
function gateSuites({ gate }: ReportInput): Suite[] {
  const { budgets, comparison } = gate ?? {};
  return [
    ...(budgets ? [{ name: 'budgets', cases: budgets.map(budgetCase) }] : []),
    ...(comparison ? [{ name: 'baseline', cases: baselineCases(comparison) }] : []),
  ];
}

function budgetCase(result: BudgetResult): Case {
  const { budget, state } = result;
  const line = budgetLine(result);
  if (state === 'met') return { name: budget, details: [line] };
  return { name: budget, outcome: state === 'exceeded' ? 'failure' : 'skipped', message: line };
}

function baselineCases({ suspects, heap, classes }: BaselineComparison): Case[] {
  const changed = suspects.map((change): Case => {
    const message = `${change.state}: ${suspectChangeLine(change)}`;
    const { title: name } = change;
    return change.isWorse ? { name, outcome: 'failure', message } : { name, details: [message] };
  });
  const figures = [...heap, ...classes].map((change): Case => {
    const [figure, before, now] = figureCells(change);
    const [name, message] = [`${change.what}: ${figure}`, `${now}, in the baseline ${before}`];
    return change.isWorse ? { name, outcome: 'failure', message } : { name, details: [message] };
  });
  return [...changed, ...figures];
}

function trendCase({ source, process, start, end, shape, isRising, hoursToLimit }: HeapTrend): Case {
  const left = hoursToLimit === null ? '' : `, ${hoursToLimit.toFixed(1)} hours to its limit`;
  const message = `${formatBytes(start)} to ${formatBytes(end)}, ${shape}${left}`;
  const name = process === '' ? source : `${source} ${process}`;
  return isRising ? { name, outcome: 'failure', message: `goes on growing: ${message}` } : { name, details: [message] };
}

/** What layers have found fails as a finding: a layer itself has evidence, or it is skipped. */
function layerCases({ layers, contradictions }: ScanReport): Case[] {
  const cases = layers.map(({ level, status, reason }): Case => {
    const name = `L${level} ${LAYERS[level - 1].title}`;
    return status === 'ok' ? { name } : { name, outcome: 'skipped', message: reason ?? 'no evidence' };
  });
  const contradicted = contradictions.map((message, at): Case => {
    return { name: `contradiction ${at + 1}`, outcome: 'failure', message };
  });
  return [...cases, ...contradicted];
}

function totals(cases: readonly Case[]) {
  const count = (wanted: Case['outcome']) => cases.filter(({ outcome }) => outcome === wanted).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: 0,
  };
}

function suiteXml({ name, cases }: Suite): string {
  return xmlElement('testsuite', { name, ...totals(cases) }, `\n${cases.map((one) => caseXml(one, name)).join('')}`);
}

function caseXml({ name, file, line, outcome, message, details = [] }: Case, suite: string): string {
  const lines = details.map(xmlText).join('\n');
  const told = lines === '' ? '' : xmlElement('system-out', {}, lines);
  const body =
    outcome === undefined ? told : xmlElement(outcome, { message, type: outcome }, outcome === 'skipped' ? '' : lines);
  return xmlElement('testcase', { classname: `heapsleuth.${suite}`, name, file, line, time: 0 }, body && `\n${body}`);
}
