import { randomBytes } from 'node:crypto';
import type { KeptTelemetry } from '../archive/kept-scan.js';
import type { BaselineComparison, BudgetResult, FigureChange, GateReport } from '../base/gate-types.js';
import type { TelemetryChart } from '../base/report-types.js';
import type { ScanReport } from '../base/scan-types.js';
import type { Analysis } from '../base/types.js';
import { checkKey } from '../rewrite/placeholder-text.js';
import type { ProcessSeries } from '../telemetry/recorder.js';
import type { DiffReport } from './diff.js';
import type { ProfileDiff } from './profile-diff.js';
import { type FileNames, fileNames, redactAnalysis, redactClass } from './redact-analysis.js';
import { redactProcess, redactScan } from './redact-scan.js';
import { type HiddenNames, TextRedaction } from './redact-text.js';

/** Budgets that name nothing of the program's. */
const OWN_BUDGET = /^(?:budget )?(?:(?:heap|suspects)\.\w{1,20}|waste\["[a-z-]{1,30}"\])(?: exceeded)?$/;
const KEY_BYTES = 32;

/**
 * Reports without names: what is shown is hidden before anything is rendered, so that no form can forget it. With the key of a redacted snapshot the
 * same names have the same placeholders as there. Throws a RangeError for a key that could be guessed.
 */
export class ReportRedaction {
  readonly #text: TextRedaction;
  #files: FileNames;
  /** Titles of suspects, as they have been hidden: elsewhere nothing says which of their words are names. */
  readonly #titles = new Map<string, string>();

  constructor(level: HiddenNames, key: Uint8Array = randomBytes(KEY_BYTES)) {
    checkKey(key);
    this.#text = new TextRedaction(level, key);
    this.#files = (file) => this.#text.file(file);
  }

  analysis(analysis: Analysis): Analysis {
    this.#files = fileNames(
      this.#text,
      analysis.snapshots.map(({ file }) => file),
    );
    return this.#analysis(analysis);
  }

  /** Telemetry that is kept beside a scan, after it. */
  telemetry(kept: readonly KeptTelemetry[]): KeptTelemetry[] {
    const hiddenProcesses = (processes: readonly ProcessSeries[]) =>
      processes.map((one) => ({ ...one, name: redactProcess(one.name, this.#text) }));
    return kept.map(({ source, telemetry, ...rest }) => ({
      ...{ ...rest, source: this.#files(source) },
      telemetry: { ...telemetry, processes: hiddenProcesses(telemetry.processes) },
    }));
  }

  /** Charts of that. */
  charts(charts: readonly TelemetryChart[]): TelemetryChart[] {
    return charts.map((chart) => ({
      ...{ ...chart, source: this.#files(chart.source) },
      process: redactProcess(chart.process, this.#text),
    }));
  }

  /** What a service or a host is called. */
  label(text: string): string {
    return this.#text.text(text);
  }

  /** A scan and the analysis of its snapshots, whose files have one name in both. */
  scan(report: ScanReport, analysis: Analysis | undefined): { report: ScanReport; analysis: Analysis | undefined } {
    this.#files = fileNames(
      this.#text,
      report.inputs.map(({ file }) => file),
    );
    return {
      report: redactScan(report, this.#text, this.#files),
      analysis: analysis && this.#analysis(analysis),
    };
  }

  diff(report: DiffReport): DiffReport {
    const { base, current, classes } = report;
    this.#files = fileNames(this.#text, [base, current]);
    const files = { base: this.#files(base), current: this.#files(current) };
    return { ...report, ...files, classes: classes.map((row) => redactClass(row, this.#text)) };
  }

  profiles(diff: ProfileDiff): ProfileDiff {
    const text = this.#text;
    this.#files = fileNames(text, [diff.base, diff.current]);
    const files = { base: this.#files(diff.base), current: this.#files(diff.current) };
    const sites = diff.sites.map((site) => ({
      ...{ ...site, function: text.name(site.function), script: text.script(site.script) },
      stack: site.stack.map((step) => text.expression(step)),
    }));
    return { ...diff, ...files, sites };
  }

  /** After what it belongs to, whose files it names. */
  gate({ budgets, suppressions, comparison, failures }: GateReport): GateReport {
    const text = this.#text;
    return {
      ...(budgets && { budgets: budgets.map((one) => this.#budget(one)) }),
      ...(suppressions && { suppressions: suppressions.map((one) => ({ ...one, reason: text.text(one.reason) })) }),
      ...(comparison && { comparison: this.#comparison(comparison) }),
      failures: failures.map((one) => this.#budgetName(one)),
    };
  }

  #analysis(analysis: Analysis): Analysis {
    const hidden = redactAnalysis(analysis, this.#text, this.#files);
    for (const [at, { title }] of (analysis.suspects ?? []).entries())
      this.#titles.set(title, hidden.suspects?.[at].title ?? '');
    return hidden;
  }

  /** That of a suspect that is gone is known by its baseline alone. */
  #title(title: string): string {
    return this.#titles.get(title) ?? this.#text.title(title);
  }

  #budget(result: BudgetResult): BudgetResult {
    const { budget, what, snapshot } = result;
    const isClass = budget.startsWith('classes[');
    return {
      ...{ ...result, budget: this.#budgetName(budget) },
      ...(what !== undefined && { what: isClass ? this.#text.name(what) : this.#title(what) }),
      ...(snapshot !== undefined && { snapshot: this.#files(snapshot) }),
    };
  }

  /** Only a class that a budget is for is somebody's name. */
  #budgetName(text: string): string {
    const [, before, pattern, after] = /^((?:budget )?classes\[")(.*)("\]\.\w+(?: exceeded)?)$/s.exec(text) ?? [];
    if (pattern === undefined) return OWN_BUDGET.test(text) ? text : this.#text.sentence(text);
    return before + pattern.replace(/[^*]+/g, (part) => this.#text.name(part)) + after;
  }

  #comparison(comparison: BaselineComparison): BaselineComparison {
    const change = (one: FigureChange) => (one.isClass ? { ...one, what: this.#text.name(one.what) } : one);
    return {
      ...{ ...comparison, notes: comparison.notes.map((note) => this.#text.sentence(note)) },
      suspects: comparison.suspects.map((one) => ({ ...one, title: this.#title(one.title) })),
      classes: comparison.classes.map(change),
    };
  }
}
