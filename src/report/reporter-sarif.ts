import { engineVersion } from '../base/engine-version.js';
import type { Place } from '../base/suspect-types.js';
import { suppressedLine } from './gate-lines.js';
import { adviceOf, type Issue, issuesOf, suppressedIssues } from './issues.js';
import { inertJson } from './json.js';
import type { Reporter, ReportInput } from './reporter.js';
import { sourceUri } from './source-path.js';
import { terminalText } from './terminal-text.js';

const HELP =
  'Objects are held here, and more of them in every heap snapshot. Bound what holds them, or let go of them.';
/** Of what no detector knows. */
const GROWTH = 'accumulation';

interface Located extends Issue {
  readonly place: Place;
}

/** SARIF 2.1.0: what has a place in a source, as that is what its readers show. */
export const reporter: Reporter = {
  render: (input) => `${inertJson(JSON.stringify(logOf(input), null, 2))}\n`,
};

function logOf(input: ReportInput) {
  const all = [...issuesOf(input), ...suppressedIssues(input)];
  const issues = all.filter((issue): issue is Located => issue.place !== undefined);
  const rules = [...new Set(issues.map(ruleOf))].sort();
  const driver = { name: 'heapsleuth', semanticVersion: engineVersion(), rules: rules.map(ruleDescription) };
  const results = issues.map((issue) => resultOf(issue, rules, input.root));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
}

/** GitHub shows no result of a rule without these. */
function ruleDescription(id: string) {
  const text = `Memory accumulates: ${id}.`;
  return { id, shortDescription: { text }, fullDescription: { text }, help: { text: HELP } };
}

function ruleOf({ detectors }: Issue): string {
  return detectors[0] ?? GROWTH;
}

function resultOf(issue: Located, rules: readonly string[], root: string) {
  const { script, line, column } = issue.place;
  const region = { startLine: line, ...(column > 0 && { startColumn: column }) };
  return {
    ruleId: ruleOf(issue),
    ruleIndex: rules.indexOf(ruleOf(issue)),
    level: issue.level,
    message: { text: messageText([issue.title, ...adviceOf(issue)].join('. ')) },
    locations: [{ physicalLocation: { artifactLocation: { uri: sourceUri(script, root) }, region } }],
    ...(issue.suppressed && { suppressions: [{ kind: 'external', justification: suppressedLine(issue.suppressed) }] }),
    // What is not new may be faster, which a comparison tells, and no property of this format.
    ...(issue.baseline && { baselineState: issue.baseline === 'new' ? 'new' : 'unchanged' }),
    partialFingerprints: { 'heapsleuthSignature/v1': issue.signature },
    properties: { confidence: Number(issue.confidence.toFixed(6)), retainedSize: issue.retainedSize },
  };
}

/** A message's text may have placeholders in braces (3.11.5) and links, `[text](1)` (3.11.6): names are neither. */
function messageText(text: string): string {
  return terminalText(text).replaceAll('](', '] (').replace(/[{}]/g, '$&$&');
}
