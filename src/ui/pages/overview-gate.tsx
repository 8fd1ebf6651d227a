import type { GateReport } from '../../base/gate-types.js';
import { counted } from '../../report/units.js';
import type { Case } from '../model/cases.js';
import { budgetsNote, comparisonSentence, comparisonTitle } from '../model/gate.js';
import { BudgetTables } from '../parts/gate-tables.js';
import { Name } from '../parts/name.js';
import { Words } from '../parts/words.js';
import { hrefTo } from '../shell/routes.js';

/** Reasons, and budgets, told on the first page. */
const REASONS = 5;
const BUDGETS = 10;

/** What a build fails on, before all else. */
export function Fails({ gate: { failures } }: { gate: GateReport }) {
  if (failures.length === 0) return <p class="fails good">Nothing fails.</p>;
  const more = failures.length - REASONS;
  return (
    <p class="fails bad">
      Fails:{' '}
      {failures.slice(0, REASONS).map((reason, at) => (
        <span key={at}>
          {at > 0 && '; '}
          <Words text={reason} most={120} />
        </span>
      ))}
      {more > 0 && `; ${more} more`}.
    </p>
  );
}

export function GateSummary({ gate: { budgets = [], comparison } }: { gate: GateReport }) {
  const all = <a href={hrefTo('gate')}>Budgets and baseline</a>;
  return (
    <>
      {budgets.length > 0 && (
        <section aria-labelledby="overview-budgets">
          <h2 id="overview-budgets">
            Budgets <span class="note">{budgetsNote(budgets)}</span>
          </h2>
          <BudgetTables budgets={budgets} most={BUDGETS} />
        </section>
      )}
      {comparison && (
        <section aria-labelledby="overview-baseline">
          <h2 id="overview-baseline">{comparisonTitle(comparison)}</h2>
          <p>
            {comparisonSentence(comparison)} {all} has the details.
          </p>
        </section>
      )}
    </>
  );
}

/** Suspects that are known, and do not count. */
export function Suppressed({ cases }: { cases: readonly Case[] }) {
  if (cases.length === 0) return null;
  return (
    <section aria-labelledby="suppressed">
      <h2 id="suppressed">
        Suppressed <span class="note">{counted(cases.length, 'suspect')} told, and counted for nothing</span>
      </h2>
      <SuppressedList cases={cases} />
    </section>
  );
}

export function SuppressedList({ cases }: { cases: readonly Case[] }) {
  return (
    <ul class="failures">
      {cases.map(({ rank, title, signature, suppressed }) => (
        <li key={rank}>
          <a href={hrefTo('suspect', signature)}>
            <Words text={title} most={300} />
          </a>{' '}
          {suppressed && <UntilWhen mark={suppressed} />}
        </li>
      ))}
    </ul>
  );
}

/** Why something does not count, and until when. */
export function UntilWhen({ mark: { reason, expires } }: { mark: NonNullable<Case['suppressed']> }) {
  return (
    <span class="quiet">
      until <Name text={expires} most={20} />: <Words text={reason} most={300} />
    </span>
  );
}
