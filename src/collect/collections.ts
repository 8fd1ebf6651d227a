import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** Milliseconds behind a collection: what a program makes in so short a time is little. */
const PROMPT = 10;

/** What V8's garbage collector has done so far. */
export interface Collections {
  /** Full collections, and the others. */
  readonly major: number;
  readonly minor: number;
  /** Milliseconds that the program has waited for them. */
  readonly pauseMs: number;
  /** Bytes in use just behind the last full collection; absent before the first. */
  readonly live?: number;
}

/** Follows the collections of this isolate. Cost: a call each. */
export class CollectionWatch {
  readonly #observer: PerformanceObserver;
  #major = 0;
  #minor = 0;
  #pauseMs = 0;
  #live: number | undefined;
  #isLate = false;

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#count(entry, kindOf(entry));
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  get collections(): Collections {
    return {
      ...{ major: this.#major, minor: this.#minor, pauseMs: Math.round(this.#pauseMs) },
      ...(this.#live !== undefined && { live: this.#live }),
    };
  }

  /** Whether the program went on for long before it could be asked what lives: then that has garbage in it. */
  get isLate(): boolean {
    return this.#isLate;
  }

  stop(): void {
    this.#observer.disconnect();
  }

  #count({ startTime, duration }: PerformanceEntry, kind: number | undefined): void {
    this.#pauseMs += duration;
    if (kind !== constants.NODE_PERFORMANCE_GC_MAJOR) {
      this.#minor++;
      return;
    }
    this.#major++;
    this.#live = getHeapStatistics().used_heap_size;
    this.#isLate = performance.now() - startTime - duration > PROMPT;
  }
}

/** Node's types do not know the detail of such an entry. */
function kindOf(entry: object): number | undefined {
  return (entry as { readonly detail?: { readonly kind?: number } }).detail?.kind;
}
