import { useId } from 'preact/hooks';
import {
  counted,
  formatBytes,
  formatBytesDelta,
  formatCount,
  formatCountDelta,
  formatShare,
} from '../../report/units.js';
import { type Case, confidenceMeaning } from '../model/cases.js';
import { type Report, sizeOf } from '../model/report.js';
import { comparisonOf, headlineOf } from '../model/verdict.js';
import { Failure } from '../parts/failure.js';
import { Figure } from '../parts/figure.js';
import { HeapComposition } from '../parts/heap-composition.js';
import { Meter } from '../parts/meter.js';
import { Name } from '../parts/name.js';
import { PlaceName } from '../parts/place.js';
import { ShortPath } from '../parts/retainers.js';
import { Sparkline } from '../parts/sparkline.js';
import { Words } from '../parts/words.js';
import { hrefTo } from '../shell/routes.js';
import { Fails, GateSummary, Suppressed } from './overview-gate.js';

/** Suspects told as cards; further ones in a line each. */
const TOLD = 8;

export function Overview({ report }: { report: Report }) {
  const { cases, suppressed } = report;
  const { gate } = report.document;
  const worth = cases.filter(({ level }) => level !== 'faint');
  const rest = [...worth.slice(TOLD), ...cases.filter(({ level }) => level === 'faint')];
  return (
    <>
      <Verdict report={report} />
      {report.snapshots.length + (report.document.scan?.trends.length ?? 0) > 0 && <KeyFigures report={report} />}
      {gate && <GateSummary gate={gate} />}
      {worth.length > 0 && (
        <section aria-labelledby="suspects">
          <h2 id="suspects">
            Suspects <span class="note">the worst first: by confidence and bytes an interval</span>
          </h2>
          {worth.slice(0, TOLD).map((one) => (
            <SuspectCard key={one.rank} suspect={one} />
          ))}
        </section>
      )}
      {rest.length > 0 && <FurtherSuspects cases={rest} />}
      <Suppressed cases={suppressed} />
      <HeapComposition report={report} />
      <Failures report={report} />
      <LeftOut report={report} />
    </>
  );
}

export function Verdict({ report }: { report: Report }) {
  const { tone, sentence, meaning } = headlineOf(report);
  const comparison = comparisonOf(report);
  const { gate } = report.document;
  const fails = gate !== null && gate.failures.length > 0;
  return (
    <section class={`verdict ${fails ? 'bad' : tone}`} aria-label="Verdict">
      {gate && <Fails gate={gate} />}
      <h1>{sentence}</h1>
      {meaning !== '' && <p>{meaning}</p>}
      {comparison !== '' && <p class="quiet">{comparison}</p>}
    </section>
  );
}

export function KeyFigures({ report }: { report: Report }) {
  const { snapshots, series, last, document } = report;
  const read = snapshots.flatMap(({ outcome }) => (outcome.ok ? [outcome] : []));
  const failed = snapshots.length - read.length;
  const sizes = series.map(({ outcome }) => (outcome.ok ? sizeOf(outcome) : null));
  const known = sizes.filter((size) => size !== null);
  const rising = document.scan?.trends.filter(({ isRising }) => isRising) ?? [];
  const hours = rising.flatMap(({ hoursToLimit }) => hoursToLimit ?? []);
  const reclaimable = document.waste?.kinds[0];
  return (
    <section aria-label="Key figures">
      <dl class="figures">
        {read.length > 0 && (
          <Figure
            label={series.length > 1 ? 'Heap, last snapshot' : 'Heap'}
            value={formatBytes(sizeOf(read[read.length - 1]))}
          >
            {known.length > 1 && `${formatBytesDelta(known[known.length - 1] - known[0])} since the first`}
          </Figure>
        )}
        {last && (
          <Figure label="Objects" value={formatCount(last.nodeCount)}>
            {formatCount(last.edgeCount)} references
          </Figure>
        )}
        {read.length > 0 && (
          <Figure
            label="Snapshots read"
            value={failed > 0 ? `${read.length} of ${snapshots.length}` : String(read.length)}
          >
            {failed > 0 ? (
              <a href={hrefTo('inputs')}>{failed} failed</a>
            ) : report.compared.length > 1 ? (
              `${report.compared.length} compared`
            ) : undefined}
          </Figure>
        )}
        {document.scan && (
          <Figure label="Heaps over time" value={String(document.scan.trends.length)}>
            {rising.length > 0 ? `${rising.length} rising` : 'none rising'}
          </Figure>
        )}
        {hours.length > 0 && (
          <Figure label="Until the heap’s limit" value={hoursText(Math.min(...hours))}>
            if the trend goes on
          </Figure>
        )}
        {reclaimable && document.waste && reclaimable.reclaimable > 0 && (
          <Figure label="Largest waste" value={formatBytes(reclaimable.reclaimable)}>
            <a href={hrefTo('waste')}>{formatShare(reclaimable.reclaimable, document.waste.totalSize)} of the heap</a>
          </Figure>
        )}
      </dl>
    </section>
  );
}

