import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { SnapshotError, type SnapshotErrorData } from '../base/errors.js';
import type { Bytes } from '../base/types.js';
import { chooseMode } from '../external/modes.js';
import { neededFor } from './allotment.js';
import { type AnalysedFile, analysedFile, failedFile, pictureSought, suspectsSought } from './analysed-file.js';
import type { Death } from './child-process.js';
import { threadsFor } from './cores.js';
import { Crew } from './crew.js';
import { Decider } from './decider.js';
import { bytesNeeded, demandOf, SUPERVISOR_BYTES, shownDemand } from './estimate.js';
import { type Job, Place } from './place.js';
import { ReportsInWaiting } from './reports-in-waiting.js';
import type { SupervisedSeries, SupervisorOptions } from './supervision.js';
import { died, isLackOfMemory, outgrown, overdue } from './supervisor-errors.js';
import type { PackedResult, SnapshotProgress, TaskResult, WorkPlan } from './tasks.js';
import { estimateOf, workPlan } from './work-plan.js';

/** How often the memory of the children is looked at. Fresh memory is touched at two megabytes a millisecond at most. */
const WATCH_MS = 100;
/** Files looked at before those known are given out, the largest of them first. */
const LOOK_AHEAD = 256;

export type { SupervisedSeries, SupervisorOptions } from './supervision.js';

/**
 * Analyses those of a series' files whose indexes are given in child processes, one snapshot a child at a time. A child that
 * dies, or fails for lack of memory, costs its snapshot a second try, alone and with as little memory as can be; after that
 * the snapshot is a failure with its reason. Rejects only with the signal's reason. No child outlives the call.
 */
export async function superviseSeries(
  files: readonly string[],
  share: readonly number[],
  options: SupervisorOptions,
): Promise<SupervisedSeries> {
  return new Supervisor(files, share, options).run();
}

