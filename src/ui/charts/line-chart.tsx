import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colourOf, useThemeChanges } from '../shell/theme.js';
import { timeLabels } from './time-axis.js';

export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly colour: string;
  readonly dash?: readonly number[];
  readonly width?: number;
  /** Values without a line between them. */
  readonly isPoints?: boolean;
  /** The line that this one spans an area with: its position among `lines`. */
  readonly bandTo?: number;
}

/** A time or position that something happened at. Marks are numbered in their order, from 1. */
export interface Mark {
  readonly at: number;
  readonly text: string;
}

export interface LineChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
  readonly isLog?: boolean;
  /** Of a position, where `x` are positions; undefined for times. */
  readonly xText?: (x: number) => string;
  readonly yText: (value: number) => string;
  readonly marks?: readonly Mark[];
  readonly height?: number;
  /** The position that the pointer is at; null where there is none. */
  readonly onPoint?: (index: number | null) => void;
}

/** Lines whose values are read out: more of them nobody would listen to. */
const READ_OUT = 6;

/**
 * Series over one axis. Drawn anew when what it shows or the colours change, and as wide as there is room. The arrow keys move along it, and
 * say what there is.
 */
export function LineChart(props: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [point, setPoint] = useState<number | null>(null);
  const theme = useThemeChanges();
  const { height = 340, x, label } = props;
  const content = JSON.stringify([x, props.lines, props.isLog, props.marks]);
  const tell = (index: number | null) => {
    setPoint(index);
    latest.current.onPoint?.(index);
  };
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const plot = new uPlot(optionsOf(latest, element.clientWidth, height, tell), dataOf(latest.current), element);
    drawn.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [content, theme, height]);
  const onKey = (event: KeyboardEvent) => {
    const to = movedBy(event.key, point, x.length);
    if (to === undefined || drawn.current === null) return;
    drawn.current.setCursor({ left: drawn.current.valToPos(x[to], 'x'), top: 1 });
    event.preventDefault();
  };
  const at = point ?? x.length - 1;
  return (
    <div
      class="chart"
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, x.length - 1)}
      aria-valuenow={Math.max(0, at)}
      aria-valuetext={textAt(props, at)}
      onKeyDown={onKey}
    />
  );
}

function movedBy(key: string, point: number | null, count: number): number | undefined {
  const at = point ?? count - 1;
  const moves: Readonly<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 };
  return Object.hasOwn(moves, key) && count > 0 ? Math.min(count - 1, Math.max(0, moves[key])) : undefined;
}

function textAt({ x, lines, xText, yText }: LineChartProps, at: number): string {
  if (x[at] === undefined) return 'nothing';
  const known = lines.flatMap(({ label, values }) => {
    const value = values[at] ?? null;
    return value === null ? [] : [`${label} ${yText(value)}`];
  });
  const when = xText ? xText(x[at]) : new Date(x[at] * 1000).toISOString();
  return `${when}: ${known.slice(0, READ_OUT).join(', ')}`;
}

function dataOf({ x, lines, isLog }: LineChartProps): uPlot.AlignedData {
  // A logarithm has no zero: what is none or less is not drawn.
  const drawn = (value: number | null) => (isLog && value !== null && value <= 0 ? null : value);
  return [[...x], ...lines.map(({ values }) => values.map(drawn))];
}

function optionsOf(
  latest: { readonly current: LineChartProps },
  width: number,
  height: number,
  tell: (index: number | null) => void,
): uPlot.Options {
  const { lines, isLog = false, xText, yText } = latest.current;
  const ink = colourOf('--ink-2');
  const grid = { stroke: colourOf('--line'), width: 1 };
  const axis = {
    stroke: ink,
    grid,
    ticks: { ...grid, size: 4 },
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { points: { size: 7 }, drag: { x: false, y: false }, y: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: {
      x: { time: xText === undefined, ...(xText && { range: padded }) },
      y: isLog
        ? { distr: 3 }
        : { range: (_, low, high) => uPlot.rangeNum(Math.min(0, low), high > 0 ? high : 1, 0.1, true) },
    },
    axes: [
      {
        ...axis,
        ...(xText
          ? {
              splits: (plot: uPlot) => wholePositions(plot, latest.current.x),
              values: (_: uPlot, at: number[]) => at.map(xText),
            }
          : { values: (_: uPlot, at: number[], __: number, ___: number, step: number) => timeLabels(at, step) }),
      },
      { ...axis, size: 76, values: (_, at) => at.map((value) => (value === null ? '' : yText(value))) },
    ],
    series: [{}, ...lines.map(seriesOf)],
    bands: lines.flatMap(({ bandTo, colour }, at) =>
      bandTo === undefined ? [] : [{ series: [bandTo + 1, at + 1] as [number, number], fill: `${colour}33` }],
    ),
    hooks: {
      setCursor: [(plot) => tell(plot.cursor.idx ?? null)],
      draw: [(plot) => drawMarks(plot, latest.current.marks ?? [])],
    },
  };
}

function seriesOf({ label, colour, dash = [], width = 1.8, isPoints = false, bandTo }: Line): uPlot.Series {
  return {
    label,
    stroke: colour,
    width: isPoints ? 0 : width,
    dash: [...dash],
    spanGaps: true,
    ...(isPoints && { paths: () => null }),
    points: {
      show: isPoints || (bandTo === undefined && undefined),
      size: isPoints ? 6 : 5,
      fill: colour,
      stroke: colour,
    },
  };
}

/** Half a step around positions, so that the first and the last have room for their labels. */
function padded(_: uPlot, low: number, high: number): [number, number] {
  const room = Math.max(0.3, (high - low) * 0.03);
  return [low - room, high + room];
}

const PIXELS_FOR_A_LABEL = 64;

function wholePositions(plot: uPlot, x: readonly number[]): number[] {
  const room = Math.max(2, Math.floor(plot.width / PIXELS_FOR_A_LABEL));
  const stride = Math.ceil(x.length / room);
  return x.filter((_, at) => (x.length - 1 - at) % stride === 0);
}

/** Numbers of marks that lie one above the other, as several may be close. */
const MARKS_ABOVE = 5;

function drawMarks(plot: uPlot, marks: readonly Mark[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colourOf('--bad');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.font = `600 ${10 * devicePixelRatio}px sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const [place, { at }] of marks.entries()) {
    const x = Math.round(plot.valToPos(at, 'x', true));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    const y = bbox.top + (9 + 18 * (place % MARKS_ABOVE)) * devicePixelRatio;
    ctx.arc(x, y, 8 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.fillStyle = colourOf('--ground');
    ctx.fillText(String(place + 1), x, y);
    ctx.fillStyle = colourOf('--bad');
  }
  ctx.restore();
}
