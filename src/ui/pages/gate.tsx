import type { BaselineComparison, GateReport } from '../../base/gate-types.js';
import { formatBytes } from '../../report/units.js';
import { budgetsNote, comparisonSentence, comparisonTitle, gateSentence } from '../model/gate.js';
import type { Report } from '../model/report.js';
import { BudgetTables, FigureChanges, SuppressionTable, SuspectChanges } from '../parts/gate-tables.js';
import { Words } from '../parts/words.js';

/** All that the result was held against. */
export function Gate({ report, gate }: { report: Report; gate: GateReport }) {
  const { failures, budgets = [], suppressions = [], comparison } = gate;
  return (
    <>
      <section class={`verdict ${failures.length > 0 ? 'bad' : 'good'}`} aria-label="What fails">
        <h1>{gateSentence(gate)}</h1>
        {failures.length > 0 && (
          <ul class="failures">
            {failures.map((reason, at) => (
              <li key={at}>
                <Words text={reason} most={300} />
              </li>
            ))}
          </ul>
        )}
        <p class="quiet">Held against {heldAgainst(gate)}.</p>
      </section>
      {budgets.length > 0 && (
        <section aria-labelledby="budgets">
          <h2 id="budgets">
            Budgets <span class="note">{budgetsNote(budgets)}</span>
          </h2>
          <BudgetTables budgets={budgets} />
        </section>
      )}
      {suppressions.length > 0 && (
        <section aria-labelledby="suppressions">
          <h2 id="suppressions">
            Suppressions <span class="note">suspects that are known, and do not count until a date</span>
          </h2>
          <SuppressionTable report={report} all={suppressions} />
        </section>
      )}
      {comparison && <Comparison report={report} comparison={comparison} />}
    </>
  );
}

function heldAgainst({ budgets, suppressions, comparison }: GateReport): string {
  const parts = [budgets && 'budgets', comparison && 'a baseline', suppressions && 'suppressions'].filter(Boolean);
  if (parts.length === 0) return 'what the command was told to fail on';
  return parts.length === 1 ? String(parts[0]) : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

function Comparison({ report, comparison }: { report: Report; comparison: BaselineComparison }) {
  const { suspects, heap, classes, notes, tolerance, floor } = comparison;
  return (
    <section class="comparison" aria-labelledby="baseline">
      <h2 id="baseline">
        {comparisonTitle(comparison)} <span class="note">{comparisonSentence(comparison)}</span>
      </h2>
      <p class="quiet">
        {Number((100 * tolerance).toFixed(1))} % of a figure, twice that of growth, and {formatBytes(floor)} in any case
        are taken for the same.
      </p>
      {notes.map((note, at) => (
        <p class="quiet" key={at}>
          <Words text={note} />
        </p>
      ))}
      {suspects.length > 0 && <h3>Suspects</h3>}
      <SuspectChanges report={report} suspects={suspects} />
      {heap.length > 0 && <h3>The heap</h3>}
      <FigureChanges changes={heap} isClass={false} />
      {classes.length > 0 && <h3>Classes</h3>}
      <FigureChanges changes={classes} isClass />
    </section>
  );
}