class Supervisor {
  readonly #files: readonly string[];
  readonly #share: readonly number[];
  readonly #options: SupervisorOptions;
  /** What the budget leaves to the children. */
  readonly #allowance: Bytes;
  readonly #crew: Crew;
  readonly #decider: Decider;
  readonly #results = new Map<number, AnalysedFile>();
  readonly #fractions = new Map<number, number>();
  /** Indexes of the share, and of snapshots that have to decide for it. */
  readonly #wanted: Set<number>;
  /** Those looked at. */
  readonly #known = new Set<number>();
  /** The largest first, so that no long job is left at the end. */
  #queue: Job[] = [];
  /** Jobs that get the machine for themselves. */
  #lonely: Job[] = [];
  /** Jobs that caches may spare, once the series has its names. */
  readonly #cached: ReportsInWaiting | undefined;
  #finish: () => void = () => {};
  #abandon: (reason: unknown) => void = () => {};
  readonly #finished = new Promise<void>((resolve, reject) => {
    this.#finish = resolve;
    this.#abandon = reject;
  });
  #over = false;

  constructor(files: readonly string[], share: readonly number[], options: SupervisorOptions) {
    this.#files = files;
    this.#share = share;
    this.#options = options;
    this.#allowance = Math.max(0, options.budget - SUPERVISOR_BYTES);
    this.#crew = new Crew(this.#allowance);
    this.#decider = new Decider(files.length);
    this.#wanted = new Set(share);
    this.#cached = options.reports && new ReportsInWaiting(options.reports);
  }

  async run(): Promise<SupervisedSeries> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const onAbort = () => this.#abandon(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    const watch = setInterval(() => this.#crew.watchMemory(), WATCH_MS);
    this.#takeIn().catch(this.#abandon);
    try {
      await this.#finished;
    } finally {
      this.#over = true;
      signal?.removeEventListener('abort', onAbort);
      clearInterval(watch);
      this.#crew.endAll('spare');
      await this.#crew.allEnded();
    }
    const { index, names } = this.#decider;
    const files = this.#share.map((index) => this.#results.get(index) as AnalysedFile);
    return { files, decidedBy: names && index, names };
  }

  /** The snapshot that decides goes first; the others follow at once, and wait for it only with their classes. */
  async #takeIn(): Promise<void> {
    if (this.#share.length > 0) await this.#enqueue([this.#decider.index]);
    for (let at = 0; at < this.#share.length; at += LOOK_AHEAD) {
      await this.#enqueue(this.#share.slice(at, at + LOOK_AHEAD));
    }
    this.#advance();
  }

  async #enqueue(indexes: readonly number[]): Promise<void> {
    const jobs: Job[] = [];
    for (const index of indexes) {
      if (this.#known.has(index)) continue;
      this.#known.add(index);
      this.#wanted.add(index);
      const file = this.#files[index];
      const found = await this.#options.reports?.look(file);
      const size = await stat(file).then(
        (stats) => stats.size,
        () => 0,
      );
      const own = await demandOf(file, size);
      const demand = this.#options.picture && index === this.#decider.index ? shownDemand(own) : own;
      const job: Job = { index, file, demand, memory: 'normal', cache: found?.target };
      if (found?.value) this.#cached?.add(job, found.value);
      else jobs.push(job);
    }
    this.#useCaches();
    for (const job of jobs) this.#admit(job);
    this.#advance();
  }

  /** What caches can say now is settled; what they turn out not to say is for a child. */
  #useCaches(): void {
    for (const { job, result } of this.#cached?.take(this.#decider) ?? []) {
      if (result === undefined) this.#admit(job);
      else this.#settle(job, result);
      if (result !== undefined) this.#report(job, { stage: 'done', fraction: 1 });
    }
  }

  /** What cannot fit is refused at once; what is only feared not to fit has its try. */
  #admit(asked: Job): void {
    const job = this.#choose(asked);
    if (job === undefined) return;
    if (job.choice === undefined && bytesNeeded(job.demand, 1) > this.#allowance) {
      this.#lonely.push({ ...job, memory: 'low' });
    } else {
      this.#queue.push(job);
      this.#queue.sort((a, b) => b.demand.columns - a.demand.columns || a.index - b.index);
    }
  }

  /** The job with its mode; undefined where none fits, and it has failed. */
  #choose(job: Job): Job | undefined {
    const { counts } = job.demand;
    if (counts === undefined) return job;
    const { budget, mode = 'auto', onEstimate } = this.#options;
    try {
      const choice = chooseMode(counts, budget, mode, SUPERVISOR_BYTES);
      const index = this.#share.indexOf(job.index);
      if (index >= 0 && job.choice === undefined) {
        onEstimate?.({ ...estimateOf(job.file, job.demand, choice, this.#allowance), index });
      }
      return { ...job, choice };
    } catch (error) {
      this.#fail(job, SnapshotError.from(error));
      return undefined;
    }
  }

  /** Does whatever can be done now. Called after everything that happens; what it starts or ends calls it again. */
  #advance(): void {
    if (this.#over) return;
    if (this.#share.every((index) => this.#results.has(index))) {
      this.#finish();
      return;
    }
    if (this.#crew.busy.some(({ job }) => job?.memory === 'low')) return;
    const awaited = (job: Job) => this.#decider.isAwaited(job.index);
    const lonely = this.#lonely.find(awaited);
    if (lonely) {
      this.#startAlone(lonely);
      return;
    }
    const urgent = this.#queue.find(awaited);
    if (urgent && !this.#startFirst([urgent])) {
      this.#makeRoom();
      return;
    }
    while (this.#startFirst(this.#queue));
    const isBusy = this.#crew.busy.length > 0;
    if (this.#queue.length === 0 || !isBusy) this.#crew.endIdle();
    // Nobody may wait beside one that is alone.
    if (this.#queue.length === 0 && !isBusy && this.#decider.names && this.#lonely.length > 0) {
      this.#startAlone(this.#lonely[0]);
    }
  }

  /** Starts the first of the jobs that there is memory for; false where there is none, or no child is free. */
  #startFirst(jobs: readonly Job[]): boolean {
    const { concurrency } = this.#options;
    if (this.#crew.busy.length >= concurrency) return false;
    const [idle] = this.#crew.idle;
    const free = this.#crew.free(idle);
    const allotment = (job: Job, threads: 1 | 2) => Math.max(neededFor(job, threads, free), idle?.allotted ?? 0);
    const job = jobs.find((job) => allotment(job, 1) <= free);
    if (job === undefined) return false;
    const unfinished = this.#wanted.size - this.#results.size;
    const threads = allotment(job, 2) <= free ? threadsFor(Math.min(concurrency, unfinished)) : 1;
    this.#queue = this.#queue.filter((other) => other !== job);
    this.#begin(idle ?? this.#open(), job, threads, allotment(job, threads));
    return true;
  }

  /** Starts the job once every other child has gone. */
  #startAlone(job: Job): void {
    this.#crew.endAll('evicted');
    if (!this.#crew.isEmpty) return;
    this.#lonely = this.#lonely.filter((other) => other !== job);
    this.#begin(this.#open(), job, 1, this.#allowance);
  }

  /** For the snapshot that decides, which those that wait for it must not keep out. */
  #makeRoom(): void {
    const { ending, busy, waiting, idle } = this.#crew;
    if (ending.length > 0 || busy.length > waiting.length) return;
    if (idle.length > 0) this.#crew.endIdle();
    else waiting[0].end('evicted');
  }

  #open(): Place {
    const entry = this.#options.childEntry ?? new URL('./child.js', import.meta.url);
    const place: Place = new Place(entry, this.#options.timeout, {
      onProgress: (progress) => this.#report(place.job, progress),
      onAnalysed: () => this.#onAnalysed(place),
      onResult: (result) => this.#onResult(place, result),
      onOverdue: () => place.end('overdue'),
      onEnd: (death) => this.#onEnd(place, death),
    });
    this.#crew.add(place);
    return place;
  }

  #begin(place: Place, job: Job, threads: 1 | 2, allotted: Bytes): void {
    const { file, memory, cache } = job;
    const series = this.#decider.names ?? 'ask';
    const { top, timings = false } = this.#options;
    const suspects = suspectsSought(this.#options.suspects);
    // Who asks may turn out to tell of the series.
    const picture = series === 'ask' ? pictureSought(this.#options.picture) : undefined;
    const work = this.#workFor(job, allotted);
    const asked = { top, timings, suspects, picture };
    const task = { kind: 'analyse', file, ...asked, series, threads, memory, work, cache } as const;
    place.start(job, task, this.#options.onProgress !== undefined, allotted);
  }

  /** The second try has the edges in files, unless somebody wants it otherwise or there is no room for those either. */
  #workFor({ demand, choice, memory }: Job, allotted: Bytes): WorkPlan {
    const { mode = 'auto', folder = tmpdir() } = this.#options;
    const work = workPlan(mode, demand, choice, allotted, folder);
    return mode === 'auto' && memory === 'low' ? { ...work, mode: 'external', otherwise: 'memory' } : work;
  }

  #onAnalysed(place: Place): void {
    place.wait();
    const { names } = this.#decider;
    if (names) place.answer(names);
    else this.#askDecider();
    this.#advance();
  }

  #askDecider(): void {
    for (const place of this.#crew.waiting) {
      if (place.job && this.#decider.isAwaited(place.job.index)) place.answer('infer');
    }
  }

  #onResult(place: Place, result: TaskResult<PackedResult>): void {
    const { job } = place;
    // What has been ended is for `#onEnd` to judge.
    if (job === undefined || place.ending !== undefined) return;
    const analysed = analysedFile(job.file, result);
    place.vacate();
    if (result.ok && result.note !== undefined) this.#options.onNote?.(result.note);
    if (result.ok) this.#settle(job, analysed);
    else this.#failOrRetry(place, job, result.error);
    this.#advance();
  }

  #failOrRetry(place: Place, job: Job, error: SnapshotErrorData): void {
    const lacksMemory = isLackOfMemory(error.code);
    // Such a failure may have left the process in any state.
    if (lacksMemory || error.code === 'INTERNAL') place.end('spare');
    if (lacksMemory && job.memory === 'normal') this.#lonely.push({ ...job, memory: 'low' });
    else this.#settle(job, failedFile(job.file, error));
  }

  #onEnd(place: Place, death: Death): void {
    this.#crew.delete(place);
    const { job, ending } = place;
    if (job && !this.#over) {
      if (ending === 'evicted') this.#admit(job);
      else if (ending === 'overdue') this.#fail(job, overdue(this.#options.timeout as number));
      else if (job.memory === 'normal') this.#lonely.push({ ...job, memory: 'low' });
      else this.#fail(job, ending === 'outgrown' ? outgrown(this.#options.budget) : died(death));
    }
    this.#advance();
  }

  #fail(job: Job, error: SnapshotError): void {
    this.#settle(job, failedFile(job.file, error.toData()));
  }

  #settle(job: Job, result: AnalysedFile): void {
    const { index } = job;
    this.#results.set(index, result);
    if (!result.outcome.ok) {
      this.#decider.fail(index);
      this.#askDecider();
      this.#useCaches();
      const next = this.#decider.index;
      // Of another share, so nobody has asked for it yet.
      if (next >= 0 && !this.#known.has(next)) this.#enqueue([next]).catch(this.#abandon);
    } else if (this.#decider.isAwaited(index)) {
      this.#decider.decide(result.interfaces);
      for (const place of this.#crew.waiting) place.answer(result.interfaces);
      this.#useCaches();
    }
  }

  /** The share of a snapshot's work that is done never falls, whatever happens to its process. */
  #report(job: Job | undefined, { stage, fraction }: SnapshotProgress): void {
    if (job === undefined || fraction <= (this.#fractions.get(job.index) ?? -1) || this.#over) return;
    this.#fractions.set(job.index, fraction);
    const index = this.#share.indexOf(job.index);
    if (index >= 0) this.#options.onProgress?.({ file: job.file, index, total: this.#share.length, stage, fraction });
  }
}
