import { verdictOf } from '../../report/scan-verdict.js';
import { counted, formatBytes, formatBytesDelta, formatCount } from '../../report/units.js';
import type { Case } from './cases.js';
import type { Report } from './report.js';
import { shownText } from './shown-text.js';

/** What the report comes to. `tone` is never the only thing that says it. */
export interface Headline {
  readonly tone: 'bad' | 'warn' | 'good' | 'none';
  readonly sentence: string;
  /** What it means where it is not obvious. */
  readonly meaning: string;
}

export function headlineOf(report: Report): Headline {
  const { scan } = report.document;
  if (scan === null) return ofAnalysis(report);
  const tone = { leak: 'bad', suspicious: 'warn', clean: 'good', 'no evidence': 'none', unverified: 'warn' } as const;
  return { tone: tone[scan.verdict], sentence: verdictOf(scan), meaning: scanMeaning(report) };
}

function ofAnalysis({ cases, suppressed, document, snapshots, compared }: Report): Headline {
  const readable = snapshots.filter(({ outcome }) => outcome.ok).length;
  if (readable === 0)
    return { tone: 'none', sentence: 'No snapshot could be read.', meaning: 'What went wrong is told under Inputs.' };
  if (document.analysis?.suspects === undefined)
    return {
      tone: 'none',
      sentence: 'No suspects were sought.',
      meaning: 'The figures of the snapshots are here, without a verdict.',
    };
  const sure = cases.filter(({ level }) => level === 'sure').length;
  if (sure > 0) return { tone: 'bad', sentence: `${counted(sure, 'leak suspect')}.`, meaning: worstOf(cases[0]) };
  const possible = cases.filter(({ level }) => level === 'possible' || level === 'pattern').length;
  if (possible > 0)
    return {
      tone: 'warn',
      sentence: `Nothing sure, ${counted(possible, 'possible suspect')}.`,
      meaning: moreWouldTell(compared.length),
    };
  if (suppressed.length > 0)
    return {
      tone: 'good',
      sentence: `No suspects but ${suppressed.length === 1 ? 'one that is' : `${suppressed.length} that are`} suppressed.`,
      meaning: 'Why, and until when, is told below.',
    };
  return { tone: 'good', sentence: 'No suspects.', meaning: nothingMeans(compared.length) };
}

/** The worst one, in a line. */
function worstOf({ title, growth, retainedSize }: Case): string {
  const told = shownText(title, 120);
  if (growth === null) return `${told}: ${formatBytes(retainedSize)}.`;
  const { count, bytesPerInterval } = growth;
  const counts = `${formatCount(count[0])} → ${formatCount(count[count.length - 1])} objects`;
  return `${told}: ${counts}, ${formatBytesDelta(bytesPerInterval)} an interval.`;
}

function moreWouldTell(compared: number): string {
  return compared >= 6 ? '' : `Six snapshots or more, taken while the program works, would be surer than ${compared}.`;
}

/** A clean result is worth what there was to look at. */
function nothingMeans(compared: number): string {
  if (compared < 2)
    return 'One snapshot shows patterns that are known to leak, and there are none. Whether something grows only a series tells: take three or more while the program works.';
  const series = `Between ${compared} snapshots nothing accumulated in one place without what holds it growing along.`;
  return compared >= 6
    ? `${series} What grows more slowly than the snapshots show would need a longer series.`
    : `${series} A longer series would be surer.`;
}

function scanMeaning({ document: { scan }, cases, suppressed }: Report): string {
  if (scan === null) return '';
  if (scan.verdict === 'clean')
    return `${counted(scan.trends.length, 'heap')} over time and the snapshots were looked at: none goes on growing, and nothing accumulates.`;
  if (scan.verdict === 'unverified') return 'What the contradictions are is told in the trail of layers.';
  if (scan.trigger === 'P99') return 'A heap is above the 99th percentile of its baseline.';
  if (cases.length === 0 && suppressed.length > 0)
    return `Of what the snapshots show nothing counts: ${counted(suppressed.length, 'finding is', 'findings are')} suppressed.`;
  const sure = cases.filter(({ level }) => level === 'sure').length;
  const rising = scan.trends.filter(({ isRising }) => isRising).length;
  return rising > 0 && sure > 0
    ? `${counted(rising, 'heap goes', 'heaps go')} on growing, and ${counted(sure, 'suspect')} ${sure === 1 ? 'accounts' : 'account'} for it.`
    : '';
}

/** How the snapshots were compared, in a sentence. */
export function comparisonOf({ document: { analysis }, compared }: Report): string {
  const series = analysis?.series;
  if (series === undefined || compared.length < 2) return '';
  const whose =
    series.relation === 'same process'
      ? 'of one process'
      : series.relation === 'uncertain'
        ? 'of an uncertain process'
        : 'of different processes';
  const by = series.comparedBy === 'ids' ? 'ids and paths' : 'structure';
  const warmUp =
    series.warmUp > 0 ? `; the first ${series.warmUp === 1 ? 'one' : series.warmUp} left out as warm-up` : '';
  return `${compared.length} snapshots ${whose}, compared by ${by}${warmUp}.`;
}
