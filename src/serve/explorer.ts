import { engineVersion } from '../base/engine-version.js';
import type { ServerStatus, SnapshotStatus } from '../base/explorer-types.js';
import { BackgroundReport } from './background-report.js';
import { Comparisons } from './comparisons.js';
import { OpenSnapshots, type OpenSnapshotsOptions } from './open-snapshots.js';

/** All that a server answers from. */
export class Explorer {
  readonly snapshots: OpenSnapshots;
  readonly comparisons: Comparisons;
  readonly report: BackgroundReport;
  /** The one opened at the start: the last of a series, which has what accumulated. */
  readonly first: number;
  readonly #showValues: boolean;

  constructor(files: readonly string[], options: OpenSnapshotsOptions) {
    this.first = files.length - 1;
    this.snapshots = new OpenSnapshots(files, options);
    this.comparisons = new Comparisons(files, options.signal);
    this.report = new BackgroundReport(files, options);
    this.#showValues = options.showValues;
  }

  /** Opens the first snapshot. Resolves when that is done, or cannot be. */
  async open(): Promise<void> {
    this.snapshots.ask(this.first);
    await this.snapshots.idle();
  }

  get status(): ServerStatus {
    return {
      engineVersion: engineVersion(),
      showValues: this.#showValues,
      snapshots: this.snapshots.files.map((_, number) => this.statusOf(number)),
      first: this.first,
      report: this.report.status,
    };
  }

  statusOf(number: number): SnapshotStatus {
    const state = this.snapshots.state(number);
    return {
      snapshot: number,
      file: this.snapshots.files[number],
      state: state.state,
      ...('fraction' in state && { fraction: state.fraction }),
      ...('stage' in state && { stage: state.stage }),
      ...('part' in state && { stage: state.part }),
      ...('error' in state && { error: state.error }),
    };
  }

  /** Waits for what the end of the signal has ended. */
  async close(): Promise<void> {
    await Promise.allSettled([this.snapshots.idle(), this.comparisons.idle(), this.report.idle()]);
    this.snapshots.close();
  }
}
