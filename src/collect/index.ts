// The collector: samples of a program's memory, and a heap snapshot when it has grown. It depends on nothing but Node, so that it can stay
// in production. As a library: `collect()`. By itself: `node --import heapsleuth/collect app.js`.

import { mkdirSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { CollectionWatch } from './collections.js';
import { GrowthRule } from './growth-rule.js';
import { type CollectOptions, optionsFrom, type Settings, sayNote, settingsOf } from './options.js';
import { Snapshots } from './snapshots.js';
import { TelemetryFile } from './telemetry-file.js';

export type { CollectOptions } from './options.js';

export interface Collector {
  /** Takes a sample now, and a snapshot if one is due. */
  sample(): void;
  /** Takes a snapshot now, if nothing stands against it: the file, or why there is none. */
  snapshot(): { readonly file: string } | { readonly reason: string };
  /** Ends the collection. What has been written stays. */
  stop(): void;
}

/**
 * Begins to collect: a line of telemetry every `interval`, and a snapshot whenever the heap has grown by `growth`. Its timer does not keep
 * the program alive. Throws a RangeError for options that are none; later it throws nothing: what cannot be done is told once, and the
 * program goes on. Cost: some 50 µs a sample; a snapshot blocks the program, about a second for 100 MB.
 */
export function collect(options: CollectOptions = {}): Collector {
  return new HeapCollector(settingsOf(options));
}

class HeapCollector implements Collector {
  readonly #settings: Settings;
  readonly #file: TelemetryFile;
  readonly #snapshots: Snapshots;
  readonly #rule: GrowthRule;
  readonly #watch = new CollectionWatch();
  readonly #timer: NodeJS.Timeout;
  readonly #told = new Set<string>();

  constructor(settings: Settings) {
    this.#settings = settings;
    const { folder, interval, growth, distance } = settings;
    // In natural order of the names: by start, then by process.
    const name = `${new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)}-${process.pid}`;
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      this.#tell(`the folder ${folder} cannot be made`, error instanceof Error ? error.message : String(error));
    }
    this.#file = new TelemetryFile(folder, name, (reason) => this.#tell('telemetry is lost', reason));
    this.#snapshots = new Snapshots(settings, name);
    this.#rule = new GrowthRule(growth, distance);
    this.#timer = setInterval(() => this.sample(), interval);
    this.#timer.unref();
  }

  /** The system may refuse what is asked of it, where a program has no file descriptors left say: no reason for that to end. */
  sample(): void {
    try {
      this.#sample();
    } catch (error) {
      this.#tell('no sample', error instanceof Error ? error.message : String(error));
    }
  }

  #sample(): void {
    const ts = Date.now();
    const memoryUsage = process.memoryUsage();
    const collections = this.#watch.collections;
    const uptime = Math.round(1000 * process.uptime()) / 1000;
    this.#file.write(
      JSON.stringify({
        ts,
        pid: process.pid,
        uptime,
        memoryUsage,
        heapStatistics: getHeapStatistics(),
        gc: collections,
      }),
    );
    const isDue = this.#rule.isDue({ ts: performance.now(), live: collections.live, isLate: this.#watch.isLate });
    if (isDue && this.#settings.mostSnapshots > 0) this.#takeDue();
  }

  snapshot(): { readonly file: string } | { readonly reason: string } {
    const taken = this.#snapshots.take();
    if ('file' in taken) this.#rule.taken(performance.now(), getHeapStatistics().used_heap_size);
    return taken;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#watch.stop();
    this.#file.close();
  }

  #takeDue(): void {
    const taken = this.snapshot();
    if ('reason' in taken) this.#tell('no snapshot', taken.reason);
  }

  /** Once for each thing and reason: what goes wrong every ten seconds is one piece of news. */
  #tell(what: string, reason: string): void {
    const note = `${what}: ${reason}`;
    if (this.#told.has(note)) return;
    this.#told.add(note);
    try {
      this.#settings.onNote(note);
    } catch {
      // A listener's own trouble is not the program's.
    }
  }
}

const NAME = 'heapsleuth/collect';

/** Whether Node was told to import this file before the program. In the variable words may be quoted. */
function isPreloaded(): boolean {
  const variable = (process.env.NODE_OPTIONS ?? '').split(/\s+/).map((word) => word.replaceAll('"', ''));
  const words = [...process.execArgv, ...variable];
  return words.some((word, at) => {
    if (word.startsWith('--import=')) return isThis(word.slice('--import='.length));
    return words[at - 1] === '--import' && isThis(word);
  });
}

/** By the package's name, as a URL, or as a path. */
function isThis(specifier: string): boolean {
  if (specifier === NAME || specifier === import.meta.url) return true;
  try {
    const path = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
    return realpathSync(path) === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}

if (isMainThread && isPreloaded()) {
  try {
    collect(optionsFrom(process.env, sayNote));
  } catch (error) {
    sayNote(error instanceof Error ? error.message : String(error));
  }
}
