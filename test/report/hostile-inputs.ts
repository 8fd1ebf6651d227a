import type { GateReport } from '#src/base/gate-types.js';
import type { HeapTrend, ScanFinding, ScanReport, ScanSite } from '#src/base/scan-types.js';
import type { Suspect, SuspectGrowth } from '#src/base/suspect-types.js';
import type { Analysis } from '#src/base/types.js';
import type { AnalysisInput, ScanReportInput } from '#src/report/reporter.js';
import { createScreen } from '#src/report/screen.js';
import { createRandom } from '../build/random.js';
import { HOSTILE_NAMES, randomText } from './hostile-names.js';
import { sampleFailure, sampleReport, sampleSeries } from './samples.js';

/** Texts that mean something to a format that they may be written into. */
const FOR_FORMATS: readonly string[] = [
  ...[
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-2+3',
    '@SUM(1)',
    '\t=1',
    '\r=1',
    ' =1',
    '"=1',
    'a";=1',
    "a,'-1",
    'a\t@b',
    '＝1',
    'x;＠y',
  ],
  ...[
    '=HYPERLINK("http://a.example/","b")',
    '"',
    '""',
    "'",
    "'=1",
    'a,b',
    'a;b',
    'a;;b',
    ';',
    'a\nb;c 1',
    'a 12',
    '# a',
    '#',
  ],
  ...[
    '|',
    'a|b',
    '\\|',
    '\\\\|',
    '\\\\\\|',
    'a\\',
    '`',
    '``',
    '```\n# a',
    '`` ` ``',
    '` a `',
    '`a',
    'a`|`b',
    '`|',
    '|`',
  ],
  ...[
    '**a**',
    '[a](javascript:alert(1))',
    '![a](https://a.example/b.png)',
    '<img src=x onerror=alert(1)>',
    '@someone',
    '#1',
  ],
  ...[
    'https://a.example/',
    'www.example.com',
    'a@example.com',
    '<!-- a -->',
    '<details>',
    '&lt;',
    '&#60;',
    '&amp;',
    '- a',
    '> a',
  ],
  ...[
    ']]>',
    '<![CDATA[',
    '<?xml version="1.0"?>',
    '</testcase>',
    '\ufffe',
    '\uffff',
    '\u{1fffe}',
    '\0',
    '\x0b',
    '\ud800',
    '\udc00a',
  ],
  ...[
    '::error::a',
    '\n::error file=a::b',
    '::stop-commands::a',
    '::set-output name=a::b',
    '%0A::error::a',
    '%25',
    '%',
    '##[error]a',
  ],
  ...[
    'a\\nb',
    'a\\"b',
    '"} 1',
    '{a="b"} 1',
    '# EOF',
    '\n# EOF\n',
    'a\\',
    '{0}',
    '{{0}}',
    '{',
    '}',
    '[a](1)',
    '[a]',
    '](1)',
  ],
  ...[
    '../../etc/passwd',
    'file:///etc/passwd',
    'file:///%zz',
    'javascript:alert(1)',
    'C:\\a b\\c.js',
    'http://a.example/?b#c',
    'a:b',
  ],
  ...[
    'node:internal/timers',
    'data:text/html,a',
    '\u202ea',
    '\u2067a\u2069',
    'a\u200bb',
    'NaN',
    '1e999',
    'null',
    'true',
  ],
];
const COUNT = 200;
const random = createRandom(15);

/** 200 of them: those for terminals, those for formats, and random ones that are dense in dangerous characters. */
export const PAYLOADS: readonly string[] = [
  ...new Set([...HOSTILE_NAMES, ...FOR_FORMATS, ...Array.from({ length: COUNT }, () => randomText(random, 40))]),
].slice(0, COUNT);

const VIEW = { screen: createScreen(100, false), rows: COUNT, root: '/srv/app' };
const GROWTH: SuspectGrowth = {
  ...{ countPerInterval: 50, bytesPerInterval: 1000, bytesInterval: { low: 1000, high: 1000, level: 0.97 } },
  ...{ pValue: 0.0001, adjustedPValue: 0.001, shape: 'linear', births: null },
  ...{ count: [1, 51, 101], retainedSize: [10, 1010, 2010] },
};

const holderOf = (name: string) => ({ expression: name, kind: name, place: { script: name, line: 3, column: 5 } });

function suspectOf(name: string): Suspect {
  return {
    ...{ signature: name, title: name, verdict: 'leak suspect', confidence: 0.9, seedScore: null, growth: GROWTH },
    ...{ retainedSize: 2010, holder: holderOf(name), path: [name, 'x', name], detectors: ['unbounded-map'] },
    evidence: [{ label: 'made by', value: name }],
    ...{ repair: `Cap ${name}.`, sampleIds: [1] },
    terms: { growth: 1, ages: 1, share: 1, regularity: 1, detectors: 1, artifact: 1, bounded: 1, plateau: 1 },
  };
}

