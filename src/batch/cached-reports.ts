import { reportOf } from '../analysis/report.js';
import type { AnalyzeOptions } from '../base/types.js';
import type { CacheSession, Found } from '../cache/session.js';
import type { StoredReport } from '../cache/stored-report.js';
import { type AnalysedFile, DEFAULT_TOP } from './analysed-file.js';
import { withCache } from './caching.js';
import type { SeriesNames } from './tasks.js';

/**
 * Runs `work` with the reports that the options' caches hold; undefined where nobody asks for caches. A shallow report is none:
 * it is not kept, and a full one is not what was asked for.
 */
export function withReports<T>(
  options: AnalyzeOptions,
  work: (reports: CachedReports | undefined) => Promise<T>,
): Promise<T> {
  const cache = options.mode === 'shallow' ? undefined : options.cache;
  return withCache({ ...options, cache }, async (session) =>
    work(await CachedReports.of(session, options.top ?? DEFAULT_TOP)),
  );
}

/** The reports that a call's caches hold. */
export class CachedReports {
  readonly #session: CacheSession;
  readonly #stored: typeof import('../cache/stored-report.js');
  readonly #top: number;
  #previous: Promise<unknown> = Promise.resolve();

  private constructor(session: CacheSession, stored: typeof import('../cache/stored-report.js'), top: number) {
    this.#session = session;
    this.#stored = stored;
    this.#top = top;
  }

  /** Undefined without a session. */
  static async of(session: CacheSession | undefined, top: number): Promise<CachedReports | undefined> {
    return session && new CachedReports(session, await import('../cache/stored-report.js'), top);
  }

  /** What there is of a file, and where a report of it goes. Files take turns: any of them may have to be read whole. */
  look(file: string): Promise<Found<StoredReport>> {
    const { loadReport } = this.#stored;
    const looking = this.#previous.then(() =>
      this.#session.find('report', [file], (cache) => {
        const report = loadReport(cache);
        cache.close();
        return report;
      }),
    );
    this.#previous = looking.catch(() => {});
    return looking;
  }

  /** What an analysis of the file would find; undefined where the report was made under other interfaces. */
  answer(file: string, report: StoredReport, series: SeriesNames): AnalysedFile | undefined {
    const { findings } = report;
    const classes = typeof series === 'string' ? findings.classes : this.#stored.classesUnder(report, series);
    return (
      classes && {
        outcome: reportOf(file, findings, this.#top),
        series: series === 'none' ? [] : classes,
        interfaces: series === 'infer' ? findings.interfaces : [],
      }
    );
  }
}
