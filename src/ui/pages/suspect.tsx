import { useEffect, useRef } from 'preact/hooks';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta, formatShare } from '../../report/units.js';
import { type Case, confidenceMeaning } from '../model/cases.js';
import { inspectCommand } from '../model/inspect-command.js';
import { stepOf } from '../model/path-steps.js';
import type { Report } from '../model/report.js';
import { CopyLine } from '../parts/copy.js';
import { Figure } from '../parts/figure.js';
import { Meter } from '../parts/meter.js';
import { Name } from '../parts/name.js';
import { NodeId } from '../parts/node-id.js';
import { PathPicture } from '../parts/path-picture.js';
import { PlaceName } from '../parts/place.js';
import { TrailSteps } from '../parts/trail-steps.js';
import { Words } from '../parts/words.js';
import { hrefTo } from '../shell/routes.js';
import { UntilWhen } from './overview-gate.js';
import { SuspectGrowthCharts } from './suspect-growth.js';
import { Terms } from './suspect-terms.js';

/** `rest`: the signature, and the section that an anchor names. */
export function SuspectPage({ report, rest }: { report: Report; rest: readonly string[] }) {
  const [signature = '', section] = rest;
  const all = [...report.cases, ...report.suppressed];
  const found = all.find((one) => one.signature.toWellFormed() === signature || one.signature === signature);
  if (found === undefined)
    return (
      <>
        <h1>No such suspect</h1>
        <p>
          This report has no suspect with the signature <Name text={signature} most={80} />.{' '}
          <a href={hrefTo('overview')}>The overview</a> has those there are.
        </p>
      </>
    );
  return <Detail key={signature} suspect={found} report={report} section={section} />;
}

interface DetailProps {
  readonly suspect: Case;
  readonly report: Report;
  readonly section: string | undefined;
}

function Detail({ suspect, report, section }: DetailProps) {
  const { title, rank, holder, place, isOriginal, path, repair, evidence, sampleIds, terms, trail, signature } =
    suspect;
  const { detectors, suppressed, baseline } = suspect;
  const body = useRef<HTMLElement>(null);
  useEffect(() => {
    if (section) body.current?.querySelector(`#part-${CSS.escape(section)}`)?.scrollIntoView();
  }, [section]);
  return (
    <article ref={body} class="suspect">
      <div class="page-head">
        <p class="quiet">
          <a href={hrefTo('overview')}>Suspects</a> › {rank} of {report.cases.length + report.suppressed.length}
        </p>
        <h1>
          <Words text={title} most={300} />
        </h1>
        <p>
          Held by{' '}
          <code>
            <Name text={holder.expression} />
          </code>
          {place && (
            <>
              {' at '}
              <PlaceName place={place} />
              {isOriginal && ', by its source map'}
            </>
          )}
        </p>
        {suppressed && (
          <p>
            <span class="tag warn">suppressed</span> <UntilWhen mark={suppressed} />
          </p>
        )}
        {baseline && (
          <p>
            <span class={`tag ${baseline === 'new' ? 'bad' : 'plain'}`}>{baseline}</span>{' '}
            {baseline === 'new' ? 'The baseline does not have it.' : 'The baseline has it.'}
          </p>
        )}
        {detectors.length > 0 && (
          <p class="tags">
            Known as{' '}
            {detectors.map((name) => (
              <span class="tag" key={name}>
                <Name text={name} most={40} />
              </span>
            ))}
          </p>
        )}
      </div>
      <SuspectFigures suspect={suspect} report={report} />
      <section class="change" aria-labelledby="part-change">
        <h2 id="part-change">What to change</h2>
        <p class="repair">
          <Words text={repair} most={600} />
        </p>
      </section>
      <section aria-labelledby="part-growth">
        <h2 id="part-growth">Growth</h2>
        <SuspectGrowthCharts suspect={suspect} report={report} />
      </section>
      <section aria-labelledby="part-path">
        <h2 id="part-path">
          Who holds it <span class="note">the shortest path from the root</span>
        </h2>
        <PathPicture path={path} holder={holder.expression} />
        <InTree path={path} report={report} />
      </section>
      <div class="two-columns">
        {evidence.length > 0 && (
          <section aria-labelledby="part-evidence">
            <h2 id="part-evidence">Evidence</h2>
            <table class="rows">
              <tbody>
                {evidence.map(({ label, value }) => (
                  <tr key={label}>
                    <th scope="row">
                      <Words text={label} most={120} />
                    </th>
                    <td>{typeof value === 'number' ? formatCount(value) : <Name text={value} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {terms && <Terms terms={terms} suspect={suspect} />}
      </div>
      {trail.length > 0 && (
        <section aria-labelledby="part-trail">
          <h2 id="part-trail">What each layer saw</h2>
          <TrailSteps trail={trail} />
        </section>
      )}
      {sampleIds.length > 0 && report.last && (
        <section aria-labelledby="part-samples">
          <h2 id="part-samples">
            Look at some of them <span class="note">the newest, by id in the last snapshot</span>
          </h2>
          {sampleIds.map((id) => (
            <div key={id} class="sample">
              <NodeId id={id} />
              <CopyLine text={inspectCommand(report.last?.file ?? '', id)} />
            </div>
          ))}
        </section>
      )}
      <p class="signature quiet">
        Signature <Name text={signature} most={80} />: the same for the same leak in every run and build.
      </p>
    </article>
  );
}

/** Where the same can be seen from the other side: by what keeps alive what. */
function InTree({ path, report: { document } }: { path: readonly string[]; report: Report }) {
  const last = path[path.length - 1];
  const name = last === undefined ? '' : stepOf(last).node;
  if (document.tree === null || !document.tree.texts.includes(name)) return null;
  return (
    <p class="in-tree">
      <a href={hrefTo('tree', '', 'treemap', name)}>
        Look at <Name text={name} most={60} /> in the dominator tree
      </a>
    </p>
  );
}

function SuspectFigures({ suspect, report }: { suspect: Case; report: Report }) {
  const { confidence, growth, retainedSize, level, severity, seedScore } = suspect;
  return (
    <dl class="figures" id="part-retained">
      <div class="figure wide">
        <dt>Confidence</dt>
        <dd>
          <Meter value={confidence} label="Confidence" tone={level} />
          <span class="aside">{confidenceMeaning(suspect)}</span>
        </dd>
      </div>
      <Figure label="Retains" value={formatBytes(retainedSize)}>
        {report.last && `${formatShare(retainedSize, report.last.totalSize)} of the heap`}
      </Figure>
      {growth && (
        <Figure label="An interval" value={formatBytesDelta(growth.bytesPerInterval)}>
          {formatCountDelta(growth.countPerInterval)} objects
        </Figure>
      )}
      {severity && (
        <Figure label="Severity" value={severity === 'HIGH' ? 'high' : 'medium'}>
          {seedScore !== null && `by the first formula ${seedScore.toFixed(2)}`}
        </Figure>
      )}
    </dl>
  );
}
