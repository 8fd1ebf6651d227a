import { useId } from 'preact/hooks';
import { formatBytes, formatShare } from '../../report/units.js';
import { heapKinds } from '../model/heap-kinds.js';
import { type Report, sizeOf } from '../model/report.js';
import { hrefTo } from '../shell/routes.js';
import { Name } from './name.js';
import { Sparkline } from './sparkline.js';

/** What the last heap consists of, and how large those before it were. */
export function HeapComposition({ report }: { report: Report }) {
  const { last, series, document } = report;
  const id = useId();
  if (last === null || last.totalSize <= 0) return null;
  const kinds = heapKinds(last.statistics);
  let start = 0;
  const spans = kinds.map((kind, at) => {
    const x = start;
    start += (1000 * kind.bytes) / last.totalSize;
    return { ...kind, at, x, width: Math.max(0, start - x) };
  });
  const sizes = series.map(({ outcome }) => (outcome.ok ? sizeOf(outcome) : null));
  return (
    <section class="composition" aria-labelledby={id}>
      <h2 id={id}>
        The heap <span class="note">by kind of memory, as DevTools’ statistics tell it</span>
      </h2>
      <div class="composition-body">
        <div>
          <svg class="stack" viewBox="0 0 1000 22" preserveAspectRatio="none" aria-hidden="true">
            {spans.map(({ name, at, x, width }) => (
              <rect key={name} class={`kind-${at}`} x={x} width={width} height="22" />
            ))}
          </svg>
          <ul class="stack-key">
            {spans.map(({ name, bytes, at }) => (
              <li key={name}>
                <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                  <rect class={`kind-${at}`} width="12" height="12" rx="2" />
                </svg>
                {name} <b>{formatBytes(bytes)}</b> <span class="quiet">{formatShare(bytes, last.totalSize)}</span>
              </li>
            ))}
          </ul>
        </div>
        {sizes.length > 1 && (
          <figure>
            <Sparkline values={sizes} label="Size of the heap, snapshot by snapshot" width={260} height={64} />
            <figcaption class="quiet">
              {formatBytes(sizes[0] ?? 0)} → {formatBytes(sizes[sizes.length - 1] ?? 0)} over {sizes.length} snapshots
            </figcaption>
          </figure>
        )}
      </div>
      <LargestClasses report={report} isLinked={document.tree !== null} />
    </section>
  );
}

const LARGEST = 5;

/** The first things to look at where nothing is suspected. */
function LargestClasses({ report: { last }, isLinked }: { report: Report; isLinked: boolean }) {
  const own = [...(last?.classes ?? [])].sort((a, b) => b.selfSize - a.selfSize).slice(0, LARGEST);
  if (own.length === 0) return null;
  return (
    <p class="largest">
      <span class="quiet">Most bytes of their own: </span>
      {own.map(({ key, name, selfSize }) => (
        <span class="class" key={key}>
          {isLinked ? (
            <a href={hrefTo('tree', '', 'treemap', name)}>
              <Name text={name} most={40} />
            </a>
          ) : (
            <Name text={name} most={40} />
          )}{' '}
          {formatBytes(selfSize)}
        </span>
      ))}
    </p>
  );
}
