import { Name } from './name.js';

interface BarsProps {
  readonly values: readonly number[];
  readonly names: readonly string[];
  readonly label: string;
}

const HEIGHT = 84;
const WIDTH = 34;

/** A number for each of a few steps. */
export function Bars({ values, names, label }: BarsProps) {
  const most = Math.max(...values, 1);
  return (
    <ul class="bars" aria-label={label}>
      {values.map((value, at) => (
        <li key={names[at]}>
          <span class="number">{value}</span>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
            <rect width={WIDTH} y={HEIGHT - (value / most) * HEIGHT} height={(value / most) * HEIGHT} rx="2" />
          </svg>
          <Name text={names[at]} most={10} />
        </li>
      ))}
    </ul>
  );
}
