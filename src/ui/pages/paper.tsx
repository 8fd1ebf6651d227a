import type { GateReport } from '../../base/gate-types.js';
import { formatBytes, formatCount, formatCountDelta } from '../../report/units.js';
import { type Case, confidenceMeaning } from '../model/cases.js';
import { comparisonSentence, comparisonTitle } from '../model/gate.js';
import { changeOf, type GrowingRow, growthOf } from '../model/growth.js';
import { heapsOf } from '../model/heaps.js';
import type { Report } from '../model/report.js';
import { BudgetTables, FigureChanges, SuspectChanges } from '../parts/gate-tables.js';
import { HeapComposition } from '../parts/heap-composition.js';
import { Name } from '../parts/name.js';
import { PlaceName } from '../parts/place.js';
import { type PlainColumn, Rows } from '../parts/rows.js';
import { Sparkline } from '../parts/sparkline.js';
import { TrailSteps } from '../parts/trail-steps.js';
import { Words } from '../parts/words.js';
import { Snapshots } from './inputs.js';
import { KeyFigures, LeftOut, Verdict } from './overview.js';
import { SuppressedList } from './overview-gate.js';
import { Layers } from './trail.js';
import { WasteKinds } from './waste.js';

/** Suspects and classes that are printed. */
const PRINTED = 20;

/** What is printed, whichever page is open: all that matters, one thing after the other. On a screen it is not there. */
export function Paper({ report }: { report: Report }) {
  const { document, cases } = report;
  const rows = growthOf(report, 'classes').rows.slice(0, PRINTED);
  return (
    <div class="paper">
      <p class="product">heapsleuth</p>
      <p>
        <Words text={report.subject} />
      </p>
      <Verdict report={report} />
      <KeyFigures report={report} />
      {document.gate && <PrintedGate report={report} gate={document.gate} />}
      {cases.slice(0, PRINTED).map((one) => (
        <PrintedCase key={one.rank} suspect={one} />
      ))}
      <HeapComposition report={report} />
      {rows.length > 0 && (
        <section>
          <h2>Growth</h2>
          <Rows caption={`${rows.length} classes, the most suspicious first`} columns={GROWTH} rows={rows} />
        </section>
      )}
      {document.waste && (
        <section>
          <h2>Waste</h2>
          <WasteKinds waste={document.waste} />
        </section>
      )}
      <PrintedHeaps report={report} />
      {document.scan && (
        <section>
          <h2>Layers</h2>
          <Layers layers={document.scan.layers} />
        </section>
      )}
      {report.snapshots.length > 0 && (
        <section>
          <h2>Inputs</h2>
          <Snapshots report={report} />
        </section>
      )}
      <LeftOut report={report} />
    </div>
  );
}

/** Folded parts are not printed: they are what needs nobody's attention. */
function PrintedGate({ report, gate: { budgets = [], comparison } }: { report: Report; gate: GateReport }) {
  return (
    <>
      {budgets.length > 0 && (
        <section>
          <h2>Budgets</h2>
          <BudgetTables budgets={budgets} most={PRINTED} />
        </section>
      )}
      {comparison && (
        <section>
          <h2>{comparisonTitle(comparison)}</h2>
          <p>{comparisonSentence(comparison)}</p>
          <SuspectChanges report={report} suspects={comparison.suspects.slice(0, PRINTED)} />
          <FigureChanges changes={comparison.classes.slice(0, PRINTED)} isClass />
        </section>
      )}
      {report.suppressed.length > 0 && (
        <section>
          <h2>Suppressed</h2>
          <SuppressedList cases={report.suppressed.slice(0, PRINTED)} />
        </section>
      )}
    </>
  );
}

function PrintedCase({ suspect }: { suspect: Case }) {
  const { rank, title, confidence, holder, place, path, repair, growth, retainedSize, trail } = suspect;
  return (
    <section class="printed-case">
      <h2>
        {rank}. <Words text={title} />
      </h2>
      <p>
        Confidence {confidence.toFixed(2)}, {confidenceMeaning(suspect)}. Retains {formatBytes(retainedSize)}.
      </p>
      {growth && growth.count.length > 1 && (
        <p>
          <Sparkline values={growth.count} label="Objects over the series" />{' '}
          {growth.count.map(formatCount).join(' → ')}
        </p>
      )}
      <p>
        Held by <Name text={holder.expression} /> {place && <PlaceName place={place} />}
      </p>
      <p>
        <Name text={path.join(' → ')} most={2000} />
      </p>
      <p class="repair">
        <Words text={repair} most={600} />
      </p>
      {trail.length > 0 && <TrailSteps trail={trail} />}
    </section>
  );
}

const GROWTH: readonly PlainColumn<GrowingRow>[] = [
  { title: 'Class', cell: ({ name }) => <Name text={name} most={120} /> },
  { title: 'Objects', isNumber: true, cell: ({ values }) => formatCount(values.count.at(-1) ?? 0) },
  { title: 'change', isNumber: true, cell: ({ values }) => formatCountDelta(changeOf(values.count)) },
  { title: 'Retained', isNumber: true, cell: ({ values }) => formatBytes(values.retainedSize.at(-1) ?? 0) },
  { title: 'Shape', cell: ({ shape }) => shape },
];

function PrintedHeaps({ report }: { report: Report }) {
  const heaps = heapsOf(report.document).slice(0, PRINTED);
  if (heaps.length === 0) return null;
  return (
    <section>
      <h2>Heaps over time</h2>
      {heaps.map(({ name, trend, chart }) => (
        <p key={`${name} ${chart?.metric}`}>
          {chart && <Sparkline values={chart.last} label="Over time" />} <Words text={name} />
          {trend &&
            `: ${formatBytes(trend.start)} → ${formatBytes(trend.end)}, ${trend.isRising ? 'rising, ' : ''}${trend.shape}`}
        </p>
      ))}
    </section>
  );
}
