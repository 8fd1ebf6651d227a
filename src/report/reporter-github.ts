import { figureCells } from './gate-figures.js';
import { budgetLine } from './gate-lines.js';
import { inputsOf } from './inputs.js';
import { adviceOf, type Issue, issuesOf } from './issues.js';
import type { Reporter, ReportInput } from './reporter.js';
import { markdownOf } from './reporter-markdown.js';
import { sourcePath } from './source-path.js';
import { terminalText } from './terminal-text.js';

/** Bytes of a step's summary: GitHub takes 1,024 KiB of all that a step writes, and nothing where there is more. */
const SUMMARY_LIMIT = 1000 * 1024;
/** GitHub shows ten annotations of each kind. */
const MOST_FIGURES = 10;
const CUT = '\n\nMore would not fit.\n';
const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Annotations of GitHub Actions, and the job's summary. */
export const reporter: Reporter = {
  render: (input) =>
    [
      ...issuesOf(input).map((issue) => annotation(issue, input.root)),
      ...gateAnnotations(input),
      ...failures(input),
    ].join(''),
  appendix: { variable: 'GITHUB_STEP_SUMMARY', limit: SUMMARY_LIMIT, render: summaryOf },
};

function annotation(issue: Issue, root: string): string {
  const { level, place, title } = issue;
  const at = place && {
    file: sourcePath(place.script, root),
    line: place.line,
    ...(place.column > 0 && { col: place.column }),
  };
  // Break lines are its own: each line by itself is one line.
  return command(
    COMMANDS[level],
    { ...at, title: terminalText(title) },
    adviceOf(issue)
      .map((line) => terminalText(line))
      .join('\n'),
  );
}

/** What has no place in a source: budgets, and figures that are worse than in a baseline. Suspects have their own. */
function gateAnnotations({ gate }: ReportInput): string[] {
  const exceeded = (gate?.budgets ?? []).filter(({ state }) => state === 'exceeded').map(budgetLine);
  const { heap = [], classes = [] } = gate?.comparison ?? {};
  const worse = [...heap, ...classes].filter(({ isWorse }) => isWorse).slice(0, MOST_FIGURES);
  const changed = worse.map((change) => {
    const [figure, before, now] = figureCells(change);
    return `${change.what}: ${figure} ${now}, in the baseline ${before}`;
  });
  return [
    ...exceeded.map((line) => command('error', { title: 'heapsleuth budget' }, terminalText(line))),
    ...changed.map((line) => command('warning', { title: 'heapsleuth baseline' }, terminalText(line))),
  ];
}

function failures(input: ReportInput): string[] {
  return inputsOf(input).flatMap(({ file, error }) =>
    error ? [command('error', { title: 'heapsleuth' }, terminalText(`${file}: ${error.code}: ${error.message}`))] : [],
  );
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${written.join(',')}::${escapedData(message)}\n`;
}

/** As @actions/core does. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Cut between two lines, so that no code span stays open. */
function summaryOf(input: ReportInput, room: number): string {
  const bytes = Buffer.from(markdownOf(input));
  if (bytes.length <= room) return bytes.toString();
  const end = bytes.lastIndexOf('\n', Math.max(0, room - CUT.length - 1));
  return end < 0 || room <= CUT.length ? '' : bytes.subarray(0, end).toString() + CUT;
}
