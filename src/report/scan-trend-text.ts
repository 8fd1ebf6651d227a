import type { HeapTrend, ScanSite } from '../base/scan-types.js';
import { LEAST_DATE } from '../telemetry/timestamp.js';
import { placeText } from './place-text.js';
import { heading, type Screen } from './screen.js';
import { terminalText } from './terminal-text.js';
import { formatBytes, formatBytesDelta, formatCount } from './units.js';

const MOST_TRENDS = 10;
const MOST_SITES = 10;

/** Heaps over time, those that go on growing first; nothing where there are none. */
export function trendsText(trends: readonly HeapTrend[], screen: Screen): string[] {
  if (trends.length === 0) return [];
  const shown = [...trends].sort((a, b) => Number(b.isRising) - Number(a.isRising)).slice(0, MOST_TRENDS);
  return [
    '\n',
    heading('Heaps', `${shown.length} of ${trends.length}`, screen),
    ...shown.map((trend) => trendText(trend, screen)),
  ];
}

function trendText(trend: HeapTrend, { style, width }: Screen): string {
  const {
    source,
    process,
    start,
    end,
    slope,
    pValue,
    shape,
    isRising,
    hoursToLimit,
    basis,
    points,
    rules,
    clockJumps,
  } = trend;
  const name = terminalText(process === '' ? source : `${source}, process ${process}`, width - 4);
  const rate =
    slope === null || pValue === null
      ? 'too few points for a trend'
      : `${formatBytesDelta(slope.median)} ${trend.hasTimes ? 'an hour' : 'a sample'}, ${shape}, p ${pValue.toPrecision(2)}`;
  const limit =
    hoursToLimit === null
      ? ''
      : `; its limit in ${hoursToLimit < 100 ? hoursToLimit.toPrecision(2) : Math.round(hoursToLimit).toLocaleString('en-US')} hours`;
  const fired = rules.filter((rule) => rule.fired > 0).map((rule) => `${rule.rule} (${formatCount(rule.fired)})`);
  const others = [
    `${points} points of ${basis}`,
    ...(trend.changePoint ? [stepText(trend.changePoint)] : []),
    ...(clockJumps > 0 ? [`${clockJumps} times the clock went back`] : []),
    ...(fired.length > 0 ? [`also fired: ${fired.join(', ')}`] : []),
    ...figureTexts(trend),
  ];
  return `  ${isRising ? style.red(name) : name}\n    ${formatBytes(start)} → ${formatBytes(end)}  ${rate}${limit}\n    ${style.dim(others.join('; '))}\n`;
}

/** What else telemetry says of a heap, what matters most first. */
function figureTexts({ pressure, longestPause, detachedContexts, rules }: HeapTrend): string[] {
  const { ofLimit, ofGoal, live } = pressure;
  const nearest = rules.find((rule) => rule.nearestSnapshot !== undefined)?.nearestSnapshot;
  return [
    ...(live !== null ? [`${formatBytes(live)} live at most`] : []),
    ...(ofGoal !== null ? [`${percent(ofGoal)} of the next collection's size`] : []),
    ...(ofLimit !== null ? [`${percent(ofLimit)} of its limit`] : []),
    ...(detachedContexts?.isRising
      ? [`detached contexts ${formatCount(detachedContexts.first)} → ${formatCount(detachedContexts.last)}`]
      : []),
    ...(longestPause !== null ? [`longest pause ${Number(longestPause.toPrecision(3))} ms`] : []),
    ...(nearest !== undefined ? [`snapshot to look at: ${terminalText(nearest)}`] : []),
  ];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** Times of a log that counts from its program's start are no dates. */
function stepText({ ts, before, after }: NonNullable<HeapTrend['changePoint']>): string {
  const when = ts >= LEAST_DATE ? new Date(ts).toISOString() : `${Math.round(ts / 1000).toLocaleString('en-US')} s`;
  return `went from ${formatBytes(before)} to ${formatBytes(after)} at ${when}`;
}

/** Functions that have more and more in use; nothing without profiles. */
export function sitesText(sites: readonly ScanSite[], screen: Screen): string[] {
  if (sites.length === 0) return [];
  const shown = sites.slice(0, MOST_SITES);
  return [
    '\n',
    heading('Functions with more in use', `${shown.length} of ${sites.length}, by heap profiles`, screen),
    ...shown.map(({ function: name, values, delta, original, ...place }) => {
      const sizes = `${formatBytes(values[0])} → ${formatBytes(values[values.length - 1])}`;
      const where = original ?? place;
      return `  ${terminalText(name, 40)}  ${formatBytesDelta(delta)}  ${sizes}  ${screen.style.dim(placeText(where))}\n`;
    }),
  ];
}
