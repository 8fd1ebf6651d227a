import type { ComponentChild } from 'preact';
import type { BudgetResult, FigureChange, SuppressionResult, SuspectChange } from '../../base/gate-types.js';
import { budgetFigures, figureCells, suspectCells } from '../../report/gate-figures.js';
import { counted } from '../../report/units.js';
import { fileNames } from '../model/file-names.js';
import type { Tone } from '../model/gate.js';
import type { Report } from '../model/report.js';
import { hrefTo } from '../shell/routes.js';
import { Name } from './name.js';
import { type PlainColumn, Rows } from './rows.js';
import { Words } from './words.js';

function State({ text, tone }: { text: string; tone: Tone }) {
  return <span class={`tag ${tone}`}>{text}</span>;
}

/** What a suspect is called, as a link to its page where the report has one. */
export function SuspectName({ report, signature, title }: { report: Report; signature: string; title: string }) {
  const isThere = [...report.cases, ...report.suppressed].some((one) => one.signature === signature);
  const name = <Words text={title} most={300} />;
  return isThere ? <a href={hrefTo('suspect', signature)}>{name}</a> : name;
}

const BUDGET_TONES = { exceeded: 'bad', unknown: 'warn', met: 'good' } as const;

const BUDGETS: readonly PlainColumn<BudgetResult>[] = [
  {
    title: 'Budget',
    cell: ({ budget, state, what, snapshot, reason }) => (
      <>
        <Name text={budget} most={200} /> <State text={state} tone={BUDGET_TONES[state]} />
        {reason !== undefined && (
          <span class="quiet block">
            not checked: <Words text={reason} most={200} />
          </span>
        )}
        {(what !== undefined || snapshot !== undefined) && (
          <span class="quiet block">
            {what !== undefined && <Words text={what} most={200} />}
            {what !== undefined && snapshot !== undefined && ' in '}
            {snapshot !== undefined && <Name text={fileNames([snapshot])[0]} most={120} />}
          </span>
        )}
      </>
    ),
  },
  {
    title: 'Limit',
    isNumber: true,
    cell: (one) => {
      const { limit, isGrowth } = budgetFigures(one);
      return (
        <>
          {limit}
          {isGrowth && <span class="quiet block">an interval</span>}
        </>
      );
    },
  },
  { title: 'Actual', isNumber: true, cell: (one) => budgetFigures(one).actual },
];
const EXCEEDED: readonly PlainColumn<BudgetResult>[] = [
  ...BUDGETS,
  {
    title: 'Too much',
    isNumber: true,
    cell: (one) => one.state === 'exceeded' && <span class="delta-up">{budgetFigures(one).over}</span>,
  },
];

/** Limits with what has become of them: those that are met only where the reader asks for them. */
export function BudgetTables({ budgets, most = budgets.length }: { budgets: readonly BudgetResult[]; most?: number }) {
  const met = budgets.filter(({ state }) => state === 'met');
  const others = budgets.filter(({ state }) => state !== 'met');
  return (
    <>
      {others.length > 0 && (
        <Rows
          caption={`${others.length > most ? `${most} of ` : ''}${counted(others.length, 'budget')} exceeded or not checked`}
          columns={EXCEEDED}
          rows={others.slice(0, most)}
        />
      )}
      {met.length > 0 && (
        <Folded title={`${counted(met.length, 'budget is', 'budgets are')} met`}>
          <Rows caption="The most there was of each" columns={BUDGETS} rows={met} />
        </Folded>
      )}
    </>
  );
}

const SUPPRESSION_STATES = {
  applied: { text: 'in force', tone: 'plain' },
  expired: { text: 'expired', tone: 'bad' },
  unmatched: { text: 'unused', tone: 'warn' },
} as const;