export function hoursText(hours: number): string {
  if (hours < 48) return `${Number(hours.toPrecision(2))} h`;
  return `${formatCount(Math.round(hours / 24))} days`;
}

function SuspectCard({ suspect }: { suspect: Case }) {
  const { rank, title, signature, holder, place, isOriginal, path, repair, detectors, confidence, level } = suspect;
  const { severity, baseline } = suspect;
  const at = hrefTo('suspect', signature);
  return (
    <article class={`card ${level}`} aria-labelledby={`suspect-${rank}`}>
      <div class="card-head">
        <h3 id={`suspect-${rank}`}>
          <span class="rank">{rank}</span>
          <a href={at}>
            <Words text={title} most={300} />
          </a>
        </h3>
        {baseline && <span class={`tag ${baseline === 'new' ? 'bad' : 'plain'}`}>{baseline}</span>}
        {severity === 'HIGH' && <span class="tag bad">high severity</span>}
        {detectors.map((name) => (
          <span class="tag" key={name}>
            <Name text={name} most={40} />
          </span>
        ))}
      </div>
      <div class="card-body">
        <GrowthFigure suspect={suspect} />
        <dl class="facts">
          <dt>Confidence</dt>
          <dd>
            <Meter value={confidence} label="Confidence" tone={level} />
            <span class="quiet">{confidenceMeaning(suspect)}</span>
          </dd>
          <dt>Held by</dt>
          <dd>
            <code>
              <Name text={holder.expression} />
            </code>
            {place && (
              <>
                {' '}
                <PlaceName place={place} />
                {isOriginal && <span class="quiet"> by its source map</span>}
              </>
            )}
          </dd>
          <dt>Path</dt>
          <dd>
            <ShortPath path={path} />
          </dd>
          <dt>Change</dt>
          <dd class="repair">
            <Words text={repair} most={600} />
          </dd>
        </dl>
      </div>
    </article>
  );
}

function GrowthFigure({ suspect: { growth, retainedSize } }: { suspect: Case }) {
  if (growth === null || growth.count.length === 0)
    return (
      <div class="growth-figure">
        <span class="value">{formatBytes(retainedSize)}</span>
        <span class="quiet">retained; growth unknown from one snapshot</span>
      </div>
    );
  const { count, countPerInterval, bytesPerInterval, shape } = growth;
  const counts = `${formatCount(count[0])} → ${formatCount(count[count.length - 1])}`;
  return (
    <div class="growth-figure">
      <Sparkline values={count} label={`${counts} objects, ${shape}`} width={190} height={56} />
      <span class="value">{counts}</span>
      <span class="quiet">
        {formatCountDelta(countPerInterval)} and {formatBytesDelta(bytesPerInterval)} an interval, {shape ?? 'growing'}
      </span>
      <span class="quiet">retains {formatBytes(retainedSize)}</span>
    </div>
  );
}

function FurtherSuspects({ cases }: { cases: readonly Case[] }) {
  return (
    <details class="further">
      <summary>{counted(cases.length, 'further suspect')} of less confidence or weight</summary>
      <ul>
        {cases.map(({ rank, title, signature, confidence, retainedSize }) => (
          <li key={rank}>
            <a href={hrefTo('suspect', signature)}>
              <Words text={title} most={300} />
            </a>
            <span class="quiet">
              {' '}
              confidence {confidence.toFixed(2)}, retains {formatBytes(retainedSize)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Failures told on the first page. */
const FAILURES = 5;

function Failures({ report }: { report: Report }) {
  const failed = report.snapshots.filter(({ outcome }) => !outcome.ok);
  if (failed.length === 0) return null;
  return (
    <section aria-labelledby="failures">
      <h2 id="failures">{counted(failed.length, 'snapshot')} could not be read</h2>
      <ul class="failures">
        {failed.slice(0, FAILURES).map(({ index, name, outcome }) => (
          <li key={index}>
            <Name text={name} />: {!outcome.ok && <Failure error={outcome.error} />}
          </li>
        ))}
      </ul>
      {failed.length > FAILURES && <a href={hrefTo('inputs')}>all of them</a>}
    </section>
  );
}

export function LeftOut({ report }: { report: Report }) {
  const { leftOut } = report.document;
  const id = useId();
  return (
    <section class="left-out" aria-labelledby={id}>
      <h2 id={id}>What this report leaves out</h2>
      <ul>
        {leftOut.map(({ what, shown, of }) => (
          <li key={what}>
            {what}: {formatCount(shown)} of {formatCount(of)} are here, the largest or most suspicious
          </li>
        ))}
        <li>values of strings: their lengths and fingerprints stand for them unless values were asked for</li>
      </ul>
    </section>
  );
}
