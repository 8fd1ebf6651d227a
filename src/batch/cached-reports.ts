import { reportOf } from '../analysis/report.js';
import type { SnapshotPicture } from '../base/report-types.js';
import type { AnalyzeOptions } from '../base/types.js';
import type { CacheSession, Found } from '../cache/session.js';
import type { StoredReport } from '../cache/stored-report.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';
import { type AnalysedFile, DEFAULT_TOP, pictureSought, suspectsSought } from './analysed-file.js';
import { withCache } from './caching.js';
import type { AnalyseTask, SeriesNames } from './tasks.js';

/**
 * Runs `work` with the reports that the options' caches hold; undefined where nobody asks for caches. A shallow report is none:
 * it is not kept, and a full one is not what was asked for.
 */
export function withReports<T>(
  options: AnalyzeOptions,
  work: (reports: CachedReports | undefined) => Promise<T>,
): Promise<T> {
  const cache = options.mode === 'shallow' ? undefined : options.cache;
  return withCache({ ...options, cache }, async (session) => work(await CachedReports.of(session, options)));
}

interface Modules {
  readonly stored: typeof import('../cache/stored-report.js');
  readonly documents: typeof import('../suspects/evidence-document.js');
}

/** The reports that a call's caches hold. */
export class CachedReports {
  readonly #session: CacheSession;
  readonly #stored: Modules['stored'];
  readonly #documents: Modules['documents'];
  readonly #top: number;
  readonly #sought: AnalyseTask['suspects'];
  readonly #shown: AnalyseTask['picture'];
  readonly #mode: AnalyzeOptions['mode'];
  #previous: Promise<unknown> = Promise.resolve();

  private constructor(session: CacheSession, modules: Modules, options: AnalyzeOptions) {
    const { top = DEFAULT_TOP, suspects, picture, mode } = options;
    this.#session = session;
    this.#stored = modules.stored;
    this.#documents = modules.documents;
    this.#top = top;
    this.#sought = suspectsSought(suspects);
    this.#shown = pictureSought(picture);
    this.#mode = mode;
  }

  /** Undefined without a session. */
  static async of(session: CacheSession | undefined, options: AnalyzeOptions): Promise<CachedReports | undefined> {
    if (session === undefined) return undefined;
    const [stored, documents] = await Promise.all([
      import('../cache/stored-report.js'),
      import('../suspects/evidence-document.js'),
    ]);
    return new CachedReports(session, { stored, documents }, options);
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
    const evidence = this.#evidence(report, typeof series === 'string');
    const picture = typeof series === 'string' ? this.#picture(file, report) : undefined;
    if (evidence === 'missing' || picture === 'missing') return undefined;
    const classes = typeof series === 'string' ? findings.classes : this.#stored.classesUnder(report, series);
    return (
      classes && {
        outcome: { ...reportOf(file, findings, this.#top), ...(picture && { picture }) },
        series: series === 'none' ? [] : classes,
        interfaces: series === 'infer' ? findings.interfaces : [],
        evidence,
      }
    );
  }

  /**
   * `missing` where it was not kept, or kept for other options, or not told where it has to be. Undefined where nobody asks for it, and
   * where edges were in files: it cannot be had then, but with edges in memory, for who insists.
   */
  #evidence({ evidence }: StoredReport, isTold: boolean): SnapshotEvidence | undefined | 'missing' {
    if (this.#sought === undefined) return undefined;
    if (evidence === undefined || (isTold && !evidence.isTold)) return 'missing';
    if (evidence.under !== this.#stored.keyOf(this.#sought)) return 'missing';
    if (evidence.document !== null) return this.#documents.evidenceFrom(evidence.document);
    return this.#mode === 'memory' ? 'missing' : undefined;
  }

  /** The same for what is shown of the snapshot, which is called as it is now. */
  #picture(file: string, { picture: stored }: StoredReport): SnapshotPicture | undefined | 'missing' {
    if (this.#shown === undefined) return undefined;
    if (stored === undefined || stored.under !== this.#stored.keyOf(this.#shown)) return 'missing';
    if (stored.picture === null) return this.#mode === 'memory' ? 'missing' : undefined;
    const { tree, waste } = stored.picture;
    return { tree: { ...tree, file }, waste: { ...waste, file } };
  }
}