export function SuppressionTable({ report, all }: { report: Report; all: readonly SuppressionResult[] }) {
  const titles = new Map([...report.cases, ...report.suppressed].map(({ signature, title }) => [signature, title]));
  const columns: PlainColumn<SuppressionResult>[] = [
    {
      title: 'Suspect',
      cell: ({ signature }) => {
        const title = titles.get(signature);
        return title === undefined ? (
          <Name text={signature} most={80} />
        ) : (
          <SuspectName report={report} signature={signature} title={title} />
        );
      },
    },
    { title: 'State', cell: ({ state }) => <State {...SUPPRESSION_STATES[state]} /> },
    { title: 'Reason', cell: ({ reason }) => <Words text={reason} most={300} /> },
    { title: 'Until', isNumber: true, cell: ({ expires }) => <Name text={expires} most={20} /> },
  ];
  return <Rows caption={counted(all.length, 'suppression')} columns={columns} rows={all} />;
}

/** Suspects beside a baseline: what is known and no worse only where the reader asks for it. */
export function SuspectChanges({ report, suspects }: { report: Report; suspects: readonly SuspectChange[] }) {
  const columns: PlainColumn<SuspectChange>[] = [
    { title: 'Suspect', cell: (one) => <SuspectName report={report} signature={one.signature} title={one.title} /> },
    { title: 'State', cell: (one) => <State text={one.state} tone={toneOf(one)} /> },
    { title: 'Figure', isMinor: true, cell: (one) => suspectCells(one)[0] },
    { title: 'Baseline', isNumber: true, cell: (one) => suspectCells(one)[1] },
    { title: 'Now', isNumber: true, cell: (one) => suspectCells(one)[2] },
  ];
  const known = suspects.filter(({ state }) => state === 'known');
  const changed = suspects.filter(({ state }) => state !== 'known');
  return (
    <>
      {changed.length > 0 && (
        <Rows
          caption={`${counted(changed.length, 'suspect')} changed, the worst first`}
          columns={columns}
          rows={changed}
        />
      )}
      {known.length > 0 && (
        <Folded title={`${counted(known.length, 'suspect is', 'suspects are')} as in the baseline`}>
          <Rows caption="Neither new, nor faster or slower" columns={columns} rows={known} />
        </Folded>
      )}
    </>
  );
}

function toneOf({ state, isWorse }: SuspectChange): Tone {
  if (isWorse) return 'bad';
  return state === 'gone' || state === 'slower' ? 'good' : 'plain';
}

function figureColumns(isClass: boolean): PlainColumn<FigureChange>[] {
  const ofClass: PlainColumn<FigureChange> = { title: 'Class', cell: ({ what }) => <Name text={what} most={120} /> };
  return [
    ...(isClass ? [ofClass] : []),
    { title: 'Figure', cell: (one) => figureCells(one)[0] },
    { title: 'Baseline', isNumber: true, cell: (one) => figureCells(one)[1] },
    {
      title: 'Now',
      isNumber: true,
      cell: (one) => <span class={one.isWorse ? 'delta-up' : 'delta-down'}>{figureCells(one)[2]}</span>,
    },
  ];
}

/** Figures of the heap, or of classes: what is better only where the reader asks for it. */
export function FigureChanges({ changes, isClass }: { changes: readonly FigureChange[]; isClass: boolean }) {
  const columns = figureColumns(isClass);
  const worse = changes.filter(({ isWorse }) => isWorse);
  const better = changes.filter(({ isWorse }) => !isWorse);
  return (
    <>
      {worse.length > 0 && (
        <Rows caption={`${counted(worse.length, 'figure')} worse, the worst first`} columns={columns} rows={worse} />
      )}
      {better.length > 0 && (
        <Folded title={`${counted(better.length, 'figure')} better`}>
          <Rows caption="Less than the baseline has" columns={columns} rows={better} />
        </Folded>
      )}
    </>
  );
}

function Folded({ title, children }: { title: string; children: ComponentChild }) {
  return (
    <details class="further">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
