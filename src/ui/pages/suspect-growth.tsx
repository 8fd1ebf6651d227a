import { formatBytes, formatBytesDelta, formatCount, formatShare } from '../../report/units.js';
import { LineChart } from '../charts/line-chart.js';
import { lookOf } from '../charts/line-colours.js';
import type { Case } from '../model/cases.js';
import type { Report } from '../model/report.js';
import { shownText } from '../model/shown-text.js';
import { Bars } from '../parts/bars.js';
import { isDark, useThemeChanges } from '../shell/theme.js';

export function SuspectGrowthCharts({ suspect: { growth }, report }: { suspect: Case; report: Report }) {
  useThemeChanges();
  if (growth === null || growth.count.length < 2)
    return <p>One snapshot shows that it is there, and not whether it grows. A second one, taken later, would tell.</p>;
  const { count, retainedSize, births, shape, pValue, adjustedPValue, bytesInterval } = growth;
  const { compared } = report;
  const names = count.map((_, at) => compared[at]?.short ?? String(at + 1));
  const common = { x: count.map((_, at) => at), xText: (at: number) => shownText(names[at] ?? '', 12), height: 210 };
  const p = adjustedPValue ?? pValue;
  return (
    <>
      <div class="small-charts">
        <figure>
          <figcaption>
            Objects <span class="quiet">{`${formatCount(count[0])} → ${formatCount(count[count.length - 1])}`}</span>
          </figcaption>
          <LineChart
            {...common}
            label={`Objects: ${count.join(', ')}`}
            lines={[{ label: 'objects', values: count, colour: lookOf(0, isDark()).colour }]}
            yText={formatCount}
          />
        </figure>
        <figure>
          <figcaption>
            Retained size{' '}
            <span class="quiet">{`${formatBytes(retainedSize[0])} → ${formatBytes(retainedSize[retainedSize.length - 1])}`}</span>
          </figcaption>
          <LineChart
            {...common}
            label={`Retained size: ${retainedSize.map(formatBytes).join(', ')}`}
            lines={[{ label: 'retained size', values: retainedSize, colour: lookOf(1, isDark()).colour }]}
            yText={formatBytes}
          />
        </figure>
        {births && births.length > 0 && (
          <figure>
            <figcaption>
              Born in <span class="quiet">of the living ones sampled, in which interval</span>
            </figcaption>
            <Bars
              values={births}
              names={births.map((_, at) => (at === 0 ? 'before' : `${names[at] ?? at}`))}
              label="Living objects by the interval they were born in"
            />
          </figure>
        )}
      </div>
      {shape && (
        <p class="quiet">
          Shape: {shape}. That counts without a trend rise like this has a probability of {p.toPrecision(2)}
          {adjustedPValue !== null && ', adjusted for all groups tested'}.
          {bytesInterval.level > 0 &&
            ` ${formatBytesDelta(bytesInterval.low)} to ${formatBytesDelta(bytesInterval.high)} an interval, at a level of ${formatShare(bytesInterval.level, 1)}.`}
        </p>
      )}
    </>
  );
}
