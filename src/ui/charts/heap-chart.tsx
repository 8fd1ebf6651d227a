import { useState } from 'preact/hooks';
import type { TelemetryChart } from '../../base/report-types.js';
import { firedRules, type Heap, metricText, timeText, trendLine } from '../model/heaps.js';
import { shownText } from '../model/shown-text.js';
import { colourOf, isDark, useThemeChanges } from '../shell/theme.js';
import { type Line, LineChart, type Mark } from './line-chart.js';
import { lookOf } from './line-colours.js';

interface Drawn {
  readonly x: readonly number[];
  readonly lines: readonly Line[];
}

/** A heap with what collections have left, the trend through that, thresholds, and where they were passed first. */
export function HeapChart({ heap: { trend, chart, name } }: { heap: Heap }) {
  useThemeChanges();
  const [point, setPoint] = useState<number | null>(null);
  if (chart === null) return null;
  const line = trend && trendLine(trend, chart);
  const limits = (trend ? firedRules(trend) : []).flatMap(({ rule, threshold }) =>
    threshold === undefined ? [] : [{ rule, threshold }],
  );
  const { x, lines } = drawnOf(chart, line, limits);
  const marks: Mark[] = (trend ? firedRules(trend) : []).map(({ rule, samples }) => ({
    at: samples[0].ts,
    text: rule,
  }));
  const text = metricText(chart.metric);
  const [most, least] = point === null ? [null, null] : [lines[0].values[point], lines[1].values[point]];
  return (
    <figure class="heap-chart">
      <LineChart
        label={`${shownText(chart.metric, 40)} of ${shownText(name, 60)}${marks.length > 0 ? `, ${marks.length} thresholds passed` : ''}`}
        x={chart.hasTimes ? x.map((ts) => ts / 1000) : x}
        lines={lines}
        xText={chart.hasTimes ? undefined : String}
        yText={text}
        marks={chart.hasTimes ? marks.map((mark) => ({ ...mark, at: mark.at / 1000 })) : marks}
        onPoint={setPoint}
      />
      <figcaption>
        <ul class="key-lines">
          {lines.slice(1).map(({ label, colour, dash, isPoints }) => (
            <li key={label}>
              <svg viewBox="0 0 22 10" width="22" height="10" aria-hidden="true">
                {isPoints ? (
                  <circle cx="11" cy="5" r="3.5" fill={colour} />
                ) : (
                  <line
                    x1="1"
                    x2="21"
                    y1="5"
                    y2="5"
                    stroke={colour}
                    stroke-width="2.5"
                    stroke-dasharray={dash?.join(' ')}
                  />
                )}
              </svg>
              {label}
            </li>
          ))}
          {marks.length > 0 && <li>①… a threshold passed for the first time, as listed below</li>}
        </ul>
        <p class="caption quiet" aria-live="off">
          {point === null || x[point] === undefined
            ? 'Point at the chart for its values.'
            : `${timeText(x[point], chart.hasTimes)}${most === null || least === null ? '' : `: ${text(least)} to ${text(most)}`}`}
        </p>
      </figcaption>
    </figure>
  );
}

/** All over one axis: lines that have nothing at a time have no value there. */
function drawnOf(
  chart: TelemetryChart,
  trend: ReturnType<typeof trendLine>,
  limits: readonly { rule: string; threshold: number }[],
): Drawn {
  const { ts, least, most, lows } = chart;
  const x = [...new Set([...ts, ...lows.map((low) => low.ts), ...(trend ?? []).map((end) => end.ts)])].sort(
    (a, b) => a - b,
  );
  const places = new Map(x.map((at, place) => [at, place]));
  const along = (points: readonly { ts: number; value: number }[]) => {
    const values: (number | null)[] = new Array(x.length).fill(null);
    for (const { ts: at, value } of points) values[places.get(at) as number] = value;
    return values;
  };
  const of = (values: readonly number[]) => along(values.map((value, at) => ({ ts: ts[at], value })));
  const used = lookOf(5, isDark()).colour;
  const lines: Line[] = [
    { label: 'most', values: of(most), colour: used, width: 1 },
    { label: 'used, least to most', values: of(least), colour: used, width: 1, bandTo: 0 },
  ];
  if (lows.length > 0)
    lines.push({
      label: 'behind collections',
      values: along(lows),
      colour: lookOf(0, isDark()).colour,
      isPoints: true,
    });
  if (trend) lines.push({ label: 'trend', values: along(trend), colour: lookOf(1, isDark()).colour, width: 2.4 });
  for (const { rule, threshold } of limits)
    lines.push({
      ...{ label: `threshold ${shownText(rule, 40)}`, colour: colourOf('--bad'), dash: [5, 4], width: 1.2 },
      values: along([x[0], x[x.length - 1]].map((at) => ({ ts: at, value: threshold }))),
    });
  return { x, lines };
}

/** A further figure of the process. */
export function SmallHeapChart({ chart }: { chart: TelemetryChart }) {
  useThemeChanges();
  const { x, lines } = drawnOf({ ...chart, lows: [] }, null, []);
  const text = metricText(chart.metric);
  const last = chart.last[chart.last.length - 1];
  return (
    <figure>
      <figcaption>
        {shownText(chart.metric, 40)} {last !== undefined && <span class="quiet">{text(last)} at the end</span>}
      </figcaption>
      <LineChart
        label={shownText(chart.metric, 40)}
        x={chart.hasTimes ? x.map((ts) => ts / 1000) : x}
        lines={lines}
        xText={chart.hasTimes ? undefined : String}
        yText={text}
        height={180}
      />
    </figure>
  );
}
