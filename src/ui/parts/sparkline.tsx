interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

const INSET = 3;

/** A series as a line over an area, from zero, so that a small change of much looks small. */
export function Sparkline({ values, label, width = 160, height = 40 }: SparklineProps) {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  if (known.length < 2) return null;
  const most = Math.max(...known.map(({ value }) => value), 1);
  const x = (at: number) => INSET + (at / (values.length - 1)) * (width - 2 * INSET);
  const y = (value: number) => height - INSET - (value / most) * (height - 2 * INSET);
  const points = known.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
  const last = known[known.length - 1];
  const floor = (height - INSET).toFixed(1);
  return (
    <svg
      class="sparkline"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      <polygon points={`${x(known[0].at).toFixed(1)},${floor} ${points.join(' ')} ${x(last.at).toFixed(1)},${floor}`} />
      <polyline points={points.join(' ')} />
      <circle cx={x(last.at)} cy={y(last.value)} r={INSET - 0.5} />
    </svg>
  );
}
