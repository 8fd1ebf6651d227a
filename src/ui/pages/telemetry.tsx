import type { HeapTrend } from '../../base/scan-types.js';
import { counted, formatBytes, formatBytesDelta, formatCount, formatShare } from '../../report/units.js';
import { HeapChart, SmallHeapChart } from '../charts/heap-chart.js';
import { firedRules, type Heap, heapsOf, timeText } from '../model/heaps.js';
import type { Report } from '../model/report.js';
import { Figure } from '../parts/figure.js';
import { Name } from '../parts/name.js';
import { Words } from '../parts/words.js';
import { hoursText } from './overview.js';
import { Sites } from './sites.js';

/** Heaps drawn at once; more of them only slow the page down. */
const DRAWN = 12;

export function Telemetry({ report }: { report: Report }) {
  const heaps = heapsOf(report.document);
  const rising = heaps.filter(({ trend }) => trend?.isRising).length;
  const sites = report.document.scan?.sites ?? [];
  return (
    <>
      <div class="page-head">
        <h1>
          {heaps.length === 0
            ? 'No heap over time'
            : rising > 0
              ? `${counted(rising, 'heap goes', 'heaps go')} on growing.`
              : 'No heap goes on growing.'}
        </h1>
        <p>
          A heap rises until it is collected, so the line that counts is the one through what collections leave behind.
          Thresholds beside it are told, and decide nothing.
        </p>
      </div>
      {heaps.slice(0, DRAWN).map((heap) => (
        <HeapSection key={`${heap.name} ${heap.chart?.metric ?? heap.trend?.metric}`} heap={heap} />
      ))}
      {heaps.length > DRAWN && <OtherHeaps heaps={heaps.slice(DRAWN)} />}
      {sites.length > 0 && <Sites sites={sites} />}
    </>
  );
}

function HeapSection({ heap }: { heap: Heap }) {
  const { trend, chart, others, name } = heap;
  return (
    <section class="heap">
      <h2>
        <Words text={name} most={120} /> {trend?.isRising && <span class="tag bad">rising</span>}
      </h2>
      {trend && <HeapFigures trend={trend} />}
      {chart ? <HeapChart heap={heap} /> : <p class="quiet">There is nothing to draw of it in this report.</p>}
      {trend && <FiredRules trend={trend} />}
      {others.length > 0 && (
        <div class="small-charts">
          {others.map((other) => (
            <SmallHeapChart key={other.metric} chart={other} />
          ))}
        </div>
      )}
    </section>
  );
}

function HeapFigures({ trend }: { trend: HeapTrend }) {
  const { start, end, slope, hasTimes, shape, pValue, limit, hoursToLimit, pressure, longestPause, points, basis } =
    trend;
  const per = hasTimes ? 'an hour' : 'a sample';
  return (
    <dl class="figures">
      <Figure label="Left by collections" value={formatBytesDelta(end - start)}>
        {formatBytes(start)} → {formatBytes(end)}, by {points} {basis}
      </Figure>
      <Figure label={`Trend ${per}`} value={slope ? formatBytesDelta(slope.median) : 'none'}>
        {pValue === null ? 'too few points' : `${shape}, p ${pValue.toPrecision(2)}`}
      </Figure>
      {slope && slope.level > 0 && (
        <Figure label={`Between, ${formatShare(slope.level, 1)} sure`} value={formatBytesDelta(slope.low)}>
          and {formatBytesDelta(slope.high)}
        </Figure>
      )}
      {limit !== null && (
        <Figure label="Limit" value={formatBytes(limit)}>
          {pressure.ofLimit !== null && `${formatShare(pressure.ofLimit, 1)} of it used`}
        </Figure>
      )}
      {hoursToLimit !== null && (
        <Figure label="Until its limit" value={hoursText(hoursToLimit)}>
          if the trend goes on
        </Figure>
      )}
      {pressure.unused !== null && (
        <Figure label="Taken, not used" value={formatBytes(pressure.unused)}>
          free between objects, and in reserve
        </Figure>
      )}
      {longestPause !== null && <Figure label="Longest pause" value={`${Number(longestPause.toPrecision(3))} ms`} />}
    </dl>
  );
}

function FiredRules({ trend }: { trend: HeapTrend }) {
  const fired = firedRules(trend);
  const quiet = trend.rules.filter((rule) => rule.fired === 0).map(({ rule }) => rule);
  return (
    <div class="rules">
      {fired.length > 0 && (
        <table class="rows">
          <caption>Thresholds that were passed</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="rank">Nr.</span>Rule
              </th>
              <th scope="col" class="number">
                Times
              </th>
              <th scope="col">First</th>
              <th scope="col" class="minor">
                Snapshot nearest to it
              </th>
            </tr>
          </thead>
          <tbody>
            {fired.map(({ rule, fired: times, samples, nearestSnapshot }, at) => (
              <tr key={rule}>
                <td>
                  <span class="rank">{at + 1}</span>
                  <Words text={rule} most={80} />
                </td>
                <td class="number">{formatCount(times)}</td>
                <td>
                  {samples[0] &&
                    `${timeText(samples[0].ts, trend.hasTimes)}: ${formatBytes(samples[0].value)} over ${formatBytes(samples[0].threshold)}`}
                </td>
                <td class="minor">{nearestSnapshot !== undefined && <Name text={nearestSnapshot} most={80} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {quiet.length > 0 && (
        <p class="quiet">
          Not passed: <Words text={quiet.join(', ')} most={300} />.
        </p>
      )}
    </div>
  );
}

function OtherHeaps({ heaps }: { heaps: readonly Heap[] }) {
  return (
    <section>
      <h2>{counted(heaps.length, 'further heap')}</h2>
      <ul>
        {heaps.map(({ name, trend }) => (
          <li key={name}>
            <Name text={name} most={120} />
            {trend &&
              `: ${formatBytes(trend.start)} → ${formatBytes(trend.end)}, ${trend.isRising ? 'rising, ' : ''}${trend.shape}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
