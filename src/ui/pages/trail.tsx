import { LAYERS } from '../../base/scan-layers.js';
import type { ScanLayer, ScanReport } from '../../base/scan-types.js';
import { counted } from '../../report/units.js';
import type { Report } from '../model/report.js';
import { Name } from '../parts/name.js';
import { TrailSteps } from '../parts/trail-steps.js';
import { Words } from '../parts/words.js';
import { hrefTo } from '../shell/routes.js';

const SIGNS = 12;

export function Trail({ report, scan }: { report: Report; scan: ScanReport }) {
  const cases = [...report.cases, ...report.suppressed];
  return (
    <>
      <div class="page-head">
        <h1>Five layers, one after the other</h1>
        <p>
          Each layer goes by evidence of its own and is signed over those before it: none is skipped, and a layer
          without evidence says so.
        </p>
      </div>
      {scan.contradictions.length > 0 && (
        <section class="verdict warn">
          <h2>Contradictions</h2>
          <ul>
            {scan.contradictions.map((text) => (
              <li key={text}>
                <Words text={text} most={500} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <ReasonsToReport scan={scan} />
      <h2>Layers</h2>
      <Layers layers={scan.layers} />
      {cases.length > 0 && (
        <section>
          <h2>What they saw of each finding</h2>
          {cases.map(({ rank, title, signature, trail }) => (
            <section class="finding-trail" key={rank}>
              <h3>
                <span class="rank">{rank}</span>
                <a href={hrefTo('suspect', signature)}>
                  <Words text={title} />
                </a>
              </h3>
              <TrailSteps trail={trail} />
            </section>
          ))}
        </section>
      )}
      <Checklist report={report} scan={scan} />
      {scan.missed && (
        <section>
          <h2>What may have been missed</h2>
          <p>
            Trends found {scan.missed.byGrowth}, patterns {scan.missed.byPattern}, and {scan.missed.byBoth} were found
            by both. By Chapman’s estimate {counted(Number(scan.missed.missed.toFixed(1)), 'leak')} may have escaped
            both.
          </p>
        </section>
      )}
    </>
  );
}

/** What makes it worth a report, and how it was come by; nothing where that goes without saying. */
function ReasonsToReport({ scan: { trigger, severitySeed, isWidened } }: { scan: ScanReport }) {
  const reasons = [
    ...(trigger === 'P99' ? ['Reported since a heap is above the 99th percentile of its baseline.'] : []),
    ...(severitySeed !== null
      ? [`Severity by the longest pause: ${severitySeed.toLowerCase()}. No verdict depends on it.`]
      : []),
    ...(isWidened ? ['None of the likely candidates had a path, so L3 has gone back to L2 for less likely ones.'] : []),
  ];
  return reasons.length === 0 ? null : <p>{reasons.join(' ')}</p>;
}

export function Layers({ layers }: { layers: readonly ScanLayer[] }) {
  return (
    <ol class="layers">
      {layers.map(({ level, output, status, reason, signature_hash: signature, prevHash }, at) => (
        <li key={at} class={status === 'ok' ? 'ok' : 'none'}>
          <h3>
            L{level} {LAYERS[level - 1]?.title}
            <span class={`tag ${status === 'ok' ? 'good' : 'warn'}`}>
              {status === 'ok' ? 'evidence' : 'no evidence'}
            </span>
          </h3>
          {reason !== undefined && (
            <p>
              <Words text={reason} />
            </p>
          )}
          <p class="quiet chain">
            <Name text={output} most={60} />, signed <code title={signature}>{signature.slice(0, SIGNS)}</code>
            {prevHash !== '' && (
              <>
                {' over '}
                <code title={prevHash}>{prevHash.slice(0, SIGNS)}</code>
              </>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

function Checklist({ report, scan: { checklist } }: { report: Report; scan: ScanReport }) {
  const { symptoms, causes } = checklist;
  if (symptoms.length === 0 && causes.length === 0) return null;
  const said = (isSeen: boolean | null) =>
    isSeen === null ? 'not told by the evidence' : isSeen ? 'seen' : 'not seen';
  return (
    <div class="two-columns">
      <section>
        <h2>Symptoms</h2>
        <table class="rows">
          <tbody>
            {symptoms.map(({ name, isSeen }) => (
              <tr key={name}>
                <th scope="row">
                  <Words text={name} />
                </th>
                <td class={isSeen ? 'delta-up' : 'quiet'}>{said(isSeen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section>
        <h2>Causes they may come from</h2>
        <table class="rows">
          <tbody>
            {causes.map(({ name, findings }) => (
              <tr key={name}>
                <th scope="row">
                  <Words text={name} />
                </th>
                <td>
                  {findings.length === 0 ? (
                    <span class="quiet">none</span>
                  ) : (
                    findings.map((one) => <FindingLink key={one} report={report} signature={one} />)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function FindingLink({ report, signature }: { report: Report; signature: string }) {
  const found = [...report.cases, ...report.suppressed].find((one) => one.signature === signature);
  return (
    <a class="finding-link" href={hrefTo('suspect', signature)}>
      {found ? `finding ${found.rank}` : 'a finding'}
    </a>
  );
}
