import { Name } from './name.js';

interface BarsProps {
  readonly values: readonly number[];
  readonly names: readonly string[];
  readonly label: string;
}

const HEIGHT = 96;
const WIDTH = 30;
/** More of them have no room for their numbers. */
const MOST_LABELLED = 14;

/** A number for each of a few steps; for many steps their shape. */
export function Bars({ values, names, label }: BarsProps) {
  const most = Math.max(...values, 1);
  const isLabelled = values.length <= MOST_LABELLED;
  const told = `${label}: ${values.map((value, at) => `${names[at]} ${value}`).join(', ')}`;
  return (
    <div class="bars" role="img" aria-label={told}>
      {values.map((value, at) => (
        // A name may come twice.
        <span class="bar" key={`${at} ${names[at]}`}>
          {isLabelled && <span class="number">{value}</span>}
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} height={HEIGHT} preserveAspectRatio="none" aria-hidden="true">
            <rect width={WIDTH} y={HEIGHT - (value / most) * HEIGHT} height={(value / most) * HEIGHT} />
          </svg>
          {isLabelled && <Name text={names[at]} most={7} />}
        </span>
      ))}
    </div>
  );
}
