import type { Bytes } from '../base/types.js';
import type { Choice } from '../external/modes.js';
import type { ChildTask } from './child-messages.js';
import { type ChildEvents, type Death, SnapshotProcess } from './child-process.js';
import type { Demand } from './estimate.js';
import type { SeriesNames } from './tasks.js';

/** One file to analyse. */
export interface Job {
  readonly index: number;
  readonly file: string;
  readonly demand: Demand;
  /** Absent where the file does not tell how large it is. */
  readonly choice?: Choice;
  /** `low` is the last try, and has the machine for itself. */
  readonly memory: 'normal' | 'low';
}

/** Why the supervisor ends a child; a child that ends otherwise has died. */
export type Ending = 'spare' | 'evicted' | 'overdue' | 'outgrown';

export interface PlaceEvents extends Omit<ChildEvents, 'onEnd'> {
  readonly onOverdue: () => void;
  /** The process has gone, and its memory is free. */
  readonly onEnd: (death: Death) => void;
}

/** A child process and what it is at. */
export class Place {
  readonly #child: SnapshotProcess;
  readonly #timeout: number | undefined;
  readonly #onOverdue: () => void;
  #timer: NodeJS.Timeout | undefined;
  #job: Job | undefined;
  #state: 'idle' | 'running' | 'waiting' = 'idle';
  #ending: Ending | undefined;
  #allotted: Bytes = 0;
  /** Resolves when the process has gone. */
  readonly ended: Promise<void>;

  constructor(entry: URL, timeout: number | undefined, events: PlaceEvents) {
    this.#timeout = timeout;
    this.#onOverdue = events.onOverdue;
    let ended = () => {};
    this.ended = new Promise((resolve) => {
      ended = resolve;
    });
    const onEnd = (death: Death) => {
      clearTimeout(this.#timer);
      events.onEnd(death);
      ended();
    };
    this.#child = new SnapshotProcess(entry, { ...events, onEnd });
  }

  get job(): Job | undefined {
    return this.#job;
  }

  /** Bytes of the budget that are this child's. */
  get allotted(): Bytes {
    return this.#allotted;
  }

  get ending(): Ending | undefined {
    return this.#ending;
  }

  get isIdle(): boolean {
    return this.#state === 'idle' && this.#ending === undefined;
  }

  /** At work, or done but for the series' names. */
  get isBusy(): boolean {
    return this.#state !== 'idle' && this.#ending === undefined;
  }

  get isWaiting(): boolean {
    return this.#state === 'waiting' && this.#ending === undefined;
  }

  get residentBytes(): Bytes {
    return this.#child.residentBytes() ?? 0;
  }

  start(job: Job, task: ChildTask, listens: boolean, allotted: Bytes): void {
    this.#job = job;
    this.#allotted = allotted;
    this.#run();
    this.#child.analyse(task, listens);
  }

  /** Everything but the names is done; waiting for those does not count as time taken. */
  wait(): void {
    this.#state = 'waiting';
    clearTimeout(this.#timer);
  }

  answer(names: SeriesNames): void {
    this.#run();
    this.#child.answer(names);
  }

  /** Ready for the next job. What the last one has touched stays the child's, which makes the next one faster. */
  vacate(): void {
    clearTimeout(this.#timer);
    this.#job = undefined;
    this.#state = 'idle';
    this.#allotted = this.#child.residentBytes() ?? this.#allotted;
  }

  end(why: Ending): void {
    this.#ending ??= why;
    clearTimeout(this.#timer);
    this.#child.kill();
  }

  #run(): void {
    this.#state = 'running';
    if (this.#timeout === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onOverdue, this.#timeout);
  }
}