function analysisOf(names: readonly string[]): Analysis {
  const series = sampleSeries(names);
  const snapshots = [...names.map((name) => sampleReport(name, names)), ...names.map((name) => sampleFailure(name))];
  const group = (name: string) => ({ ...GROWTH, holder: holderOf(name), className: name, selfSize: [1, 2, 3] });
  const growth = { ...series.growth, snapshots: [0, 0, 0, 0, 0, 0, 0, 0], paths: names.map(group), dominated: [] };
  const compared = {
    compared: [0],
    relation: 'same process',
    comparedBy: 'ids',
    warmUp: 0,
    restarts: [],
    notes: [],
  } as const;
  return { ...series, snapshots, growth, series: compared, suspects: names.map(suspectOf) } as Analysis;
}

/** What a result is held against, with these names in a configuration, a baseline and what was found. */
function gateOf(names: readonly string[]): GateReport {
  const budget = (name: string, at: number) => ({
    ...({ budget: `classes[${JSON.stringify(name)}].count`, unit: 'count', limit: 1, actual: 2, over: 1 } as const),
    ...({ state: at % 2 === 0 ? 'exceeded' : 'met', what: name, snapshot: name } as const),
  });
  const change = (name: string) =>
    ({ what: name, isClass: true, figure: 'count', before: 1, now: 2, isWorse: true }) as const;
  const suspects = names.map((title) => ({
    ...({ signature: title, title, state: 'new', isWorse: true, confidence: 0.9 } as const),
    ...({ figure: 'growth', before: null, now: 1 } as const),
  }));
  return {
    budgets: names.map(budget),
    suppressions: names.map((name) => ({ signature: name, reason: name, expires: '2027-01-01', state: 'expired' })),
    comparison: {
      ...{ tolerance: 0.1, floor: 1, isWorse: true, notes: names },
      suspects,
      heap: [],
      classes: names.map(change),
    },
    failures: names,
  };
}

/** An analysis with these names wherever a heap, a file or a script could bring one. */
export function hostileAnalysis(names: readonly string[]): AnalysisInput {
  return { kind: 'analysis', analysis: analysisOf(names), gate: gateOf(names), ...VIEW };
}

/** The same for a scan. */
export function hostileScan(names: readonly string[]): ScanReportInput {
  const checklist = { symptoms: [], causes: [] };
  const report: ScanReport = {
    ...{ schemaVersion: 1, engineVersion: '0.0.0', verdict: 'leak', trigger: 'verdict', severitySeed: null },
    ...{
      findings: names.map(findingOf),
      trends: names.map(trendOf),
      sites: names.map(siteOf),
      checklist,
      isWidened: false,
      missed: null,
    },
    contradictions: names,
    layers: names.map((name) => ({
      ...{ level: 1, output: name, deps: [], status: 'no-evidence', reason: name, payload: {} },
      ...{ prevHash: '', signature_hash: '0'.repeat(64) },
    })),
    inputs: names.map((name) => ({ kind: 'snapshot', ...sampleFailure(name) })),
  };
  return { kind: 'scan', report, analysis: analysisOf(names), extras: {}, gate: gateOf(names), ...VIEW };
}

function findingOf(name: string): ScanFinding {
  const { signature, title, confidence, seedScore, holder, path, growth, retainedSize, detectors, repair } =
    suspectOf(name);
  return {
    ...{ signature, title, confidence, seedScore, holder, path, growth, retainedSize, detectors, repair },
    ...{ severity: 'HIGH', trail: [{ level: 2, saw: name }], anchor: name, original: null },
  };
}

function siteOf(name: string): ScanSite {
  return {
    function: name,
    script: name,
    line: 1,
    column: 2,
    values: [1, 9],
    delta: 8,
    rises: 1,
    stack: [name],
    original: null,
  };
}

function trendOf(name: string): HeapTrend {
  return {
    ...{ source: name, process: name, metric: name, samples: 9, from: 0, to: 9, hasTimes: false, clockJumps: 0 },
    ...{ basis: 'samples', points: 9, warmUp: 0, start: 1, end: 9, pValue: 0.01, slope: null, shape: 'linear' },
    ...{ changePoint: null, isRising: true, limit: null, hoursToLimit: 5, rules: [], rates: [], longestPause: null },
    pressure: { ofLimit: null, ofGoal: null, live: null, unused: null },
    difference: { used: 8, inUse: null, collections: null, prefers: 'used' },
    ...{ detachedContexts: null, residentRises: null },
  };
}
