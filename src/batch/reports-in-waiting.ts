import type { StoredReport } from '../cache/stored-report.js';
import type { AnalysedFile } from './analysed-file.js';
import type { CachedReports } from './cached-reports.js';
import type { Decider } from './decider.js';
import type { Job } from './place.js';

/** Snapshots of a series that caches know, until it is known what the series calls its plain objects. */
export class ReportsInWaiting {
  readonly #reports: CachedReports;
  readonly #waiting = new Map<Job, StoredReport>();

  constructor(reports: CachedReports) {
    this.#reports = reports;
  }

  add(job: Job, report: StoredReport): void {
    this.#waiting.set(job, report);
  }

  /** Those that wait no longer: with a result, or without one where the report was made under other interfaces. */
  take({ names, index }: Decider): { readonly job: Job; readonly result: AnalysedFile | undefined }[] {
    const ready = [...this.#waiting].filter(([job]) => names !== undefined || job.index === index);
    return ready.map(([job, report]) => {
      this.#waiting.delete(job);
      return { job, result: this.#reports.answer(job.file, report, names ?? 'infer') };
    });
  }
}
