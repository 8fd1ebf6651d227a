import { SnapshotError } from '../base/errors.js';
import type { ServerStatus } from '../base/explorer-types.js';
import type { OpenOptions } from '../base/types.js';
import { analyze } from '../batch/analyze.js';
import { reportDocumentText } from '../report/report-document.js';
import { createScreen, UNBOUND_WIDTH } from '../report/screen.js';

interface ReportOptions extends Pick<OpenOptions, 'cache' | 'onProgress'> {
  readonly signal: AbortSignal;
  readonly showValues: boolean;
}

/** The report of all snapshots, as `--reporter html` shows it, made once. */
export class BackgroundReport {
  readonly #files: readonly string[];
  readonly #options: ReportOptions;
  #status: ServerStatus['report'] = { state: 'waiting', fraction: 0 };
  #error: SnapshotError | undefined;
  #text: string | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(files: readonly string[], options: ReportOptions) {
    this.#files = files;
    this.#options = options;
  }

  get status(): ServerStatus['report'] {
    return this.#status;
  }

  /** The document's JSON, where it is there. Throws why it will not be. */
  get text(): string | undefined {
    if (this.#error) throw this.#error;
    return this.#text;
  }

  make(): Promise<void> {
    this.#working = this.#make();
    return this.#working;
  }

  /** Resolves when it is not being made. */
  idle(): Promise<void> {
    return this.#working;
  }

  async #make(): Promise<void> {
    const { signal, cache, showValues } = this.#options;
    const fractions = this.#files.map(() => 0);
    this.#status = { state: 'working', fraction: 0 };
    try {
      const analysis = await analyze(this.#files, {
        ...{ signal, cache, picture: { showValues } },
        // The other core is for questions.
        concurrency: 1,
        onProgress: ({ index, fraction }) => {
          fractions[index] = fraction;
          const done = fractions.reduce((sum, each) => sum + each, 0);
          this.#status = { state: 'working', fraction: done / fractions.length };
        },
      });
      const view = { screen: createScreen(UNBOUND_WIDTH, false), rows: 0, root: '' };
      this.#text = reportDocumentText({ kind: 'analysis', analysis, ...view }, 0);
      this.#status = { state: 'ready', fraction: 1 };
    } catch (thrown) {
      // Pages of the report are then missing; all others are there.
      this.#error = SnapshotError.from(thrown);
      this.#status = { state: 'failed', fraction: 1 };
    }
  }
}
