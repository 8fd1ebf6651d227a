// The figures of an evaluation, for a person.
import { formatTable } from '../table.js';
import { baselineTable, costRow } from './baseline-tables.js';
import { percent, withInterval } from './cells.js';
import { REPORTED } from './score.js';
import { missedTable, wrongRows } from './series-tables.js';

const METRICS = [
  ['recall@1', 'recall1'],
  ['recall@3', 'recall3'],
  ['recall@10', 'recall10'],
  ['MRR', 'mrr'],
  ['reported', 'reported'],
  ['precision', 'precision'],
  ['of all', 'precisionOfAll'],
  ['twins', 'fixedAlarms'],
  ['innocents', 'innocentAlarms'],
];
const HEADINGS = METRICS.map(([heading]) => heading);
/** What a table of changes has room for, in each half. */
const SHORT = METRICS.filter(([heading]) => ['recall@1', 'reported', 'of all', 'twins', 'innocents'].includes(heading));

export function tablesOf(figures) {
  const { suspects, detectors, calibration, ablation, withoutDetectors, prefixes, baselines, peers, costs } = figures;
  const several = [...new Set(prefixes.map(({ snapshots }) => snapshots))].length > 1;
  // One version of Node has the same figures as all.
  const isOfSeveral = ({ node }) => node === 'all' || new Set(suspects.map((row) => row.node)).size > 2;
  return [
    section(
      `Suspects, in % with intervals of 95 %; reported, precision, twins and innocents from confidence ${REPORTED}`,
      ['half, Node', 'patterns', 'series', ...HEADINGS],
      suspects.filter(isOfSeveral).map((row) => [`${row.half}, ${row.node}`, ...sizes(row), ...cells(row)]),
    ),
    section('By detector', ['', ...detectorHeadings()], detectorRows(detectors)),
    section(
      'Calibration: suspects of each confidence, and what share of them are right',
      ...calibrationTable(calibration),
    ),
    section('Parts of the confidence switched off, and other orders', ...changesTable(ablation)),
    section(
      'All detectors off',
      ['half', 'patterns', 'series', ...HEADINGS],
      withoutDetectors.map((row) => [row.half, ...sizes(row), ...cells(row)]),
    ),
    section(
      'The first snapshots of each series',
      ['snapshots, half', ...HEADINGS],
      several ? prefixes.map((row) => [`${row.snapshots}, ${row.half}`, ...cells(row)]) : [],
    ),
    section('Baselines', ...baselineTable(baselines)),
    section('Baselines and MemLab, on the series that MemLab had', ...baselineTable(peers)),
    section(
      'One series as a whole process, medians',
      ['', 'series', 'failed', 'wall', 'CPU', 'peak memory'],
      costs.map(costRow),
    ),
    section('Leaks that are not first: rank by Node', ...missedTable(figures)),
    section(`Wrong suspects from ${REPORTED}`, ['', 'Node', 'confidence', ''], wrongRows(figures.series)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Nothing for a table without rows. */
function section(title, heading, rows) {
  return rows.length === 0 ? '' : `${title}\n${formatTable([heading, ...rows])}`;
}

const sizes = ({ patterns, runs }) => [patterns.join(' + '), String(runs)];
const cells = (row) => METRICS.map(([, name]) => withInterval(row, name));

const detectorHeadings = () => [
  'patterns',
  'series',
  'recall@1',
  'A',
  'B',
  'recall@3',
  'recall@10',
  'MRR',
  'reported',
  'precision',
  'twins',
];

function detectorRows(detectors) {
  const inHalf = (half, detector) => detectors.find((row) => row.half === half && row.detector === detector);
  return detectors
    .filter(({ half }) => half === 'all')
    .map((row) => [
      row.detector,
      ...[String(row.patterns[0]), String(row.runs)],
      withInterval(row, 'recall1'),
      ...['A', 'B'].map((half) => percent(inHalf(half, row.detector)?.recall1 ?? null)),
      ...['recall3', 'recall10', 'mrr', 'reported', 'precision', 'fixedAlarms'].map((name) => percent(row[name])),
    ]);
}

function calibrationTable(calibration) {
  const heading = ['confidence', ...calibration.flatMap(({ half }) => [half, 'mean', 'right'])];
  const rows = calibration[0]?.bins.map(({ from, to }, at) => [
    `${from.toFixed(1)}–${to.toFixed(1)}`,
    ...calibration.flatMap(({ bins }) => [
      String(bins[at].count),
      percent(bins[at].meanConfidence),
      percent(bins[at].share),
    ]),
  ]);
  return [heading, rows ?? []];
}

function changesTable(ablation) {
  const halves = [...new Set(ablation.map(({ half }) => half))];
  const names = [...new Set(ablation.map(({ name }) => name))];
  const heading = ['', ...halves.flatMap((half) => SHORT.map(([title]) => `${half}: ${title}`))];
  const rows = names.map((name) => [
    name,
    ...halves.flatMap((half) => {
      const row = ablation.find((each) => each.half === half && each.name === name);
      return SHORT.map(([, metric]) => percent(row[metric]));
    }),
  ]);
  return [heading, rows];
}
